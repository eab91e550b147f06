"""Paso 1: the CURP, the mailbox twice, the image. The answer is the same whatever the CURP."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django import forms
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comun import captcha, reloj
from comun.cripto import keyed_digest
from tramites.forms import CorreoField, CurpField, UnkeptInput
from tramites.pasos.acceso import BEGUN, OPEN
from tramites.pasos.paginas import INICIAR, LOCALIZAR, see_other, step_bar
from tramites.services.captura import open_solicitud

# What this browser read right last: `llave` of the image, `de` whose capture came with it,
# `hasta` when it stops serving, `usada` once its capture was accepted.
READ, SERVES_SECONDS = "captcha_leida", 600
NO_IMAGE = "Escribe los caracteres de la imagen nueva."
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
    form = CapturaForm(request.POST, today=today)
    entrega = Entrega.of(request)
    if entrega.accepted(request.session):
        return see_other("confirmacion")
    if not entrega.reads_image(request.session, request.POST.get("captcha", ""), now):
        form.add_error("captcha", WRONG_IMAGE if request.POST.get("captcha") else NO_IMAGE)
    if not form.is_valid():
        return _page(request, form, now)
    data = form.cleaned_data
    solicitud = open_solicitud(curp=data["curp"], correo=data["correo"], now=now)
    request.session[BEGUN] = str(solicitud.pk)
    request.session[READ] = entrega.note(now) | {"usada": True}
    return see_other("confirmacion")


@dataclass(frozen=True, slots=True)
class Entrega:
    """One press of Continuar: which image came with it, and whose capture it was."""

    llave: str
    de: str

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        typed = (request.POST.get(name, "").strip() for name in ("curp", "correo"))
        digest = keyed_digest("captura", *(text.encode() for text in typed))
        return cls(request.POST.get("captcha_llave", ""), digest.hex())

    def note(self, now: datetime) -> dict[str, Any]:
        hasta = now.timestamp() + SERVES_SECONDS
        return {"llave": self.llave, "de": self.de, "hasta": hasta, "usada": False}

    def accepted(self, session: SessionBase) -> bool:
        """Say if this is the second of two equal presses."""
        read = session.get(READ, {})
        return bool(self.llave and read.get("usada") and self._is_in(read))

    def reads_image(self, session: SessionBase, typed: str, now: datetime) -> bool:
        """Say if a person read the image: now, or a moment ago with another field wrong.

        The session is written in the transaction that burns the challenge: the
        twin of a double click waits for it, and then finds what the first wrote.
        """
        if _passed(session, now):
            return True
        before = session.get(READ, {}).get("llave")
        with transaction.atomic():
            if captcha.consume(session, self.llave, typed):
                session[READ] = self.note(now)
                session.save()
                return True
        if not session.session_key or before == self.llave:
            return False
        return self._is_in(type(session)(session.session_key).get(READ, {}))

    def _is_in(self, read: dict[str, Any]) -> bool:
        return (read.get("llave"), read.get("de")) == (self.llave, self.de)


def _passed(session: SessionBase, now: datetime) -> str:
    """Return the key of the image this browser read right and has not used yet, or ""."""
    read: dict[str, Any] = session.get(READ, {})
    serves = read and not read["usada"] and read["hasta"] > now.timestamp()
    return str(read["llave"]) if serves else ""


def _page(request: HttpRequest, form: CapturaForm, now: datetime) -> HttpResponse:
    passed = _passed(request.session, now)
    context = {
        "form": form,
        "barra": step_bar(LOCALIZAR, INICIAR),
        "imagen": "" if passed else captcha.issue(request.session),
        "pase": passed,
        "abierto": OPEN in request.session,
        "seccion": "tramite",
    }
    return render(request, "pasos/captura.html", context)
