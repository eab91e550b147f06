"""The year and the number of a birth certificate, and the forms that ask for them."""

import unicodedata
from typing import Any

from django import forms
from django.conf import settings

from tramites.forms import UnkeptInput
from tramites.rules import Acta, normal_acta, plain_digits


class AnioField(forms.RegexField):
    def to_python(self, value: Any) -> str:
        return plain_digits(str(value or ""))


class NumeroActaField(forms.RegexField):
    def to_python(self, value: Any) -> str:
        return normal_acta(unicodedata.normalize("NFKC", str(value or "")))


class ActaForm(forms.Form):
    """Two facts of the certificate that a CURP does not tell. What was typed is not shown again."""

    acta_anio = AnioField(
        r"\A(?:18|19|20)[0-9]{2}\Z",
        label="Año de registro del acta",
        max_length=20,
        widget=UnkeptInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text="El año en que registraron tu nacimiento, por ejemplo 2007.",
        error_messages={
            "required": "Escribe el año de registro de tu acta.",
            "invalid": "El año son cuatro números, por ejemplo 2007.",
        },
    )
    acta_numero = NumeroActaField(
        r"\A[0-9A-Z/-]{1,15}\Z",
        label="Número de acta",
        max_length=40,
        widget=UnkeptInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text="Viene arriba en tu acta de nacimiento. Los ceros del principio no importan.",
        error_messages={
            "required": "Escribe el número de tu acta.",
            "invalid": "El número de acta son números, por ejemplo 123.",
        },
    )

    @property
    def acta(self) -> Acta | None:
        """What was answered, or None if nothing was."""
        anio, numero = (self.cleaned_data.get(name) for name in ("acta_anio", "acta_numero"))
        return Acta(anio=int(anio), numero=numero) if anio and numero else None


class MayAskActa(ActaForm):
    """Another question with these two after it, where the portal asks them (PRUEBA_IDENTIDAD).

    Both may be left blank: for the mailbox bound to the CURP they do not count, and
    nobody is told which one that is.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ActaForm.base_fields:
            if settings.PRUEBA_IDENTIDAD == "acta":
                self.fields[name].required = False
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, other in (("acta_anio", "acta_numero"), ("acta_numero", "acta_anio")):
            if data.get(name) and data.get(other) == "":
                missing = self.fields[other].error_messages["required"]
                self.add_error(other, missing)
        return data
