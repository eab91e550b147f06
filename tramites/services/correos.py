"""Mails: written in the transaction that causes them, sent by the worker, same Message-ID always."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from comun import reloj
from comun.caos import punto
from comun.correo import deliver, message_id
from comun.queue import enqueue
from tramites import avisos
from tramites.enums import DE_RETENCION, ENVIAR, ClaseCorreo, Estado
from tramites.errors import TooSoon
from tramites.models import Correo, Solicitud
from tramites.services import emision
from tramites.services.limites import Lleno


def write(
    solicitud: Solicitud,
    clase: ClaseCorreo,
    *,
    now: datetime,
    contexto: dict[str, Any] | None = None,
    destinatario: str | None = None,
) -> Correo:
    """Add a mail of `clase` to the open transaction; the worker sends it after commit."""
    last = solicitud.correos.filter(clase=clase).order_by("-orden").first()
    correo = Correo(
        solicitud=solicitud,
        clase=clase,
        orden=last.orden + 1 if last else 1,
        destinatario={"correo": destinatario or solicitud.correo},
        contexto=contexto,
        creado_en=now,
    )
    correo.message_id = message_id(correo.pk)
    correo.save(force_insert=True)
    enqueue(ENVIAR, correo.pk, now=now)
    return correo


def refuse_too_soon(solicitud: Solicitud, clase: ClaseCorreo, *, now: datetime) -> None:
    """Raise TooSoon if a mail of `clase` was written less than REENVIO_SEGUNDOS ago."""
    last = solicitud.correos.filter(clase=clase).order_by("-orden").first()
    if last is None:
        return
    left = last.creado_en + timedelta(seconds=settings.REENVIO_SEGUNDOS) - now
    if left > timedelta():
        raise TooSoon(segundos=int(left.total_seconds()) + 1)


def send(*, correo_id: UUID) -> None:
    """Hand the mail to the SMTP server; do nothing if it was sent or refused before.

    Raises
        Transient: the server is away, or said "later" (4xx); the step is retried.
    """
    if not _goes(correo_id=correo_id):
        return
    correo = Correo.objects.select_related("solicitud").get(pk=correo_id)
    if deliver(avisos.build(correo)):
        punto("tras_smtp")
        settle(correo_id=correo_id, estado=Correo.Estado.ENVIADO)
    else:
        settle(correo_id=correo_id, estado=Correo.Estado.RECHAZADO)


@transaction.atomic
def _goes(*, correo_id: UUID) -> bool:
    """Say if there is something to send; a confirmation gets its link and code here.

    A mail that is no more was erased with its person's data while it waited.
    """
    correo = Correo.objects.select_related("solicitud").filter(pk=correo_id).first()
    if correo is None or correo.estado != Correo.Estado.PENDIENTE:
        return False
    if correo.clase != ClaseCorreo.CONFIRMACION:
        return True
    now = reloj.now()
    minted = emision.mint(correo_id=correo_id, now=now)
    if minted.lleno:
        _tell_the_mailbox(correo.solicitud, minted.lleno, now=now)
    return minted.sale


def _tell_the_mailbox(solicitud: Solicitud, full: Lleno, *, now: datetime) -> None:
    """Once a day, tell who reads the mailbox that no link will come, and until when."""
    told = Correo.objects.filter(
        solicitud__correo_idx=solicitud.correo_idx,
        clase=ClaseCorreo.LIMITE,
        creado_en__gt=now - timedelta(days=1),
    )
    if not told.exists():
        contexto = {"tope": full.tope.nombre, "hasta": full.hasta.isoformat()}
        write(solicitud, ClaseCorreo.LIMITE, now=now, contexto=contexto)


@transaction.atomic
def settle(*, correo_id: UUID, estado: Correo.Estado) -> None:
    """Note how the mail ended, forget its words, and conclude the Solicitud it delivers."""
    now = reloj.now()
    correo = Correo.objects.select_for_update(of=("self",)).filter(pk=correo_id).first()
    if correo is None or correo.estado != Correo.Estado.PENDIENTE:
        return
    Correo.objects.filter(pk=correo.pk).update(
        estado=estado,
        contexto=None,
        enviado_en=now if estado == Correo.Estado.ENVIADO else None,
        intentos=correo.intentos + 1,
    )
    solicitud = Solicitud.objects.select_for_update(of=("self",)).get(pk=correo.solicitud_id)
    if correo.clase == ClaseCorreo.DOCUMENTOS and solicitud.estado == Estado.DOCUMENTADA:
        solicitud.advance(Estado.CONCLUIDA, now=now)


def abandon(*, correo_id: UUID) -> None:
    """After a day without a server the mail counts as refused: the page says so and goes on.

    Not the notice of a hold: that it never left is what keeps the bond where it is.
    """
    if Correo.objects.filter(pk=correo_id, clase__in=DE_RETENCION).exists():
        return
    settle(correo_id=correo_id, estado=Correo.Estado.RECHAZADO)
