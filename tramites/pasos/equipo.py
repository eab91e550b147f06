"""The cookie of «es mi equipo»: 256 random bits, signed, a year; never on a shared computer."""

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from tramites.models import Solicitud
from tramites.pasos.paginas import see_other
from tramites.pasos.quiosco import is_shared
from tramites.services import equipos

COOKIE = f"{'__Host-' if settings.HTTPS else ''}equipo"
SALT, SERVES = "tramites.equipo", int(equipos.SERVES.total_seconds())


def equipo_of(request: HttpRequest) -> str:
    """Return the id of a browser that was ever called somebody's own, or ""."""
    if is_shared(request):
        return ""
    kept = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=SERVES)
    return kept or ""


def open_known(request: HttpRequest, data: dict[str, Any], now: datetime) -> Solicitud | None:
    """Return the Solicitud of a capture that needs no mail; without the cookie nothing is asked."""
    equipo = equipo_of(request)
    if not equipo:
        return None
    return equipos.open_known(curp=data["curp"], correo=data["correo"], equipo=equipo, now=now)


def remember(
    request: HttpRequest, response: HttpResponse, solicitud: Solicitud, now: datetime
) -> HttpResponse:
    """If the person said so, know this browser from now on."""
    if "es_mi_equipo" not in request.POST or is_shared(request):
        return response
    equipo = equipo_of(request) or secrets.token_urlsafe(32)
    equipos.remember(solicitud=solicitud, equipo=equipo, now=now)
    response.set_signed_cookie(
        COOKIE,
        equipo,
        salt=SALT,
        max_age=SERVES,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_POST
def olvidar_equipo(request: HttpRequest) -> HttpResponse:
    """Take the cookie away: from here on this browser waits for the mail like any other."""
    response = see_other("captura")
    response.delete_cookie(COOKIE, samesite="Lax")
    messages.success(request, "Listo: este equipo ya no está marcado como tuyo.")
    return response
