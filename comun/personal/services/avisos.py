"""Mails to the staff about their own account: written with the fact, sent by the worker."""

from datetime import datetime
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from comun import reloj
from comun.correo import Carta, compose, deliver, message_id
from comun.personal.enums import AVISAR, Clase
from comun.personal.models import Aviso
from comun.queue import enqueue


@transaction.atomic
def write(user_id: int, clase: Clase, *, now: datetime, detalle: str = "") -> None:
    aviso = Aviso.objects.create(usuario_id=user_id, clase=clase, detalle=detalle, creado_en=now)
    enqueue(AVISAR, aviso.pk, now=now)


def send(*, aviso_id: UUID) -> None:
    """Hand the mail to the SMTP server, once; raise Transient while it is away."""
    aviso = Aviso.objects.select_related("usuario").filter(pk=aviso_id, enviado_en=None).first()
    if aviso is None or not aviso.usuario.email:
        return
    deliver(_build(aviso))  # a mailbox that refuses for good is not tried again
    Aviso.objects.filter(pk=aviso.pk).update(enviado_en=reloj.now())


def _build(aviso: Aviso) -> EmailMultiAlternatives:
    clase = Clase(aviso.clase)
    return compose(
        Carta(
            asunto=f"Portal NSS: {clase.label.lower()}",
            plantilla="personal",
            para=aviso.usuario.email,
            message_id=message_id(aviso.pk),
            fecha=aviso.creado_en,
            contexto={"clase": clase, "titulo": clase.label, "detalle": aviso.detalle},
        )
    )
