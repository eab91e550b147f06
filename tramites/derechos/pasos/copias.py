"""The copy of one's data: asked for by a button, made by the worker, downloaded in this session."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from comun import reloj
from tramites.derechos.enums import FormatoCopia
from tramites.derechos.models import Copia
from tramites.derechos.pasos.peticiones import SECTION, crumbs
from tramites.derechos.services import copias as service
from tramites.models import Solicitud
from tramites.pasos.acceso import needs_solicitud
from tramites.pasos.paginas import SeeOther, asked_by_htmx, refresh_page
from tramites.pasos.quiosco import is_shared

EVERY, WITHOUT_SCRIPTS = 2, 5  # s between two looks
TYPES = {FormatoCopia.PDF: "application/pdf", FormatoCopia.JSON: "application/json"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs_solicitud
def copia(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """Order a copy (POST); wait for it and download it (GET). None on a shared computer."""
    if is_shared(request):
        return SeeOther(reverse("derechos:inicio"))
    if request.method == "POST":
        service.ask(solicitud=solicitud, now=reloj.now())
        return SeeOther(reverse("derechos:copia"))
    found = service.find(solicitud=solicitud, now=reloj.now())
    if found is None:
        return SeeOther(reverse("derechos:inicio"))
    if asked_by_htmx(request):
        return refresh_page() if found.lista_en else HttpResponse(status=204)
    return _page(request, solicitud, found)


def _page(request: HttpRequest, solicitud: Solicitud, found: Copia) -> HttpResponse:
    context = {
        "solicitud": solicitud,
        "copia": found,
        "borrada": found.pedida_en + service.KEPT,
        "cada": EVERY,
        "cada_sin_guiones": 0 if found.lista_en else WITHOUT_SCRIPTS,
        "migas": crumbs("Copia de mis datos"),
        **SECTION,
    }
    response = render(request, "derechos/copia.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@needs_solicitud
def descargar(request: HttpRequest, solicitud: Solicitud, formato: str) -> HttpResponse:
    """Hand out the file; its name says nothing of the person."""
    if formato not in FormatoCopia.values or is_shared(request):
        raise Http404
    kind = FormatoCopia(formato)
    content = service.read(solicitud=solicitud, formato=kind, now=reloj.now())
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="mis-datos.{kind}"'
    response["X-Robots-Tag"] = "noindex"
    return response
