"""Asking for mails to one mailbox, over and over, as people and attackers do."""

from datetime import timedelta

from django.core import mail
from django.db.models import F

from comun import reloj
from tests.nss.personas import identidad
from tests.tramites.escena import code
from tramites.models import Correo, Solicitud
from tramites.services import captura, confirmacion

MINE, OTHER = "ana@example.org", "otro@example.org"


def curp(n):
    return identidad(n).curp


def give_code(n, correo=MINE) -> Solicitud:
    row = Solicitud.objects.get(curp_idx=captura.curp_index(curp(n)), estado="por_confirmar")
    return confirmacion.confirm_by_code(solicitud_id=row.pk, codigo=code_of(row), now=reloj.now())


def code_of(row) -> str:
    """Return the code of the newest mail of this Solicitud: each names its folio."""
    mine = [m for m in mail.outbox if row.folio in m.body]
    mail.outbox.append(mine[-1])
    return code(row.correo)


def links(correo) -> int:
    return sum(correo in m.to and "/c/" in m.body for m in mail.outbox)


def later(**delta) -> None:
    step = timedelta(**delta)
    Correo.objects.update(creado_en=F("creado_en") - step)
    proved = Solicitud.objects.exclude(confirmada_en=None)
    proved.update(confirmada_en=F("confirmada_en") - step)
