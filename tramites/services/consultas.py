"""Who looked at a person's data: what this browser's mailbox may be told of it."""

from django.db.models import Max

from comun.personal.models import Revelacion
from constancias.models import Verificacion
from tramites.models import Solicitud
from tramites.services.vinculos import speaks

SHOWN = 200  # newest first


def revelations_of(solicitud: Solicitud) -> list[Revelacion]:
    """Return who saw which datum: of the whole person only to the mailbox bound to the CURP.

    Another one is told of its own request alone: the rest is somebody else's until it is bound.
    """
    whole = bytes(solicitud.curp_idx or b"") if speaks(solicitud) else b""
    mine = Revelacion.objects.filter(objeto=f"{Solicitud._meta.label_lower}:{solicitud.pk}")
    return list((Revelacion.objects.of_person(whole) if whole else mine)[:SHOWN])


def verifications_of(solicitud: Solicitud) -> tuple[int, object]:
    """Return how often somebody checked its documents, and when last. Who, nobody noted."""
    rows = Verificacion.objects.filter(constancia__folio=solicitud.folio)
    return rows.count(), rows.aggregate(last=Max("fecha"))["last"]
