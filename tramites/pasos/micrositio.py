"""afiliatealimss: the three steps, "pasa la voz", and how far this browser's person has come."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tramites.enums import WITH_NUMERO, Estado
from tramites.models import Solicitud
from tramites.pasos.acceso import own_solicitud
from tramites.pasos.entrada import Miga

VOICE = (
    "Si eres estudiante de prepa o universidad pública, tienes IMSS."
    " Obtén tu Número de Seguridad Social por internet, gratis."
)


@dataclass(frozen=True, slots=True)
class Avance:
    """How the first step goes for this person: `marca` hecho, curso or alto."""

    marca: str
    palabras: str


@dataclass(frozen=True, slots=True)
class Liga:
    """A plain link to share by; nothing of that site is loaded here."""

    nombre: str
    direccion: str


@never_cache
@require_safe
def micrositio(request: HttpRequest) -> HttpResponse:
    solicitud = own_solicitud(request)
    here = settings.URL_PORTAL + reverse("tramites:micrositio")
    context = {
        "seccion": "micrositio",
        "avance": progress(solicitud) if solicitud else None,
        "voz": f"{VOICE} {here}",
        "ligas": share_links(here),
        "migas": [Miga("Afíliate al IMSS")],
    }
    return render(request, "entrada/micrositio.html", context)


def progress(solicitud: Solicitud) -> Avance:
    """Say how step 1 goes, from the Solicitud alone; never the number itself."""
    estado = Estado(solicitud.estado)
    if estado in WITH_NUMERO:
        return Avance("hecho", "Hecho: ya tienes tu número.")
    if estado == Estado.REQUIERE_DOMICILIO:
        return Avance("curso", "Te falta un paso: escribe tu domicilio.")
    if estado == Estado.INCONCLUSA:
        return Avance("alto", "No se pudo terminar por internet. Mira qué llevar y a dónde.")
    if estado in (Estado.VENCIDA, Estado.CANCELADA):
        return Avance("alto", "Tu solicitud ya no sigue. Mira cómo empezar otra vez.")
    return Avance("curso", "En proceso: ya confirmaste tu correo.")


def share_links(here: str) -> list[Liga]:
    """Return the addresses that carry the words to others: links, not code."""
    text = f"{VOICE} {here}"
    mail = urlencode({"subject": "Tienes IMSS: ¡pasa la voz!", "body": text}, quote_via=quote)
    return [
        Liga("WhatsApp", "https://wa.me/?" + urlencode({"text": text}, quote_via=quote)),
        Liga("Facebook", "https://www.facebook.com/sharer/sharer.php?" + urlencode({"u": here})),
        Liga("X (Twitter)", "https://x.com/intent/post?" + urlencode({"text": text})),
        Liga("Correo", f"mailto:?{mail}"),
    ]
