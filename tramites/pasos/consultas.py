"""Quién consultó mis datos: who of the staff saw a datum in full, when, which and what for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tramites.models import Solicitud
from tramites.pasos.acceso import needs_solicitud
from tramites.pasos.entrada import Miga
from tramites.services.consultas import revelations_of, verifications_of


@require_safe
@needs_solicitud
def quien_consulto(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    checked, last = verifications_of(solicitud)
    context = {
        "solicitud": solicitud,
        "revelaciones": revelations_of(solicitud),
        "verificaciones": checked,
        "ultima": last,
        "migas": [Miga("Mis datos", "/mis-datos/"), Miga("Quién consultó mis datos")],
        "seccion": "tramite",
    }
    return render(request, "pasos/quien_consulto.html", context)
