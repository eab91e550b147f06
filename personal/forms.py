"""What somebody of the staff types to come in."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from comun.errors import DomainError


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
