"""What each mail about a Petición says: its folio, its day, where to look. Nothing of the person."""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.formats import date_format

from comun.correo import Carta, compose, message_id
from tramites.derechos.enums import ClaseAviso, Estado
from tramites.derechos.models import AvisoPeticion, Peticion

SUBJECTS = {
    ClaseAviso.RECIBIDA: "Recibimos tu petición sobre tus datos",
    ClaseAviso.PRORROGA: "Ampliamos el plazo de tu petición sobre tus datos",
    ClaseAviso.RESPUESTA: "Hay respuesta a tu petición sobre tus datos",
    ClaseAviso.EFECTIVA: "Tu petición sobre tus datos ya está hecha",
}


def long_day(day: date | None) -> str:
    """Return "4 de enero de 2027"; "" of no day."""
    return date_format(day, r"j \d\e F \d\e Y").lower() if day else ""


def build(aviso: AvisoPeticion) -> EmailMultiAlternatives:
    """Return the mail ready to send."""
    clase, peticion = ClaseAviso(aviso.clase), aviso.peticion
    return compose(
        Carta(
            asunto=f"{SUBJECTS[clase]}: {peticion.folio}",
            plantilla="peticion",
            para=aviso.destinatario["correo"],
            message_id=message_id(aviso.pk),
            fecha=aviso.creado_en,
            contexto={
                "titulo": SUBJECTS[clase],
                "frases": _sentences(clase, peticion, long_day(aviso.dia)),
                "enlace": settings.URL_PORTAL + reverse("derechos:inicio"),
                "folio": peticion.folio,
                "contacto": settings.EMISOR_TRANSPARENCIA,
            },
        )
    )


def _sentences(clase: ClaseAviso, peticion: Peticion, day: str) -> list[str]:
    if clase == ClaseAviso.RECIBIDA:
        return [
            f"Recibimos tu petición de {peticion.nombre_derecho.lower()}.",
            f"Te contestamos a más tardar el {day}.",
        ]
    if clase == ClaseAviso.PRORROGA:
        return ["Necesitamos más tiempo para contestarte.", f"El último día es ahora el {day}."]
    if clase == ClaseAviso.EFECTIVA:
        return ["Lo que pediste ya está hecho."]
    if peticion.estado == Estado.IMPROCEDENTE:
        return [
            "Tu petición no procede. En el portal está la razón.",
            "Si no estás de acuerdo, puedes pedir que una autoridad lo revise.",
        ]
    return ["Tu petición procede.", f"La hacemos efectiva a más tardar el {day}."]
