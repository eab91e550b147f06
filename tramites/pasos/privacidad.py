"""The whole privacy notice: the version in force, and each one that was."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comun import reloj
from tramites.pasos.entrada import Miga
from tramites.privacidad import aviso_at, avisos

NOMBRE = "Aviso de privacidad"


@require_safe
def aviso(request: HttpRequest, version: str = "") -> HttpResponse:
    """Show one version, or the one in force; the address of each stays for good."""
    current = aviso_at(reloj.local_date(reloj.now()))
    every = avisos()
    shown = next((one for one in every if one.version == version), None) if version else current
    if shown is None:
        raise Http404
    context = {
        "aviso": shown,
        "en_vigor": current,
        "versiones": every,
        "seccion": "privacidad",
        "migas": [Miga(NOMBRE)],
    }
    return render(request, "sitio/privacidad.html", context)
