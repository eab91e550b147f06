"""A Solicitud whose plazo is over keeps its folio, its states and its number, and forgets who it was.

It is not deleted: what happened (Movimiento) is written once and points to it. The sealed data
goes, the blind indexes become random bytes, and its mails and links are deleted.
"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from comun.cripto import INDEX_BYTES
from tramites.enums import DE_RETENCION, Estado
from tramites.models import Correo, Solicitud

# Nobody proved the mailbox: it may be a stranger's, or a mistyped one. Longer than the 30 days
# in which the CURPs of a mailbox are counted.
UNPROVED_DAYS = 45
# Ended: the number is in the registry and its documents are kept; address and mailbox are not needed.
ENDED_DAYS = 365
ENDED = (Estado.CONCLUIDA, Estado.CANCELADA, Estado.VENCIDA)


def due(now: datetime) -> QuerySet[Solicitud]:
    unproved = Q(
        estado__in=(Estado.VENCIDA, Estado.CANCELADA),
        confirmada_en=None,
        movida_en__lt=now - timedelta(days=UNPROVED_DAYS),
    )
    ended = Q(estado__in=ENDED, movida_en__lt=now - timedelta(days=ENDED_DAYS))
    return Solicitud.objects.filter(unproved | ended, vaciada_en=None)


@transaction.atomic
def empty(ids: list[UUID], *, now: datetime) -> int:
    rows = due(now).filter(pk__in=ids).select_for_update(of=("self",), skip_locked=True)
    emptied = 0
    for solicitud in rows:
        forget(solicitud, now=now)
        emptied += 1
    return emptied


def forget(solicitud: Solicitud, *, now: datetime) -> None:
    """Empty one that ended; a mail that waits is left to leave, save the notice of a hold: it is over.

    The row must be locked.
    """
    solicitud.confirmaciones.all().delete()
    solicitud.objeciones.all().delete()
    waits = Q(estado=Correo.Estado.PENDIENTE) & ~Q(clase__in=DE_RETENCION)
    solicitud.correos.exclude(waits).delete()
    solicitud.datos = {}
    solicitud.curp_idx = secrets.token_bytes(INDEX_BYTES)
    solicitud.correo_idx = secrets.token_bytes(INDEX_BYTES)
    solicitud.vaciada_en = now
    solicitud.save(update_fields=("datos", "curp_idx", "correo_idx", "vaciada_en"))
