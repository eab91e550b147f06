"""Folio, cadenas and the words they are made of: arithmetic on text alone."""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from constancias.errors import FolioMalformed

MEXICO = ZoneInfo("America/Mexico_City")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FOLIO = re.compile(r"[0-9]{23}")
SERIE_DIGITS = 20
MESES = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
SEXOS = {"H": "Hombre", "M": "Mujer", "X": "No binario"}
LUGARES = {
    "AS": "Aguascalientes",
    "BC": "Baja California",
    "BS": "Baja California Sur",
    "CC": "Campeche",
    "CL": "Coahuila de Zaragoza",
    "CM": "Colima",
    "CS": "Chiapas",
    "CH": "Chihuahua",
    "DF": "Ciudad de México",
    "DG": "Durango",
    "GT": "Guanajuato",
    "GR": "Guerrero",
    "HG": "Hidalgo",
    "JC": "Jalisco",
    "MC": "México",
    "MN": "Michoacán de Ocampo",
    "MS": "Morelos",
    "NT": "Nayarit",
    "NL": "Nuevo León",
    "OC": "Oaxaca",
    "PL": "Puebla",
    "QT": "Querétaro",
    "QR": "Quintana Roo",
    "SP": "San Luis Potosí",
    "SL": "Sinaloa",
    "SR": "Sonora",
    "TC": "Tabasco",
    "TS": "Tamaulipas",
    "TL": "Tlaxcala",
    "VZ": "Veracruz de Ignacio de la Llave",
    "YN": "Yucatán",
    "ZS": "Zacatecas",
    "NE": "Nacido en el extranjero",
}
# Control, surrogate, private, unassigned, invisible (bidi among them), and line breaks.
_UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp"})


def mint_folio(now: datetime) -> str:
    """Return 13 digits of epoch milliseconds and 10 random ones; a reference, never a permit."""
    return f"{(now - EPOCH) // timedelta(milliseconds=1):013d}{secrets.randbelow(10**10):010d}"


def folio_instant(folio: str) -> datetime:
    """Return the aware UTC instant a folio was minted, to the millisecond.

    Raises
        FolioMalformed: not 23 ASCII digits.

    >>> folio_instant("17399369076551325965562").isoformat()
    '2025-02-19T03:48:27.655000+00:00'
    """
    if not _FOLIO.fullmatch(folio):
        raise FolioMalformed(length=len(folio))
    return EPOCH + timedelta(milliseconds=int(folio[:13]))


def long_date(moment: datetime) -> str:
    """Return an aware instant as the cadena writes it, in Mexico's time.

    >>> long_date(folio_instant("17399369076551325965562"))
    '18 de febrero 2025, 21:48:27'
    """
    local = moment.astimezone(MEXICO)
    return f"{local:%d} de {MESES[local.month - 1]} {local:%Y, %H:%M:%S}"


def short_date(day: date) -> str:
    """Return DD/MM/AAAA; of an instant, Mexico's day."""
    local = day.astimezone(MEXICO) if isinstance(day, datetime) else day
    return f"{local.day:02}/{local.month:02}/{local.year:04}"


def clean(text: str) -> str | None:
    """Return `text` in NFC with single spaces, or None if it has an unprintable character."""
    if any(unicodedata.category(char) in _UNPRINTABLE for char in text):
        return None
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(name: str) -> str:
    """Return a name as it is compared: no accents, no case.

    >>> fold("José  PÉREZ") == fold("jose perez")
    True
    """
    plain = unicodedata.normalize("NFD", " ".join(name.split()).casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def compose_cadena(pairs: Iterable[tuple[str, str]]) -> str:
    r"""Return `||name:value|…||`, one text for one list of pairs and back.

    In a value `\` is written `\\` and `|` is written `\|`, so no value can pass
    for two fields. Names are ours and hold neither `|` nor `:`.

    >>> print(compose_cadena([("Folio", "1"), ("Nombre", "A|B")]))
    ||Folio:1|Nombre:A\|B||
    """
    return f"||{'|'.join(f'{name}:{_escape(value)}' for name, value in pairs)}||"


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace("|", "\\|")


def print_serie(serie: str) -> str:
    """Return a certificate's decimal serial as printed: 20 digits, or whole when longer."""
    return serie.zfill(SERIE_DIGITS)


def group_nss(nss: str) -> str:
    """Return the number as people read it aloud.

    >>> group_nss("92919084431")
    '92 91 90 8443-1'
    """
    return f"{nss[:2]} {nss[2:4]} {nss[4:6]} {nss[6:10]}-{nss[10:]}"


def veil(text: str, *, clear: int) -> str:
    """Return `text` with all but its last characters put out of sight.

    >>> veil("92919084431", clear=4)
    '*******4431'
    """
    return "*" * max(len(text) - clear, 0) + text[max(len(text) - clear, 0) :]
