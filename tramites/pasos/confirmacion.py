"""After Paso 1: the mail is on its way; the six digits, another mail, another mailbox."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from comun import reloj
from tramites.errors import CodeInvalid, CodeWrong, MoveNotAllowed, TooSoon
from tramites.forms import CorreoField, UnkeptInput
from tramites.forms_acta import MayAskActa
from tramites.models import Solicitud
from tramites.pasos import envios
from tramites.pasos.acceso import BEGUN, OPEN, begun_solicitud, grant, no_session
from tramites.pasos.equipo import remember
from tramites.pasos.paginas import INICIAR, LOCALIZAR, see_other, step_bar
from tramites.pasos.puerta import limited
from tramites.pasos.quiosco import forget_typed
from tramites.pasos.rastro import leave_trace
from tramites.rules import plain_digits
from tramites.services import confirmacion as service

PROVED = (
    "Ese correo ya está confirmado: alguien abrió su liga. Escribe aquí el código del correo,"
    " o sigue en el equipo donde abriste la liga."
)


class CodigoField(forms.RegexField):
    """Six digits, however they are parted: blanks, dashes, full-width."""

    def to_python(self, value: Any) -> str:
        return plain_digits(super().to_python(value) or "")


class CodigoForm(MayAskActa):
    field_order = ("codigo",)
    codigo = CodigoField(
        r"\A[0-9]{6}\Z",
        label="Código de seis dígitos",
        max_length=20,
        strip=False,
        widget=UnkeptInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
        help_text="Viene en el mismo correo que la liga.",
        error_messages={
            "required": "Escribe los seis dígitos del correo.",
            "invalid": "El código son seis dígitos, sin letras.",
        },
    )


class CorreoForm(forms.Form):
    correo = CorreoField(
        label="Correo electrónico",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": "Escribe tu correo electrónico."},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("prueba")
def confirmacion(request: HttpRequest) -> HttpResponse:
    """Show where the mail went; a right code opens the Solicitud in this browser."""
    begun = begun_solicitud(request)
    if begun is None:
        return see_other("tramite") if OPEN in request.session else no_session(request)
    if request.method != "POST":
        return _page(request, begun, CodigoForm())
    form = CodigoForm(request.POST)
    if not form.is_valid():
        return _page(request, begun, form)
    try:
        opened = service.confirm_by_code(
            solicitud_id=begun.pk,
            codigo=form.cleaned_data["codigo"],
            acta=form.acta,
            now=reloj.now(),
        )
    except (CodeWrong, CodeInvalid) as exc:
        form.add_error("codigo", _why(exc))
        return _page(request, begun, form)
    grant(request, opened)
    return remember(request, see_other("tramite"), opened, reloj.now())


def _why(exc: CodeWrong | CodeInvalid) -> str:
    if isinstance(exc, CodeWrong) and exc.restantes:
        left = (
            "Te queda un intento" if exc.restantes == 1 else f"Te quedan {exc.restantes} intentos"
        )
        return f"{exc.message} {left}. {exc.advice}"
    if isinstance(exc, CodeWrong) or exc.reason == "agotado":
        return "Se acabaron los intentos de este código. Pide que te enviemos otro correo."
    if exc.reason == "usado":
        return (
            "Este código ya se usó. Sigue en el navegador donde lo escribiste o pide otro correo."
        )
    return "Este código ya venció. Pide que te enviemos otro correo."


@require_POST
@limited("captura")
def reenviar(request: HttpRequest) -> HttpResponse:
    """Mail a new link and code to the same mailbox."""
    begun = begun_solicitud(request)
    if begun is None:
        return no_session(request)
    now = reloj.now()
    try:
        service.resend(solicitud_id=begun.pk, now=now)
    except TooSoon as exc:
        messages.warning(request, wait_words(exc))
    except MoveNotAllowed:
        messages.warning(request, PROVED)
    else:
        envios.note(request.session, begun.pk, now)
        messages.success(
            request,
            "Pediste otro correo. Cuando te llegue, usa la liga o el código de ese: es el más reciente.",
        )
    return see_other("confirmacion")


def wait_words(exc: TooSoon) -> str:
    return f"{exc.message} Espera {exc.segundos} segundos antes de pedir otro."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("captura")
def cambiar_correo(request: HttpRequest) -> HttpResponse:
    """Put a mistyped mailbox right."""
    begun = begun_solicitud(request)
    if begun is None:
        return no_session(request)
    form = CorreoForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _correo_page(request, begun, form)
    now = reloj.now()
    try:
        changed = service.change_correo(
            solicitud_id=begun.pk, correo=form.cleaned_data["correo"], now=now
        )
    except (TooSoon, MoveNotAllowed) as exc:
        form.add_error("correo", wait_words(exc) if isinstance(exc, TooSoon) else PROVED)
        return _correo_page(request, begun, form)
    request.session[BEGUN] = str(changed.pk)
    envios.note(request.session, changed.pk, now)
    leave_trace(request, changed, now)
    messages.success(request, "Cambiamos tu correo y enviamos ahí una liga nueva.")
    return see_other("confirmacion")


def _correo_page(request: HttpRequest, begun: Solicitud, form: CorreoForm) -> HttpResponse:
    forget_typed(request, form)
    context = {**_frame(begun), "form": form}
    return render(request, "pasos/cambiar_correo.html", context)


def _page(request: HttpRequest, begun: Solicitud, form: CodigoForm) -> HttpResponse:
    context = {
        **_frame(begun),
        "form": form,
        "horas": settings.ENLACE_HORAS,
        "segundos": settings.REENVIO_SEGUNDOS,
        "envios": envios.Envios.of(request.session, begun.pk, reloj.now()),
    }
    return render(request, "pasos/confirmacion.html", context)


def _frame(begun: Solicitud) -> dict[str, object]:
    return {
        "correo_velado": begun.correo_velado,
        "barra": step_bar(LOCALIZAR, INICIAR),
        "seccion": "tramite",
    }
