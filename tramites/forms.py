"""Kinds of answers that several steps ask for: clean text, a CURP, one mailbox."""

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from nss.errors import MalformedCurp
from nss.values import Curp

# Control, format (bidi marks, zero width), surrogate, private and unassigned characters.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


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
        "one": "Escribe un solo correo electrónico, sin comas ni espacios.",
    }

    def clean(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text.isascii():
            raise ValidationError(self.error_messages["ascii"], code="ascii")
        if text.count("@") > 1 or any(mark in text for mark in " ,;\t\r\n"):
            raise ValidationError(self.error_messages["one"], code="one")
        clean: str = super().clean(text)
        local, _, domain = clean.partition("@")
        if '"' in local or domain.startswith("[") or len(local) > 64:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return clean


class UnkeptInput(forms.TextInput):
    """A text field that never shows again what was typed."""

    def format_value(self, value: Any) -> str | None:
        return None
