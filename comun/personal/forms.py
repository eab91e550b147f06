"""What somebody of the staff types to come in."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from comun.errors import DomainError
from comun.mensajes import PERSONAL
from comun.personal.enums import Dato, Motivo


class ClaveForm(AdminAuthenticationForm):
    """Account and password; `refusal` is why they are not even compared."""

    error_messages = {
        "invalid_login": "La cuenta o la contraseña no son correctas. Revisa las mayúsculas.",
        "inactive": "La cuenta o la contraseña no son correctas. Revisa las mayúsculas.",
    }

    def __init__(self, *args: Any, refusal: DomainError | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusal = refusal

    def clean(self) -> dict[str, Any]:
        if self.refusal:
            raise ValidationError(f"{self.refusal.message} {self.refusal.advice}")
        cleaned: dict[str, Any] = super().clean()
        return cleaned


class CodigoForm(forms.Form):
    """Six digits of the phone, or a recovery code."""

    codigo = forms.CharField(
        label="Código",
        max_length=40,
        error_messages={"required": "Escribe el código de tu aplicación."},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )


class RevelarForm(forms.Form):
    """Which datum, why, and where that is written down."""

    dato = forms.ChoiceField(error_messages={"required": "Elige qué dato necesitas."})
    motivo = forms.ChoiceField(
        choices=[("", "Elige un motivo"), *Motivo.choices],
        error_messages={"required": "Elige para qué lo necesitas."},
    )
    referencia = forms.CharField(
        label="Caso u oficio",
        max_length=60,
        help_text="Su número o folio. Sin nombres, CURP, NSS ni correos.",
        error_messages={"required": "Escribe el número de caso, oficio o folio."},
    )

    def __init__(self, *args: Any, offered: list[Dato], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dato"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Elige un dato"), *((one.value, one.label) for one in offered)]

    def clean_referencia(self) -> str:
        text: str = self.cleaned_data["referencia"]
        for kind, pattern in PERSONAL.items():
            if pattern.search(text):
                raise ValidationError(f"Escribe solo el número de caso: aquí no va {kind}.")
        return text
