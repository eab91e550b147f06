"""How many forms may come from one address: a door before the views that write or guess."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comun import limites, reloj
from tramites.pases import TIMES, Pase

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
PASS = f"{'__Host-' if settings.HTTPS else ''}pase"
MINUTE, HOUR = 60, 3600  # s
NOT_KEPT = ("csrfmiddlewaretoken",)  # the page has one of its own


def limited(kind: str, *, free: frozenset[str] = frozenset()) -> Callable[[View[P]], View[P]]:
    """Count the POSTs of each address under `kind`; beyond the limit, keep what was typed.

    `free`: buttons (`accion`) that only change the page and are not counted.
    """

    def door(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            counts = request.method == "POST" and request.POST.get("accion") not in free
            wait = too_many(request, kind) if counts else 0
            return _later(request, wait) if wait else view(request, *args, **kwargs)

        return guarded

    return door


def pass_of(request: HttpRequest) -> Pase | None:
    """Return the school pass of this machine, if it has one that still serves."""
    text = request.COOKIES.get(PASS, "")
    return Pase.read(text, now=reloj.now()) if text else None


def too_many(request: HttpRequest, kind: str) -> int:
    """Count one more form; return the seconds until another may come, or 0 if this one may.

    A machine with a pass is counted with its school; a school that is over is counted by address.
    """
    address = limites.network_of(request.META.get("REMOTE_ADDR", ""))
    pase = pass_of(request)
    if pase and not _over(kind, f"pase:{pase.clave}", TIMES):
        return 0
    return _over(kind, address, 1)


def _over(kind: str, who: str, times: int) -> int:
    if limites.exceeds_of(kind, who, most=settings.LIMITE_MINUTO * times, seconds=MINUTE):
        return MINUTE
    most = settings.LIMITE_HORA * times
    return HOUR if limites.exceeds_of(f"{kind}-hora", who, most=most, seconds=HOUR) else 0


def _later(request: HttpRequest, wait: int) -> HttpResponse:
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_KEPT
        for value in values
    ]
    context = {"seccion": "tramite", "espera": wait, "escrito": typed, "destino": request.path}
    response = render(request, "errores/429.html", context, status=429)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store, private"
    return response
