"""The constancia with the NSS masked: made when its owner asks, for those who need no number."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from comun import reloj
from comun.models import Pendiente
from comun.queue import enqueue
from constancias.documentos import Hoja
from constancias.enums import EstadoConstancia, Tipo
from constancias.errors import NothingInForce
from constancias.models import Constancia
from constancias.services.emision import prepare, record

ENMASCARAR = "constancias.enmascarar"


@transaction.atomic
def ask_masked(*, folio: str, now: datetime) -> Constancia | None:
    """Return the masked constancia of a trámite, or ask the worker for it and return None.

    Raises
        NothingInForce: the trámite has no constancia to mask.
    """
    whole = Constancia.objects.current(folio).filter(tipo=Tipo.CONSTANCIA).first()
    if whole is None:
        raise NothingInForce(folio=folio)
    same = Constancia.objects.of_folio(whole.folio).filter(tipo=Tipo.ENMASCARADA)
    if masked := same.in_force().first():
        return masked
    enqueue(ENMASCARAR, whole.secuencia, now=now)
    return None


def is_masking(*, folio: str) -> bool:
    """Say if the worker still owes the masked constancia of a trámite."""
    whole = Constancia.objects.current(folio).filter(tipo=Tipo.CONSTANCIA).first()
    owed = Pendiente.objects.waiting().filter(tipo=ENMASCARAR)
    return whole is not None and owed.filter(objeto=whole.secuencia).exists()


def issue_masked(*, constancia_id: UUID) -> Constancia | None:
    """Make the masked one of a constancia, or return it if it is there; None: it ended meanwhile."""
    whole = Constancia.objects.select_related("numero").get(pk=constancia_id)
    if whole.estado != EstadoConstancia.VIGENTE:
        return None
    same = Constancia.objects.of_folio(whole.folio).filter(tipo=Tipo.ENMASCARADA)
    if existing := same.first():
        return existing
    facts = Hoja.from_json(whole.snapshot).facts
    preparado = prepare(facts=facts, tipo=Tipo.ENMASCARADA)
    with transaction.atomic():
        locked = Constancia.objects.select_for_update().in_force().filter(pk=whole.pk)
        if not locked.exists():
            return None
        return record(preparado=preparado, numero=whole.numero, now=reloj.now())
