"""Text as people type it: what is dropped, what is refused, what a name may hold."""

import re
import unicodedata

from nss.errors import MalformedNombre

LONGEST_NAME = 60
SEPARATORS = re.compile(r"[ \t\r\n\u00a0\u2007\u2009\u202f\-\u2010-\u2015\u2212]+")
# Grave, acute, circumflex, diaeresis: typed by mistake over a vowel. The tilde of Ñ is no accent.
_ACCENTS = re.compile("[\u0300\u0301\u0302\u0308]")
_NAME_MARKS = frozenset(" '’-./")


def compact(text: str) -> str:
    """Return `text` without spaces and dashes, in capitals, its vowels without accents.

    Only ASCII letters and ñ are raised: other scripts have capitals that look like ours.

    >>> compact("lora 070514-mgrpvná4")
    'LORA070514MGRPVNA4'
    """
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", SEPARATORS.sub("", text)))
    return "".join(
        letter.upper() if letter.isascii() or letter == "ñ" else letter
        for letter in unicodedata.normalize("NFC", bare)
    )


def is_hidden(letter: str) -> bool:
    """Controls, format marks (bidi among them), surrogates, private and unassigned codes."""
    return unicodedata.category(letter)[0] == "C"


def clean_name(text: str) -> str:
    """Return a name in capitals, NFC, single spaces; it keeps Ñ, accents and ' - . /.

    Raises
        MalformedNombre: empty, over 60 characters, not starting with a letter, or with a
        character that no name has: digits, symbols, other scripts, invisible ones.
    """
    if hidden := next(filter(is_hidden, text), ""):
        raise MalformedNombre(
            reason="hidden", message=f"tiene un carácter invisible (U+{ord(hidden):04X})"
        )
    name = " ".join(unicodedata.normalize("NFC", text).upper().split())
    if not name:
        raise MalformedNombre(reason="empty", message="está vacío")
    if len(name) > LONGEST_NAME:
        why = f"tiene {len(name)} caracteres; caben {LONGEST_NAME}"
        raise MalformedNombre(reason="length", message=why)
    if foreign := next((letter for letter in name if not _belongs_to_a_name(letter)), ""):
        raise MalformedNombre(reason="character", message=f"tiene «{foreign}»")
    if not name[0].isalpha():
        raise MalformedNombre(reason="start", message="debe empezar con una letra")
    return name


def _belongs_to_a_name(letter: str) -> bool:
    if letter in _NAME_MARKS:
        return True
    kind = unicodedata.category(letter)[0]
    return kind == "M" or (kind == "L" and unicodedata.name(letter, "").startswith("LATIN "))


def fold_name(text: str) -> str:
    """Return what two spellings of one name share: A-Z and Ñ, single spaces.

    >>> fold_name("  Núñez-D'Ávila ")
    'NUÑEZ D AVILA'
    """
    plain = "".join(
        letter if letter in "ÑÇ" else unicodedata.normalize("NFD", letter)[0]
        for letter in unicodedata.normalize("NFC", text).upper()
        if unicodedata.category(letter)[0] != "M"
    )
    return " ".join("".join(c if c.isalpha() else " " for c in plain).split())
