"""A shared computer: nothing stays on it, Terminar is big, and who walks away is forgotten.

The mode is a cookie of the machine (it says nothing of anybody), so that it outlives the
session that Terminar ends. Without JavaScript each page leads to the warning by itself; the
server keeps the time too: a session left alone is emptied at the next request, whose ever it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comun import reloj
from tramites.pasos.paginas import SeeOther, asked_by_htmx, see_other

COOKIE = f"{'__Host-' if settings.HTTPS else ''}quiosco"
SEEN, PLACE = "quiosco_visto", "quiosco_lugar"  # session: last sign of a person, and where
A_YEAR = 365 * 24 * 3600  # s
CLEARED = "Listo: borramos de este equipo lo que se escribió."


@dataclass(frozen=True, slots=True)
class Quiosco:
    """Seconds without a sign of anybody until the warning, and from the warning to the end."""

    espera: int
    aviso: int


class QuioscoMiddleware:
    """On a shared computer: no answer is kept, and a session left alone does not go on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.COOKIES.get(COOKIE) != "1":
            return self.get_response(request)
        request.quiosco = Quiosco(settings.QUIOSCO_ESPERA, settings.QUIOSCO_AVISO)  # type: ignore[attr-defined]
        now = reloj.now()
        response = _left_alone(request, now) or self.get_response(request)
        _note_presence(request, response, now)
        response["Cache-Control"] = "no-store, private"
        return response


def is_shared(request: HttpRequest) -> bool:
    return hasattr(request, "quiosco")


def forget_typed(request: HttpRequest, form: forms.Form) -> None:
    """On a shared computer ask the browser not to remember the fields for the next person."""
    if is_shared(request):
        for field in form.fields.values():
            field.widget.attrs["autocomplete"] = "off"


def _left_alone(request: HttpRequest, now: datetime) -> HttpResponse | None:
    """Return the warning or the end, if nobody has been here for long; None goes on."""
    seen = request.session.get(SEEN)
    idle = now.timestamp() - seen if seen else 0
    if idle > settings.QUIOSCO_ESPERA + settings.QUIOSCO_AVISO:
        return _go(request, _end(request))
    own = request.path in (reverse("tramites:quiosco_aviso"), reverse("tramites:quiosco_terminar"))
    if idle > settings.QUIOSCO_ESPERA and _by_itself(request) and not own:
        return _go(request, see_other("quiosco_aviso"))
    return None


def _by_itself(request: HttpRequest) -> bool:
    """Say if the page asked and no person: a look at the same address again."""
    same = request.session.get(PLACE) == request.path
    return request.method != "POST" and (same or asked_by_htmx(request))


def _go(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    if asked_by_htmx(request):
        return HttpResponse(headers={"HX-Redirect": answer["Location"]})
    return answer


def _note_presence(request: HttpRequest, response: HttpResponse, now: datetime) -> None:
    """Keep when a person was last here: a press, or another address than the last one."""
    session = request.session
    if session.is_empty():
        return
    quiet = request.path == reverse("tramites:quiosco_aviso") or _by_itself(request)
    if SEEN in session and quiet:
        return
    session[SEEN] = now.timestamp()
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if request.method == "GET" and is_page and response.status_code == 200:
        session[PLACE] = request.path


def _end(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    messages.success(request, CLEARED)
    return see_other("quiosco")


@never_cache
@require_safe
def quiosco(request: HttpRequest) -> HttpResponse:
    """Where each person begins on a shared computer, and where the mode is put on."""
    return render(request, "quiosco/inicio.html", {"seccion": "quiosco"})


@require_POST
def poner(request: HttpRequest) -> HttpResponse:
    """Make this machine a shared one, and forget who was on it."""
    request.session.flush()
    response = see_other("quiosco")
    secure = settings.HTTPS
    response.set_cookie(COOKIE, "1", max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


@require_POST
def quitar(request: HttpRequest) -> HttpResponse:
    """Make it a machine of one person again."""
    request.session.flush()
    response = see_other("quiosco")
    response.delete_cookie(COOKIE)
    return response


@require_POST
def terminar(request: HttpRequest) -> HttpResponse:
    """The big button: forget everything of this person, at once."""
    return _end(request)


@never_cache
@require_safe
def aviso(request: HttpRequest) -> HttpResponse:
    """Ask if somebody is still there; unanswered, this page leads to the end by itself."""
    if not is_shared(request) or SEEN not in request.session:
        return see_other("quiosco")
    idle = reloj.now().timestamp() - request.session[SEEN]
    left = settings.QUIOSCO_ESPERA + settings.QUIOSCO_AVISO - idle
    context = {"segundos": max(int(left) + 1, 1), "seccion": "quiosco"}
    return render(request, "quiosco/aviso.html", context)


@require_POST
def sigo(request: HttpRequest) -> HttpResponse:
    """I am still here: back to where the person was. A script asks for no page."""
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    place = request.session.get(PLACE, "/")
    safe = url_has_allowed_host_and_scheme(place, allowed_hosts=None)
    return SeeOther(place if safe else "/")
