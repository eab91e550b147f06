"""The link of the mail: looking changes nothing, a person presses the button."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comun import reloj
from nss.rules.texto import compact
from tramites.errors import LinkInvalid, MoveNotAllowed, TooSoon, UltimosWrong
from tramites.forms import UnkeptInput
from tramites.forms_acta import MayAskActa
from tramites.pasos.acceso import BEGUN, LINK, OPEN, grant, no_session, take_token
from tramites.pasos.confirmacion import wait_words
from tramites.pasos.equipo import remember
from tramites.pasos.paginas import INICIAR, LOCALIZAR, see_other, step_bar
from tramites.pasos.puerta import limited
from tramites.services import confirmacion as service
from tramites.services.confirmacion import EstadoEnlace

RENEWABLE = (EstadoEnlace.VENCIDO, EstadoEnlace.AGOTADO, EstadoEnlace.SUSTITUIDO)


class UltimosField(forms.RegexField):
    """The end of a CURP; the whole of it, pasted, serves as well.

    What no CURP ends in is told as malformed and costs no try: scanners of mail fill
    fields with words of their own, and six of those would shut the link to its owner.
    """

    def to_python(self, value: Any) -> str:
        text = compact(super().to_python(value) or "")
        return text[-4:] if len(text) == 18 else text


class UltimosForm(forms.Form):
    """A second fact, unless the browser is the one that began: the mail may be in other hands."""

    ultimos4 = UltimosField(
        r"\A[B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{2}[0-9A-Za-z][0-9]\Z",
        label="Últimos cuatro caracteres de tu CURP",
        max_length=40,
        widget=UnkeptInput({"autocomplete": "off", "spellcheck": "false", "maxlength": 40}),
        help_text="Por ejemplo, si tu CURP termina en RPN4, escribe RPN4.",
        error_messages={
            "required": "Escribe los últimos cuatro caracteres de tu CURP.",
            "invalid": "Son cuatro: dos consonantes, una letra o número, y un número. Por ejemplo, RPN4.",
        },
    )


class EnlaceForm(UltimosForm, MayAskActa):
    """What the button of the link asks; the browser that began (`mine`) need not know the CURP."""

    field_order = ("ultimos4",)

    def __init__(self, *args: Any, mine: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if mine:
            del self.fields["ultimos4"]


@never_cache
@require_safe
def enlace(request: HttpRequest, token: str) -> HttpResponse:
    return take_token(request, token, key=LINK, to="confirmar")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("prueba")
def confirmar(request: HttpRequest) -> HttpResponse:
    """Show the button; its POST proves the mailbox and opens the Solicitud in this browser."""
    hashed = _arrived(request)
    if hashed is None:
        return see_other("tramite") if OPEN in request.session else no_session(request)
    state = service.link_state(hashed, reloj.now())
    if state != EstadoEnlace.VIGENTE:
        return _dead_link(request, hashed, state)
    mine = _is_mine(request, hashed, BEGUN)
    form = EnlaceForm(request.POST if request.method == "POST" else None, mine=mine)
    if not form.is_valid():
        return _page(request, form, mine=mine)
    return _confirm(request, hashed, form)


def _confirm(request: HttpRequest, hashed: bytes, form: EnlaceForm) -> HttpResponse:
    last4 = form.cleaned_data.get("ultimos4")  # None: this browser began
    try:
        opened = service.confirm_by_link(
            token_hash=hashed, ultimos4=last4, acta=form.acta, now=reloj.now()
        )
    except LinkInvalid as exc:
        return _dead_link(request, hashed, EstadoEnlace(exc.reason))
    except UltimosWrong as exc:
        if not exc.restantes:
            return _dead_link(request, hashed, service.link_state(hashed, reloj.now()))
        plural = (
            "Te queda un intento" if exc.restantes == 1 else f"Te quedan {exc.restantes} intentos"
        )
        form.add_error("ultimos4", f"{exc.message} {plural}.")
        return _page(request, form, mine=False)
    grant(request, opened)
    return remember(request, see_other("tramite"), opened, reloj.now())


@require_POST
@limited("captura")
def renovar(request: HttpRequest) -> HttpResponse:
    """From the page of a dead link: a new one, to the same mailbox, with the same folio."""
    hashed = _arrived(request)
    if hashed is None:
        return no_session(request)
    try:
        service.renew(token_hash=hashed, now=reloj.now())
    except LinkInvalid as exc:
        return _dead_link(request, hashed, EstadoEnlace(exc.reason))
    except MoveNotAllowed:
        return _dead_link(request, hashed, EstadoEnlace.USADO)
    except TooSoon as exc:
        messages.warning(request, wait_words(exc))
    return see_other("confirmacion" if _is_mine(request, hashed, BEGUN) else "liga_nueva")


@require_safe
def liga_nueva(request: HttpRequest) -> HttpResponse:
    return render(request, "pasos/liga_nueva.html", {"seccion": "tramite"})


def _arrived(request: HttpRequest) -> bytes | None:
    kept = request.session.get(LINK)
    return bytes.fromhex(kept) if kept else None


def _is_mine(request: HttpRequest, hashed: bytes, key: str) -> bool:
    """Say if the link belongs to the Solicitud that this session keeps under `key`."""
    kept = request.session.get(key)
    return bool(kept) and UUID(kept) == service.owner_of(hashed)


def _page(request: HttpRequest, form: EnlaceForm, *, mine: bool) -> HttpResponse:
    barra = step_bar(LOCALIZAR, INICIAR)
    context = {"form": form, "mismo_navegador": mine, "barra": barra, "seccion": "tramite"}
    return render(request, "pasos/enlace.html", context)


def _dead_link(request: HttpRequest, hashed: bytes, state: EstadoEnlace) -> HttpResponse:
    if state == EstadoEnlace.USADO and _is_mine(request, hashed, OPEN):
        return see_other("tramite")  # the second click of a pair: the first one opened it
    context = {
        "estado": state.value,
        "renovable": state in RENEWABLE,
        "abierto": OPEN in request.session,
        "seccion": "tramite",
    }
    return render(request, "pasos/enlace_fallido.html", context, status=410)
