"""What each mail says: text and HTML from templates, no NSS nor CURP in subject or body."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone

from comun.correo import Carta, compose
from constancias.enums import Tipo
from constancias.models import Constancia
from constancias.services import read_pdf
from tramites.enums import ClaseCorreo
from tramites.models import Correo
from tramites.topes import TOPES

SUBJECTS = {
    ClaseCorreo.CONFIRMACION: "Servicio Digital: Solicitud de Asignación o Localización de NSS",
    ClaseCorreo.DOCUMENTOS: "Servicio Digital: documentos de tu Solicitud de NSS",
    ClaseCorreo.RETENCION: "Servicio Digital: alguien pidió usar otro correo con tu CURP",
    ClaseCorreo.RECORDATORIO: "Servicio Digital: recordatorio, alguien pidió usar otro correo con tu CURP",
    ClaseCorreo.CAMBIO: "Servicio Digital: tu CURP tiene ahora otro correo",
    ClaseCorreo.INTENTOS: "Servicio Digital: alguien intentó usar tu CURP",
    ClaseCorreo.SEGUIR: "Servicio Digital: tu Solicitud de NSS te espera",
    ClaseCorreo.LIMITE: "Servicio Digital: por ahora no saldrán más correos de confirmación",
}
TEMPLATES = {ClaseCorreo.RECORDATORIO: ClaseCorreo.RETENCION}  # the others bear their own name
MAILED = (Tipo.CONSTANCIA, Tipo.TARJETA)  # the others only when they are asked for
FILE_NAMES: dict[str, str] = {
    Tipo.CONSTANCIA: "constancia-nss.pdf",
    Tipo.TARJETA: "tarjeta-nss.pdf",
    Tipo.COMPROBANTE: "comprobante-de-tramite.pdf",
    Tipo.ENMASCARADA: "constancia-nss-enmascarado.pdf",
}


def build(correo: Correo) -> EmailMultiAlternatives:
    """Return the mail ready to send, with its attachments."""
    clase = ClaseCorreo(correo.clase)
    mail = compose(
        Carta(
            asunto=SUBJECTS[clase],
            plantilla=TEMPLATES.get(clase, clase),
            para=correo.destinatario["correo"],
            message_id=correo.message_id,
            fecha=correo.creado_en,
            contexto={
                "folio": correo.solicitud.folio,
                "portal": settings.URL_PORTAL,
                **_EXTRAS[clase](correo),
            },
        )
    )
    if clase == ClaseCorreo.DOCUMENTOS:
        _attach_documentos(mail, correo)
    return mail


def _attach_documentos(mail: EmailMultiAlternatives, correo: Correo) -> None:
    wanted = (correo.contexto or {}).get("tipos") or MAILED
    for constancia in Constancia.objects.current(correo.solicitud.folio).filter(tipo__in=wanted):
        mail.attach(file_name(constancia.tipo), read_pdf(constancia), "application/pdf")


def file_name(tipo: str) -> str:
    """Return a document's name for people: fixed, so that it says nothing of the person."""
    return FILE_NAMES.get(tipo, f"{tipo}.pdf")


def _confirmacion(correo: Correo) -> dict[str, Any]:
    contexto = correo.contexto or {}
    return {
        "enlace": settings.URL_PORTAL + reverse("tramites:enlace", args=(contexto["token"],)),
        "codigo": contexto["codigo"],
        "horas": settings.ENLACE_HORAS,
    }


def _inicio(correo: Correo) -> dict[str, Any]:
    return {"inicio": settings.URL_PORTAL + reverse("tramites:captura")}


def _retencion(correo: Correo) -> dict[str, Any]:
    token = (correo.contexto or {})["token"]
    return {
        "horas": settings.RETENCION_HORAS,
        "objetar": settings.URL_PORTAL + reverse("tramites:aviso", args=(token,)),
        "recordatorio": correo.clase == ClaseCorreo.RECORDATORIO,
    }


def _limite(correo: Correo) -> dict[str, Any]:
    contexto = correo.contexto or {}
    hasta = timezone.localtime(datetime.fromisoformat(contexto["hasta"]))
    return {"tope": contexto["tope"], "hasta": hasta, "curps": TOPES.familia.most}


_EXTRAS: dict[ClaseCorreo, Callable[[Correo], dict[str, Any]]] = {
    ClaseCorreo.CONFIRMACION: _confirmacion,
    ClaseCorreo.DOCUMENTOS: _inicio,
    ClaseCorreo.RETENCION: _retencion,
    ClaseCorreo.RECORDATORIO: _retencion,
    ClaseCorreo.CAMBIO: _inicio,
    ClaseCorreo.INTENTOS: _inicio,
    ClaseCorreo.SEGUIR: _inicio,
    ClaseCorreo.LIMITE: _limite,
}
