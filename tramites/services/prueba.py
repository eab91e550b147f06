"""The second fact, in mode `acta`: year and number of the birth certificate.

It is asked of everybody and counts where the mailbox is not the one bound to the
CURP. Until it is passed, every outcome of the identity source is told alike.
"""

import hmac
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from comun import reloj
from comun.cripto import blind_index
from comun.queue import enqueue
from nss.identidad import Identidad
from tramites import rules
from tramites.enums import AVISAR_INTENTOS, IDENTIFICAR, ClaseCorreo, Estado, Razon
from tramites.errors import ActaHeld, MoveNotAllowed
from tramites.models import Correo, IntentoActa, Solicitud, VinculoCorreo
from tramites.rules import Acta
from tramites.services import correos
from tramites.services.confirmacion import lock
from tramites.services.vinculos import speaks
from tramites.sospechas import mailbox_group

TRIES, WINDOW = 3, timedelta(hours=24)
GROUP_TRIES = 6  # of the mailboxes of a domain that is one hand's, or of one under its aliases


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
    IntentoActa.objects.create(**_pair(solicitud), grupo_idx=_group(solicitud), fecha=now)
    if _tries_of(solicitud, now).count() >= TRIES:  # who is told, if anybody, is looked up apart
        enqueue(AVISAR_INTENTOS, solicitud.pk, now=now)
    return False


def _pair(solicitud: Solicitud) -> dict[str, bytes | None]:
    return {"curp_idx": solicitud.curp_idx, "correo_idx": solicitud.correo_idx}


def _group(solicitud: Solicitud) -> bytes:
    return blind_index(
        "grupo", mailbox_group(solicitud.correo, shared=settings.DOMINIOS_COMPARTIDOS)
    )


def _same(typed: Acta, identidad: Identidad) -> bool:
    """Compare both facts; a source that lacks one of them cannot be answered."""
    if identidad.acta_anio is None or not identidad.acta_numero:
        return False
    known = Acta(anio=identidad.acta_anio, numero=rules.normal_acta(identidad.acta_numero))
    return hmac.compare_digest(str(typed).encode(), str(known).encode())


def held_until(solicitud: Solicitud, *, now: datetime) -> datetime | None:
    """Return until when this mailbox may not answer for this CURP, or None: it may.

    Three wrong answers within 24 hours hold it for 24 hours after the third; six from
    mailboxes of its group hold the group. Another mailbox, elsewhere, is never held.
    """
    of_curp = IntentoActa.objects.filter(curp_idx=solicitud.curp_idx)
    ends = (
        _until(of_curp.filter(correo_idx=solicitud.correo_idx), TRIES),
        _until(of_curp.filter(grupo_idx=_group(solicitud)), GROUP_TRIES),
    )
    return max((end for end in ends if end and now < end), default=None)


def _until(wrong: QuerySet[IntentoActa], most: int) -> datetime | None:
    """Return when `most` wrong answers within WINDOW stop holding; None if there are not so many."""
    last = list(wrong.order_by("-fecha").values_list("fecha", flat=True)[:most])
    held = len(last) == most and last[0] - last[-1] <= WINDOW
    return last[0] + WINDOW if held else None


def _tries_of(solicitud: Solicitud, now: datetime) -> QuerySet[IntentoActa]:
    recent = IntentoActa.objects.filter(fecha__gt=now - WINDOW)
    return recent.filter(curp_idx=solicitud.curp_idx)


@transaction.atomic
def tell_of_tries(*, solicitud_id: UUID) -> None:
    """After three wrong answers in a day, from whatever mailboxes, tell the bound one, once a day."""
    solicitud, now = lock(solicitud_id), reloj.now()
    told = Correo.objects.filter(
        solicitud__curp_idx=solicitud.curp_idx,
        clase=ClaseCorreo.INTENTOS,
        creado_en__gt=now - WINDOW,
    )
    if told.exists():
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
