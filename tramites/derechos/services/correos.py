"""Mails about a Petición: written in the transaction that causes them, sent by the worker."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from comun import reloj
from comun.correo import deliver
from comun.queue import enqueue
from tramites.derechos import avisos
from tramites.derechos.enums import ENVIAR, ClaseAviso
from tramites.derechos.models import AvisoPeticion, Peticion


def write(peticion: Peticion, clase: ClaseAviso, *, now: datetime, para: str = "") -> None:
    """Add the mail to the open transaction: to its mailbox, or to `para`; to nobody if there is none."""
    para = para or peticion.correo
    if not para:
        return
    aviso = AvisoPeticion(
        peticion=peticion,
        clase=clase,
        dia=peticion.vence,
        destinatario={"correo": para},
        creado_en=now,
    )
    aviso.save(force_insert=True)
    enqueue(ENVIAR, aviso.pk, now=now)


def send(*, aviso_id: UUID) -> None:
    """Hand the mail to the SMTP server; do nothing if it was sent or refused before.

    Raises
        Transient: the server is away, or said "later" (4xx); the step is retried.
    """
    aviso = AvisoPeticion.objects.select_related("peticion").filter(pk=aviso_id).first()
    if aviso is None or aviso.estado != AvisoPeticion.Estado.PENDIENTE:
        return
    taken = deliver(avisos.build(aviso))
    _settle(aviso.pk, AvisoPeticion.Estado.ENVIADO if taken else AvisoPeticion.Estado.RECHAZADO)


def abandon(*, aviso_id: UUID) -> None:
    """After a day without a server the mail counts as refused; the portal tells it all the same."""
    _settle(aviso_id, AvisoPeticion.Estado.RECHAZADO)


@transaction.atomic
def _settle(aviso_id: UUID, estado: AvisoPeticion.Estado) -> None:
    sent = reloj.now() if estado == AvisoPeticion.Estado.ENVIADO else None
    waiting = AvisoPeticion.Estado.PENDIENTE
    AvisoPeticion.objects.filter(pk=aviso_id, estado=waiting).update(estado=estado, enviado_en=sent)
