"""Which fields of a sheet differ from those of the sheet that was issued, told by its readable text."""

import unicodedata

from constancias.documentos import Hoja

AGREGADO = "Contenido agregado"
FIRMA = "Firma electrónica"
ARCHIVO = "Archivo (el texto es el mismo)"


def differing(brought: str, issued: str, hoja: Hoja, sello: str) -> tuple[str, ...]:
    """Return the names of the fields whose value is read fewer times than on the sheet issued.

    A value stands on a sheet at least twice, where people read it and in the
    cadena: one place changed is enough to be told. Added text is told as such.
    """
    there, here = squeeze(brought), squeeze(issued)
    fields = [
        *hoja.printed(),
        ("Cadena original", hoja.cadena),
        ("Cadena de datos", hoja.cadena_datos),
        ("Sello digital", sello),
    ]
    names = [
        name
        for name, value in fields
        if (text := squeeze(value)) and there.count(text) < here.count(text)
    ]
    if here != there and (not names or len(there) > len(here)):
        names.append(AGREGADO if len(there) > len(here) else "Texto de la hoja")
    return tuple(names)


def squeeze(text: str) -> str:
    """Return the letters, digits and veils of `text`: how it is broken into lines does not count.

    >>> squeeze("92 91 90 8443-1") == squeeze("92919084431")
    True
    """
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if char.isalnum() or char == "*")
