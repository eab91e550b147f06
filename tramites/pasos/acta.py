"""Answering again what the birth certificate says, where the first answer did not do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from comun import reloj
from tramites.enums import Estado, Razon
from tramites.errors import ActaHeld
from tramites.forms_acta import ActaForm
from tramites.models import Solicitud
from tramites.pasos.acceso import needs_solicitud
from tramites.pasos.paginas import see_other
from tramites.pasos.puerta import limited
from tramites.pasos.tramite import context_of
from tramites.services.prueba import try_acta


@require_POST
@limited("prueba")
@needs_solicitud
def acta(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """Take the year and the number again; the worker judges them."""
    if (solicitud.estado, solicitud.razon) != (Estado.INCONCLUSA, Razon.ACTA):
        return see_other("tramite")
    form = ActaForm(request.POST)
    if not form.is_valid():
        return _page(request, solicitud, acta=form)
    try:
        answer = form.acta
        assert answer is not None, "both facts are required here"
        try_acta(solicitud_id=solicitud.pk, acta=answer, now=reloj.now())
    except ActaHeld:
        return _page(request, solicitud)
    return see_other("tramite")


def _page(request: HttpRequest, solicitud: Solicitud, **more: Any) -> HttpResponse:
    return render(request, "pasos/tramite.html", context_of(solicitud) | more)
