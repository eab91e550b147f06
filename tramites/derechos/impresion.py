"""The copy of one's data on paper: laid out as the documents are, without their seal."""

from typing import Any

from django.template.loader import render_to_string

from constancias.rendering import press
from tramites.derechos.expediente import flat


def to_pdf(expediente: dict[str, Any], *, identifier: bytes) -> bytes:
    """Return the PDF; only a worker lays out. `identifier`: 16 bytes."""
    return press()(to_html(expediente), identifier)


def to_html(expediente: dict[str, Any]) -> str:
    tables = [
        {**tabla, "filas": [list(_lines(row)) for row in tabla["filas"]]}
        for tabla in expediente["tablas"]
    ]
    return render_to_string("documentos/mis_datos.html", {**expediente, "tablas": tables})


def _lines(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [line for name, told in row.items() for line in flat(told["valor"], name)]
