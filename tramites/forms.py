"""Kinds of answers that several steps ask for: clean text, a CURP, one mailbox; and Paso 1."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.urls import reverse_lazy

from catalogos.models import Asentamiento, Entidad
from nss.errors import MalformedCurp
from nss.rules.texto import compact
from nss.values import Curp
from tramites.rules import pasted_correo, plain_digits, suggested_correo

# Control, format (bidi marks, zero width), surrogate, private and unassigned characters.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

five_digits = RegexValidator(
    r"\A[0-9]{5}\Z", "El código postal son cinco números, por ejemplo 40200."
)


def unknown_cp(cp: str) -> str:
    return f"No encontramos el código postal {cp}. Revísalo en un recibo o en tu credencial."


class TextoField(forms.CharField):
    """One line as a person reads it: NFC, single blanks, nothing invisible."""

    def to_python(self, value: Any) -> str:
        text = " ".join(unicodedata.normalize("NFC", str(value or "")).split())
        if any(unicodedata.category(character) in _UNSEEN for character in text):
            raise ValidationError("Quita los caracteres invisibles o especiales.", code="unseen")
        return text


class CurpField(forms.CharField):
    """Eighteen characters; says which one is wrong, and why. `today` refuses births to come."""

    today: date | None = None

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return Curp(text, today=self.today)
        except MalformedCurp as exc:
            raise ValidationError(exc.message, code=exc.code) from exc


class CorreoField(forms.EmailField):
    """One plain mailbox: ASCII, no quoted local part, no address in brackets."""

    default_error_messages = {
        "invalid": "Escribe un correo electrónico completo, como nombre@ejemplo.com.",
        "ascii": "Escribe el correo sin acentos ni eñes.",
        "unseen": "El correo trae un carácter que no se ve. Bórralo y escríbelo a mano.",
        "one": "Escribe un solo correo electrónico, sin comas ni espacios.",
    }

    def clean(self, value: Any) -> Any:
        text = pasted_correo(str(value or ""))
        if any(unicodedata.category(char) == "Cf" for char in text):
            raise ValidationError(self.error_messages["unseen"], code="unseen")
        if not text.isascii():
            raise ValidationError(self.error_messages["ascii"], code="ascii")
        if text.count("@") > 1 or any(mark in text for mark in " ,;\t\r\n"):
            raise ValidationError(self.error_messages["one"], code="one")
        clean: str = super().clean(text)
        local, _, domain = clean.partition("@")
        if '"' in local or domain.startswith("[") or len(local) > 64:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return clean


class CincoDigitosField(forms.CharField):
    """A postal code as people write it, brought to its five digits."""

    default_error_messages = {"required": "Escribe tu código postal."}
    default_validators = [five_digits]
    widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "postal-code"})

    def to_python(self, value: Any) -> str:
        cp = plain_digits(str(value or ""))
        if len(cp) == 4 and cp.isascii() and cp.isdigit():
            raise ValidationError(
                "El código postal son cinco números y te falta uno. Si empieza con cero,"
                " escríbelo también.",
                code="four",
            )
        return cp


class CpField(CincoDigitosField):
    """A postal code that the catalogue has."""

    def clean(self, value: Any) -> Any:
        cp = super().clean(value)
        if cp and not Asentamiento.objects.vigentes().filter(cp=cp).exists():
            raise ValidationError(unknown_cp(cp), code="unknown")
        return cp


class UnkeptInput(forms.TextInput):
    """A text field that never shows again what was typed."""

    def format_value(self, value: Any) -> str | None:
        return None


AVISO_CHANGED = (
    "El aviso de privacidad cambió mientras llenabas la página. Léelo y presiona otra vez el botón."
)
_TYPED = {"autocomplete": "off", "spellcheck": "false"}
_SEX = {"H": "hombre", "M": "mujer", "X": "sexo X"}


def _told_on_change(view: str, note: str) -> dict[str, Any]:
    """Attributes that ask the server about one field when it changes, and where the answer goes."""
    return {
        "hx-post": reverse_lazy(f"tramites:{view}"),
        "hx-trigger": "change",
        "hx-target": f"#{note}",
        "hx-swap": "innerHTML",
        "hx-sync": "this:replace",
    }


@dataclass(frozen=True, slots=True)
class CurpLeida:
    """What a CURP says of its owner, for the owner to recognise."""

    nacimiento: date
    lugar: str
    sexo: str


class CapturaForm(forms.Form):
    """Paso 1: who asks, and where to answer."""

    curp = CurpField(
        label="CURP",
        max_length=40,
        widget=forms.TextInput(
            {
                **_TYPED,
                **_told_on_change("revisar_curp", "nota-curp"),
                "autocapitalize": "characters",
                "maxlength": 40,
            }
        ),
        help_text="Son 18 letras y números. Puedes escribirla con minúsculas o espacios.",
        error_messages={"required": "Escribe tu CURP."},
    )
    correo = CorreoField(
        label="Correo electrónico",
        max_length=254,
        widget=forms.EmailInput(
            {
                **_told_on_change("revisar_correo", "nota-correo"),
                "autocomplete": "email",
                "spellcheck": "false",
            }
        ),
        help_text="Ahí te enviaremos una liga de confirmación y tu número.",
        error_messages={"required": "Escribe tu correo electrónico."},
    )
    correo_otra_vez = forms.CharField(
        label="Confirma tu correo electrónico",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": "Escribe otra vez tu correo electrónico."},
    )
    captcha = forms.CharField(
        label="Escribe los caracteres de la imagen",
        required=False,
        max_length=20,
        widget=UnkeptInput({**_TYPED, "autocapitalize": "none", "autocorrect": "off"}),
        help_text="Distingue entre mayúsculas y minúsculas.",
    )
    sugerido = ""  # the mailbox we think was meant, once `clean_correo` has run

    def __init__(self, *args: Any, today: date, aviso: str = "", **kwargs: Any) -> None:
        """`aviso`: version of the privacy notice in force; the page sent must have shown it."""
        super().__init__(*args, **kwargs)
        self.aviso = aviso
        curp = self.fields["curp"]
        assert isinstance(curp, CurpField)
        curp.today = today

    def clean_correo(self) -> str:
        """Ask once about a mailbox that looks mistyped; sent again as it is, it is right."""
        correo: str = self.cleaned_data["correo"]
        self.sugerido = suggested_correo(correo)
        if self.sugerido and str(self.data.get("correo_visto", "")).strip() != correo:
            raise ValidationError(
                f"¿Quisiste escribir {self.sugerido}? Si tu correo está bien, presiona otra vez"
                " el botón para seguir.",
                code="typo",
            )
        return correo

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, again = data.get("correo"), data.get("correo_otra_vez")
        if first and again and first.lower() != pasted_correo(again).lower():
            self.add_error("correo_otra_vez", "Los dos correos no son iguales.")
        if self.aviso and self.data.get("aviso") != self.aviso:
            self.add_error(None, AVISO_CHANGED)
        return data

    @cached_property
    def curp_leida(self) -> CurpLeida | None:
        """What the CURP says, if it is one."""
        curp = self.cleaned_data.get("curp") if self.is_bound and not self["curp"].errors else None
        if not isinstance(curp, Curp):
            return None
        place = Entidad.objects.filter(pk=curp.entidad).first()
        lugar = place.nombre if place else "fuera de México" if curp.entidad == "NE" else ""
        return CurpLeida(curp.fecha_nacimiento, lugar, _SEX[curp.sexo])

    @cached_property
    def curp_marcada(self) -> tuple[str, str, str] | None:
        """The text before the wrong character, that character, and the text after it."""
        curp = self.fields["curp"]
        assert isinstance(curp, CurpField)
        text = compact(str(self["curp"].value() or ""))
        try:
            Curp(text, today=curp.today)
        except MalformedCurp as exc:
            at = exc.position
            return (text[: at - 1], text[at - 1], text[at:]) if at else None
        return None
