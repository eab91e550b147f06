"""Paso 1: the CURP, the mailbox twice, the image. The answer is the same whatever the CURP."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comun import captcha, reloj
from tramites.forms import CorreoField, CurpField, UnkeptInput
from tramites.pasos.acceso import BEGUN, OPEN, begun_solicitud
from tramites.pasos.paginas import INICIAR, LOCALIZAR, see_other, step_bar
from tramites.services.captura import open_solicitud

PASS, PASS_SECONDS = "captcha_pase", 600  # an image read right serves this long, once
SENT = "captura_enviada"  # key of the image whose capture was accepted: a double click finds it
WRONG_IMAGE = "No son los caracteres de la imagen, o ya caducó. Escribe los de la imagen nueva."
_TYPED = {"autocomplete": "off", "spellcheck": "false"}


class CapturaForm(forms.Form):
    """Who asks, and where to answer."""

    curp = CurpField(
        label="CURP",
        max_length=40,
        widget=forms.TextInput({**_TYPED, "autocapitalize": "characters", "maxlength": 40}),
        help_text="Son 18 letras y números. Puedes escribirla con minúsculas o espacios.",
        error_messages={"required": "Escribe tu CURP."},
    )
    correo = CorreoField(
        label="Correo electrónico",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text="Ahí te enviaremos una liga de confirmación y tu número.",
        error_messages={"required": "Escribe tu correo electrónico."},
    )
    correo_otra_vez = forms.CharField(
        label="Confirma tu correo electrónico",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": "Escribe otra vez tu correo electrónico."},
    )
    captcha = forms.CharField(
        label="Escribe los caracteres de la imagen",
        required=False,
        max_length=20,
        widget=UnkeptInput({**_TYPED, "autocapitalize": "none", "autocorrect": "off"}),
        help_text="Distingue entre mayúsculas y minúsculas.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        curp = self.fields["curp"]
        assert isinstance(curp, CurpField)
        curp.today = today

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, again = data.get("correo"), data.get("correo_otra_vez")
        if first and again and first.lower() != again.strip().lower():
            self.add_error("correo_otra_vez", "Los dos correos no son iguales.")
        return data


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def captura(request: HttpRequest) -> HttpResponse:
    """Take the capture; on success the mail is on its way and the browser waits for its code."""
    now = reloj.now()
    today = reloj.local_date(now)
    if request.method != "POST" or request.POST.get("accion") == "otra_imagen":
        return _page(request, CapturaForm(initial=request.POST.dict(), today=today), now)
    key = request.POST.get("captcha_llave", "")
    form = CapturaForm(request.POST, today=today)
    if _sent_already(request, key, form):
        return see_other("confirmacion")
    if not read_image(request.session, key, request.POST.get("captcha", ""), now):
        form.add_error("captcha", WRONG_IMAGE)
    if not form.is_valid():
        return _page(request, form, now)
    data = form.cleaned_data
    solicitud = open_solicitud(curp=data["curp"], correo=data["correo"], now=now)
    request.session.pop(PASS, None)
    request.session.update({BEGUN: str(solicitud.pk), SENT: key})
    return see_other("confirmacion")


def _sent_already(request: HttpRequest, key: str, form: CapturaForm) -> bool:
    """Say if this is the second of two equal submits: same image, same CURP, same mailbox."""
    if not key or request.session.get(SENT) != key or not form.is_valid():
        return False
    begun, data = begun_solicitud(request), form.cleaned_data
    return begun is not None and (begun.curp, begun.correo) == (data["curp"], data["correo"])


def read_image(session: SessionBase, key: str, typed: str, now: datetime) -> bool:
    """Say if a person read the image: now, or a moment ago with another field wrong.

    The session is written in the transaction that burns the challenge: the twin
    of a double click waits for it, and then finds what the first one wrote.
    """
    if _pass_of(session, now):
        return True
    with transaction.atomic():
        if captcha.consume(session, key, typed):
            session[PASS] = {"llave": key, "hasta": now.timestamp() + PASS_SECONDS}
            session.save()
            return True
    if not (key and session.session_key):
        return False
    twin = type(session)(session.session_key)
    return key in (twin.get(SENT), twin.get(PASS, {}).get("llave"))


def _pass_of(session: SessionBase, now: datetime) -> str:
    """Return the key of the image this browser read right and has not used yet, or ""."""
    kept: dict[str, Any] = session.get(PASS, {})
    return str(kept["llave"]) if kept and kept["hasta"] > now.timestamp() else ""


def _page(request: HttpRequest, form: CapturaForm, now: datetime) -> HttpResponse:
    passed = _pass_of(request.session, now)
    context = {
        "form": form,
        "barra": step_bar(LOCALIZAR, INICIAR),
        "imagen": "" if passed else captcha.issue(request.session),
        "pase": passed,
        "abierto": OPEN in request.session,
        "seccion": "tramite",
    }
    return render(request, "pasos/captura.html", context)
