"""The constancia that shows four digits of the number: asked for on the result page, made by the worker."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from comun import reloj
from constancias.enums import Tipo
from constancias.errors import NothingInForce
from constancias.services import ask_masked
from tramites.pasos.acceso import own_solicitud
from tramites.pasos.paginas import see_other


@require_POST
def pedir(request: HttpRequest) -> HttpResponse:
    """Ask for it; the result page tells when it is there. Asking twice makes one."""
    solicitud = own_solicitud(request)
    if solicitud is None:
        raise Http404
    try:
        ready = ask_masked(folio=solicitud.folio, now=reloj.now())
    except NothingInForce as exc:
        raise Http404 from exc
    if ready:
        messages.success(request, f"Ya está en tus documentos: {Tipo.ENMASCARADA.label}.")
    return see_other("tramite")
