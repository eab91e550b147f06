"""Which Solicitud this browser may see: the one whose mailbox it proved, and no other."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from tramites import rules
from tramites.models import Solicitud
from tramites.pasos.paginas import asked_by_htmx, refresh_page, see_other
from tramites.services.vinculos import may_open

P = ParamSpec("P")
OPEN, BEGUN, LINK = "solicitud", "iniciada", "enlace"
BY_FICHA = "por_ficha"  # the form was reached from the ficha: its buttons bear the older labels


def grant(request: HttpRequest, solicitud: Solicitud) -> None:
    """Give this browser the Solicitud: its mailbox was proved here. The session id changes."""
    request.session.cycle_key()
    request.session.pop(LINK, None)
    request.session.pop(BEGUN, None)
    request.session[OPEN] = str(solicitud.pk)


def take_token(request: HttpRequest, token: str, *, key: str, to: str) -> HttpResponse:
    """Take a token out of the address bar, so that no history, log or Referer keeps it."""
    if request.method == "GET":
        request.session[key] = rules.token_hash(token).hex()
    response = see_other(to)
    response["Referrer-Policy"] = "no-referrer"
    return response


def own_solicitud(request: HttpRequest) -> Solicitud | None:
    """Return the open one, unless another mailbox speaks for its CURP by now."""
    found = _kept(request, OPEN)
    return found if found and may_open(found) else None


def begun_solicitud(request: HttpRequest) -> Solicitud | None:
    """Return the one this browser began: it grants its confirmation page, nothing else."""
    return _kept(request, BEGUN)


def _kept(request: HttpRequest, key: str) -> Solicitud | None:
    kept = request.session.get(key)
    return Solicitud.objects.filter(pk=UUID(kept)).first() if kept else None


def no_session(request: HttpRequest, *, shut: bool = False) -> HttpResponse:
    """Say that there is nothing open here, or that it was `shut`, and how to go on."""
    if asked_by_htmx(request):
        return refresh_page()
    page = "pasos/otro_correo.html" if shut else "pasos/sin_sesion.html"
    return render(request, page, {"seccion": "tramite"}, status=403)


def needs_solicitud(
    view: Callable[Concatenate[HttpRequest, Solicitud, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give the view the Solicitud of this browser, or the page that says there is none."""

    @never_cache
    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        solicitud = own_solicitud(request)
        if solicitud is None:
            return no_session(request, shut=_kept(request, OPEN) is not None)
        return view(request, solicitud, *args, **kwargs)

    return door
