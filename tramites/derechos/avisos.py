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
    ClaseAviso.PREVENCION: "Falta aclarar algo en tu petición sobre tus datos",
    ClaseAviso.SUBSANADA: "Recibimos lo que aclaraste de tu petición sobre tus datos",
    ClaseAviso.CADUCADA: "Tu petición sobre tus datos se tuvo por no presentada",
    ClaseAviso.PRORROGA: "Ampliamos el plazo de tu petición sobre tus datos",
    ClaseAviso.RESPUESTA: "Hay respuesta a tu petición sobre tus datos",
    ClaseAviso.BORRADO: "Se borró lo que había de ti en este portal",
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
                # Who did not make it finds nothing there.
                "enlace": ""
                if clase == ClaseAviso.BORRADO
                else settings.URL_PORTAL + reverse("derechos:inicio"),
                "folio": peticion.folio,
                "contacto": settings.EMISOR_TRANSPARENCIA,
            },
        )
    )


def _sentences(clase: ClaseAviso, peticion: Peticion, day: str) -> list[str]:
    derecho = peticion.nombre_derecho.lower()
    said: dict[ClaseAviso, list[str]] = {
        ClaseAviso.RECIBIDA: [
            f"Recibimos tu petición de {derecho}.",
            f"Te contestamos a más tardar el {day}.",
        ],
        ClaseAviso.PREVENCION: [
            f"Para contestar tu petición de {derecho} nos falta un dato. En el portal dice cuál.",
            f"Acláralo a más tardar el {day}. Si no lo haces, se tendrá por no presentada.",
            "Mientras tanto, el plazo para contestarte se detiene.",
        ],
        ClaseAviso.SUBSANADA: [
            "Ya tenemos lo que faltaba.",
            f"Te contestamos a más tardar el {day}.",
        ],
        ClaseAviso.CADUCADA: [
            f"Terminó el plazo para aclarar tu petición de {derecho}, y no recibimos respuesta.",
            "No pierdes tu derecho: puedes hacer una nueva cuando quieras.",
        ],
        ClaseAviso.PRORROGA: [
            "Necesitamos más tiempo para contestarte.",
            f"El último día es ahora el {day}.",
        ],
        ClaseAviso.BORRADO: [
            "Alguien pidió, en persona o por escrito, que se borraran tus datos. Ya se borraron.",
            "Este correo ya no está asociado a tu CURP.",
            "¿No fuiste tú? Avisa cuanto antes, con el folio de abajo, donde dice «Dudas».",
        ],
        ClaseAviso.EFECTIVA: ["Lo que pediste ya está hecho."],
    }
    return said[clase] if clase in said else _answered(peticion, day)


def _answered(peticion: Peticion, day: str) -> list[str]:
    if peticion.estado == Estado.IMPROCEDENTE:
        return [
            "Tu petición no procede. En el portal está la razón.",
            "Si no estás de acuerdo, puedes pedir que una autoridad lo revise.",
        ]
    return ["Tu petición procede.", f"La hacemos efectiva a más tardar el {day}."]
