"""The second fact, in mode `acta`: year and number of the birth certificate.

It is asked of everybody and counts where the mailbox is not the one bound to the
CURP. Until it is passed, every outcome of the identity source is told alike.
"""

import hmac
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from comun.queue import enqueue
from nss.identidad import Identidad
from tramites import rules
from tramites.enums import IDENTIFICAR, ClaseCorreo, Estado, Razon
from tramites.errors import ActaHeld, MoveNotAllowed
from tramites.models import Correo, IntentoActa, Solicitud, VinculoCorreo
from tramites.rules import Acta
from tramites.services import correos
from tramites.services.confirmacion import lock
from tramites.services.vinculos import speaks

TRIES, WINDOW = 3, timedelta(hours=24)


def passes(solicitud: Solicitud, identidad: Identidad | None, *, now: datetime) -> bool:
    """Say if the second fact is given; an answer is judged once, and then forgotten.

    The row must be locked. A wrong answer is counted, whoever the CURP belongs to.
    """
    if settings.PRUEBA_IDENTIDAD != "acta" or speaks(solicitud):
        return True
    if solicitud.datos.get("acta_comprobada"):
        return True
    typed = solicitud.datos.get("acta")
    if typed is None:
        return False
    solicitud.keep(acta=None)
    if held_until(solicitud, now=now):
        return False
    if identidad is not None and _same(Acta(**typed), identidad):
        solicitud.keep(acta_comprobada=True)
        return True
    IntentoActa.objects.create(
        curp_idx=solicitud.curp_idx, correo_idx=solicitud.correo_idx, fecha=now
    )
    _tell_bound(solicitud, now=now)
    return False


def _same(typed: Acta, identidad: Identidad) -> bool:
    """Compare both facts; a source that lacks one of them cannot be answered."""
    if identidad.acta_anio is None or not identidad.acta_numero:
        return False
    known = Acta(anio=identidad.acta_anio, numero=rules.normal_acta(identidad.acta_numero))
    return hmac.compare_digest(str(typed).encode(), str(known).encode())


def held_until(solicitud: Solicitud, *, now: datetime) -> datetime | None:
    """Return until when this mailbox may not answer for this CURP, or None: it may.

    Three wrong answers within 24 hours hold it for 24 hours after the third.
    """
    pair = {"curp_idx": solicitud.curp_idx, "correo_idx": solicitud.correo_idx}
    wrong = IntentoActa.objects.filter(**pair).order_by("-fecha").values_list("fecha", flat=True)
    last = list(wrong[:TRIES])
    if len(last) < TRIES or last[0] - last[-1] > WINDOW:
        return None
    until = last[0] + WINDOW
    return until if now < until else None


def _tell_bound(solicitud: Solicitud, *, now: datetime) -> None:
    """After three wrong answers in a day, from whatever mailboxes, tell the bound one, once a day."""
    recent = now - WINDOW
    tries = IntentoActa.objects.filter(curp_idx=solicitud.curp_idx, fecha__gt=recent).count()
    told = Correo.objects.filter(
        solicitud__curp_idx=solicitud.curp_idx, clase=ClaseCorreo.INTENTOS, creado_en__gt=recent
    )
    if tries < TRIES or told.exists():
        return
    active = VinculoCorreo.objects.of_curp(solicitud.curp_idx).active().first()
    if active is not None:
        bound = active.correo["correo"]
        correos.write(solicitud, ClaseCorreo.INTENTOS, now=now, destinatario=bound)


@transaction.atomic(durable=True)
def try_acta(*, solicitud_id: UUID, acta: Acta, now: datetime) -> None:
    """Answer again for a Solicitud that stopped for want of the second fact.

    Raises
        ActaHeld: this mailbox answered wrong too often.
        MoveNotAllowed: the Solicitud did not stop for this.
    """
    solicitud = lock(solicitud_id)
    if (solicitud.estado, solicitud.razon) != (Estado.INCONCLUSA, Razon.ACTA):
        raise MoveNotAllowed(solicitud=solicitud.pk, estado=solicitud.estado)
    if until := held_until(solicitud, now=now):
        raise ActaHeld(until=until)
    solicitud.keep(acta=acta.as_json())
    solicitud.advance(Estado.CONFIRMADA, now=now, confirmada_en=now, razon="")
    enqueue(IDENTIFICAR, solicitud.pk, now=now)
