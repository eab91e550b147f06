"""The constancia that shows four digits of the number: asked for on the result page, made by the worker."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from comun import reloj
from constancias.enums import Tipo
from tramites.errors import DocumentoUnknown
from tramites.pasos.acceso import own_solicitud
from tramites.pasos.paginas import see_other
from tramites.services import cierre


@require_POST
def pedir(request: HttpRequest) -> HttpResponse:
    """Ask for it; the result page tells when it is there. Asking twice makes one."""
    solicitud = own_solicitud(request)
    if solicitud is None:
        raise Http404
    try:
        ready = cierre.ask_masked_copy(solicitud_id=solicitud.pk, now=reloj.now())
    except DocumentoUnknown as exc:
        raise Http404 from exc
    if ready:
        messages.success(request, f"Ya está en tus documentos: {Tipo.ENMASCARADA.label}.")
    return see_other("tramite")
