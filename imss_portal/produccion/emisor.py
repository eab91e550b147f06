"""Who runs the portal, as pages, mails and documents say it."""

from collections.abc import Iterator
from email.utils import parseaddr

from django.conf import settings
from django.core.checks import CheckMessage

from imss_portal.produccion.faltas import falta, is_loopback, is_nobodys, is_of_demo

MAIL_PORTS = {25, 465, 587, 2465, 2587}


def name_is_somebodys() -> Iterator[CheckMessage]:
    if is_of_demo(settings.EMISOR_NOMBRE):
        yield falta(
            101,
            f"EMISOR_NOMBRE falta o es el de la demostración: «{settings.EMISOR_NOMBRE}».",
            "Escriba el nombre de la institución que responde por el portal.",
        )


def contact_is_somebodys() -> Iterator[CheckMessage]:
    contacto = settings.EMISOR_CONTACTO
    if is_of_demo(contacto) or contacto == settings.EMISOR_CONTACTO_DE_DEMO:
        yield falta(
            102,
            f"EMISOR_CONTACTO falta o es el de la demostración: «{contacto}».",
            "Escriba a dónde acude quien necesita ayuda: oficina, horario y teléfono.",
        )


def invocante_is_own() -> Iterator[CheckMessage]:
    if is_of_demo(settings.INVOCANTE):
        yield falta(
            103,
            f"INVOCANTE falta o es el de la demostración: «{settings.INVOCANTE}».",
            "Escriba la clave propia con la que los documentos nombran a este portal.",
        )


def mail_leaves_this_machine() -> Iterator[CheckMessage]:
    """The demo's mailbox shows every letter to whoever opens /buzon/."""
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield falta(
            104,
            f"EMAIL_URL no entrega correos: {settings.EMAIL_BACKEND}.",
            "Use un servidor de verdad: smtp+tls://usuario:clave@servidor:587.",
        )
    elif is_loopback(host) and port not in MAIL_PORTS:
        yield falta(
            104,
            f"EMAIL_URL falta o lleva al buzón de la demostración: {host}:{port}.",
            "Use un servidor de verdad: smtp+tls://usuario:clave@servidor:587.",
        )
    elif not (is_loopback(host) or settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        yield falta(
            105,
            f"EMAIL_URL manda los correos sin cifrar a {host}.",
            "Use smtp+tls:// (puerto 587) o smtp+ssl:// (puerto 465).",
        )


def mailbox_of_demo_is_shut() -> Iterator[CheckMessage]:
    if settings.BUZON_PEDIDO:
        yield falta(
            106,
            "BUZON_DIR es de la demostración: guarda y enseña los correos de las personas.",
            "Quite BUZON_DIR.",
        )


def sender_is_own() -> Iterator[CheckMessage]:
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    if "@" not in address or is_nobodys(address.rpartition("@")[2]):
        yield falta(
            107,
            f"CORREO_REMITENTE falta o es de ejemplo: «{settings.DEFAULT_FROM_EMAIL}».",
            "Use una dirección del dominio de la institución, con SPF, DKIM y DMARC.",
        )
