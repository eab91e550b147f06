"""Arithmetic of names: how two spellings are compared, and where a clinic's number is."""

import re
import unicodedata

_NOT_A_WORD = re.compile(r"[^0-9a-z]+")
_ZEROS = re.compile(r"\b0+(?=[1-9])")
_NUMBER = re.compile(r"\b0*([1-9][0-9]{0,2}(?:-[A-Z])?)\b")
_NUMBERED = re.compile(  # a number right after the word that announces it
    r"\b(?:UMF|U\.M\.F|UMFH|UMRM|HG[A-Z]*|FAM|FAMILIAR|HOSPITALIZACI[OÓ]N|M\.F|NO|N[UÚ]M)"
    r"\W*0*([1-9][0-9]{0,2}(?:-[A-Z])?)\b",
    re.IGNORECASE,
)


def normalise(text: str) -> str:
    """Return `text` in the form in which names are compared and ordered.

    Lower case, without accents (Ñ counts as N), words of letters and digits
    divided by one space.

    >>> normalise("  San Juan Mixtepec -Dto. 08 - ")
    'san juan mixtepec dto 08'
    >>> normalise("ÑANDÚ  Güémez")
    'nandu guemez'
    """
    plain = text.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return _NOT_A_WORD.sub(" ", plain).strip()


def unit_number(name: str) -> str:
    """Return the number in a clinic's name, or "" if it has none.

    >>> [unit_number(n) for n in ("UMF 23 CD. IXTEPEC", "UNIDAD DE MEDICINA FAMILIAR NO. 20")]
    ['23', '20']
    >>> unit_number("UMF 005"), unit_number("UMF 5-A Tula"), unit_number("UMF TLACOLULA")
    ('5', '5-A', '')
    """
    found = _NUMBERED.search(name) or _NUMBER.search(name)
    return found[1].upper() if found else ""


def unit_label(name: str, number: str) -> str:
    """Return how a clinic is called on screen: its name, its number without zeros.

    >>> unit_label("UMF 005", "5"), unit_label("HGZ/UMF 4 Iguala", "4"), unit_label("Centro", "7")
    ('UMF 5', 'HGZ/UMF 4 Iguala', 'UMF 7 Centro')
    """
    shown = _ZEROS.sub("", name)
    if not number or re.search(rf"(?<![0-9]){re.escape(number)}(?![0-9])", shown):
        return shown
    return f"UMF {number} {shown}"
