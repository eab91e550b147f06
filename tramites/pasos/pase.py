"""The link of a school pass: opening it marks this machine, and the page says until when."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comun import reloj
from tramites.pases import Pase
from tramites.pasos.puerta import PASS


@never_cache
@require_safe
def pase(request: HttpRequest, pase: str) -> HttpResponse:
    """Keep the pass in a cookie of this machine; one that is over, or altered, is told."""
    now = reloj.now()
    found = Pase.read(pase, now=now)
    context = {"seccion": "tramite", "pase": found}
    response = render(request, "pasos/pase.html", context, status=200 if found else 410)
    if found and request.method == "GET":
        response.set_cookie(
            PASS,
            pase,
            max_age=int((found.hasta - now).total_seconds()),
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return response
