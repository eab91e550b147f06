"""What a person brings: a code, the text of a QR, or a PDF."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from constancias import codigo
from constancias.credencial import LONGEST, PREFIX
from constancias.errors import CodigoMalformado
from constancias.verificacion import LARGEST

_MEGABYTES = LARGEST // 1024**2


class CodigoForm(forms.Form):
    codigo = forms.CharField(
        label="Código de verificación",
        max_length=LONGEST,
        strip=True,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text="Son 12 letras y números, con guiones o sin ellos.",
        error_messages={"required": "Escribe el código que viene bajo el QR."},
    )

    def clean_codigo(self) -> str:
        try:
            return codigo.normalise(self.cleaned_data["codigo"])
        except CodigoMalformado as exc:
            raise ValidationError(exc.message, code=exc.reason) from exc


class CredencialForm(forms.Form):
    credencial = forms.CharField(
        label="Texto del código QR",
        max_length=LONGEST + 8,
        strip=False,
        widget=forms.Textarea(
            {"rows": 3, "autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        ),
        help_text=f"La cámara de tu teléfono lo muestra como un texto que empieza con «{PREFIX}».",
        error_messages={
            "required": "Pega el texto que lee tu teléfono en el QR.",
            "max_length": "Es demasiado largo: pega solo el texto del QR.",
        },
    )

    def clean_credencial(self) -> str:
        # A blank is a sign of its alphabet: only what surrounds the text goes.
        text: str = self.cleaned_data["credencial"].strip("\r\n\t").lstrip(" ")
        if not text.startswith(PREFIX):
            raise ValidationError(
                f"El texto del QR empieza con «{PREFIX}». Si no es así, no es de este portal.",
                code="prefix",
            )
        return text


class PdfForm(forms.Form):
    archivo = forms.FileField(
        label="Archivo PDF",
        widget=forms.FileInput({"accept": "application/pdf,.pdf"}),
        help_text=f"El original, como se descargó; hasta {_MEGABYTES}\N{NO-BREAK SPACE}MB.",
        error_messages={
            "required": "Elige el PDF que quieres verificar.",
            "empty": "El archivo está vacío.",
        },
    )

    def clean_archivo(self) -> bytes:
        upload = self.cleaned_data["archivo"]
        if upload.size > LARGEST:
            raise ValidationError(TOO_LARGE, code="size")
        content: bytes = upload.read()
        if b"%PDF-" not in content[:1024]:
            raise ValidationError("Ese archivo no es un PDF.", code="kind")
        return content


TOO_LARGE = f"El archivo pasa de {_MEGABYTES} MB: los documentos de este portal pesan mucho menos."


def blank(**taken: Any) -> dict[str, forms.Form]:
    """Return the three forms of the page under their names, those in `taken` as they are."""
    whole: dict[str, forms.Form] = {
        "por_codigo": CodigoForm(),
        "por_credencial": CredencialForm(),
        "por_pdf": PdfForm(),
    }
    return whole | taken
