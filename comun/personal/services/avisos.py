"""Mails to the staff about their own account: written with the fact, sent by the worker."""

import smtplib
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from comun import reloj
from comun.errors import Transient
from comun.personal.enums import AVISAR, Clase
from comun.personal.models import Aviso
from comun.queue import enqueue

PERMANENT = 500  # SMTP replies from here on are a refusal, below it a "later"


@transaction.atomic
def write(user_id: int, clase: Clase, *, now: datetime, detalle: str = "") -> None:
    aviso = Aviso.objects.create(usuario_id=user_id, clase=clase, detalle=detalle, creado_en=now)
    enqueue(AVISAR, aviso.pk, now=now)


def send(*, aviso_id: UUID) -> None:
    """Hand the mail to the SMTP server, once; raise Transient while it is away."""
    aviso = Aviso.objects.select_related("usuario").filter(pk=aviso_id, enviado_en=None).first()
    if aviso is None or not aviso.usuario.email:
        return
    try:
        _build(aviso).send()
    except smtplib.SMTPRecipientsRefused as exc:
        _unless_final(min(code for code, _ in exc.recipients.values()))
    except smtplib.SMTPResponseException as exc:
        _unless_final(exc.smtp_code)
    except (smtplib.SMTPException, OSError) as exc:
        raise Transient(type(exc).__name__) from exc
    Aviso.objects.filter(pk=aviso.pk).update(enviado_en=reloj.now())


def _unless_final(code: int) -> None:
    if code < PERMANENT:
        raise Transient(f"SMTP {code}")


def _build(aviso: Aviso) -> EmailMultiAlternatives:
    clase = Clase(aviso.clase)
    host = urlsplit(settings.URL_PORTAL).hostname or "localhost"
    context = {
        "clase": clase,
        "titulo": clase.label,
        "detalle": aviso.detalle,
        "fecha": timezone.localtime(aviso.creado_en),
        "demo": settings.DEMO,
        "emisor": settings.EMISOR_NOMBRE,
        "contacto": settings.EMISOR_CONTACTO,
    }
    mark = "[DEMO] " if settings.DEMO else ""
    mail = EmailMultiAlternatives(
        subject=f"{mark}Portal NSS: {clase.label.lower()}",
        body=render_to_string("correos/personal.txt", context),
        to=[aviso.usuario.email],
        headers={"Message-ID": f"<{aviso.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("correos/personal.html", context), "text/html")
    return mail
