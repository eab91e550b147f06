"""What a person writes when asking something about their data; what the desk writes for them."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tramites.derechos.enums import Derecho

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
LONGEST = 1000  # characters


class ParrafosField(forms.CharField):
    """Some lines as a person reads them: NFC, no invisible characters but the ends of line."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        kwargs.setdefault("widget", forms.Textarea({"rows": 5}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", str(value or "")).replace("\r\n", "\n").strip()
        if any(unicodedata.category(char) in _UNSEEN for char in text if char != "\n"):
            raise ValidationError("Quita los caracteres invisibles o especiales.", code="unseen")
        return text


class AclaracionForm(forms.Form):
    """What a petition lacked."""

    aclaracion = ParrafosField(
        label="Tu respuesta",
        help_text="Escribe aquí lo que te pedimos.",
        error_messages={
            "required": "Escribe lo que te pedimos.",
            "max_length": "Escribe 1000 caracteres como máximo.",
        },
    )


class PeticionForm(forms.Form):
    """Which right, and over what."""

    derecho = forms.ChoiceField(
        label="¿Qué quieres pedir?",
        choices=Derecho,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Elige qué quieres pedir.",
            "invalid_choice": "Elige una de las cuatro opciones.",
        },
    )
    texto = ParrafosField(
        label="Explica qué pides",
        help_text="Di sobre qué datos es y, si quieres corregir algo, cuál es el dato correcto.",
        error_messages={
            "required": "Explica qué pides.",
            "max_length": "Escribe 1000 caracteres como máximo.",
        },
    )
