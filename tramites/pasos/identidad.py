"""¿Eres tú? The data of the registry, shown before an address is asked for; No is no dead end."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateformat import format as in_words
from django.views.decorators.http import require_http_methods

from catalogos.models import Entidad
from comun import reloj
from nss.identidad import Identidad
from tramites.enums import Estado
from tramites.models import Solicitud
from tramites.pasos.acceso import needs_solicitud
from tramites.pasos.paginas import ASIGNAR, DOMICILIO, Dato, see_other, step_bar
from tramites.services.identidad import accept_identidad, refuse_identidad

_SEX = {"H": "Hombre", "M": "Mujer", "X": "X"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs_solicitud
def eres_tu(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """Ask the person to recognise their own data; Sí opens the address."""
    if solicitud.estado != Estado.REQUIERE_DOMICILIO or solicitud.identidad is None:
        return see_other("tramite")
    if request.method == "POST":
        accept_identidad(solicitud_id=solicitud.pk, now=reloj.now())
        return see_other("domicilio")
    return _page(request, solicitud, "pasos/eres_tu.html")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_solicitud
def no_soy_yo(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """Explain what may have happened; pressed again, it ends with a reason and a slip."""
    if solicitud.estado != Estado.REQUIERE_DOMICILIO:
        return see_other("tramite")
    if request.method == "POST":
        refuse_identidad(solicitud_id=solicitud.pk, now=reloj.now())
        return see_other("tramite")
    return _page(request, solicitud, "pasos/no_soy_yo.html")


def _page(request: HttpRequest, solicitud: Solicitud, template: str) -> HttpResponse:
    identidad = solicitud.identidad
    context = {
        "solicitud": solicitud,
        "datos": _data_of(identidad) if identidad else [],
        "barra": step_bar(ASIGNAR, DOMICILIO),
        "seccion": "tramite",
    }
    return render(request, template, context)


def _data_of(identidad: Identidad) -> list[Dato]:
    place = Entidad.objects.filter(pk=identidad.entidad).first()
    born = in_words(identidad.fecha_nacimiento, r"j \d\e F \d\e Y").lower()
    return [
        Dato("CURP", identidad.curp),
        Dato("Nombre o nombres", identidad.nombres),
        Dato("Primer apellido", identidad.primer_apellido),
        Dato("Segundo apellido", identidad.segundo_apellido or "No tiene"),
        Dato("Sexo", _SEX.get(identidad.sexo, identidad.sexo)),
        Dato("Fecha de nacimiento", born),
        Dato("Lugar de nacimiento", place.nombre if place else "Fuera de México"),
    ]
