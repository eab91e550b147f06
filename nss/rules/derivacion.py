"""The first sixteen characters of a CURP, from the name: for synthetic people, and as a warning.

Real keys may differ (old records, naturalised people, homonyms): never a reason to refuse.
Source: Instructivo Normativo para la Asignación de la CURP (DOF 18-10-2021).
"""

import unicodedata
from datetime import date

from nss.rules.curp import INCONVENIENT, VOWELS, curp_digit, words

_PARTICLES = words("DA DAS DE DEL DER DI DIE DD EL LA LOS LAS LE LES MAC MC VAN VON Y")
_SKIPPED_FIRST = frozenset(("MARIA", "MA", "MA.", "M", "M.", "JOSE", "J", "J."))
_BLANK = "X"
_ACCENTS = frozenset("\u0300\u0301\u0302\u0303\u0308")


def curp_root(
    *,
    nombres: str,
    primer_apellido: str,
    segundo_apellido: str,
    nacimiento: date,
    sexo: str,
    entidad: str,
) -> str:
    """Return the 16 characters that follow from the person's data.

    >>> curp_root(nombres="Ana Sofía", primer_apellido="López", segundo_apellido="Rivera",
    ...           nacimiento=date(2007, 5, 14), sexo="M", entidad="GR")
    'LORA070514MGRPVN'
    """
    first, second = _surname(primer_apellido), _surname(segundo_apellido)
    given = _given(nombres)
    word = _letter(first[:1]) + _vowel(first) + _letter(second[:1]) + _letter(given[:1])
    if word in INCONVENIENT:
        word = word[0] + _BLANK + word[2:]
    consonants = _consonant(first) + _consonant(second) + _consonant(given)
    return f"{word}{nacimiento:%y%m%d}{sexo}{entidad}{consonants}"


def complete_curp(root: str, differentiator: str) -> str:
    """Return the 18 characters: `root`, place 17 (digit before 2000, letter after), check digit."""
    return root + differentiator + curp_digit(root + differentiator)


def _plain(name: str) -> str:
    """Capitals without accents; Ñ becomes X, as in every place of the key."""
    decomposed = unicodedata.normalize("NFD", name.upper().replace("Ñ", _BLANK))
    return "".join(letter for letter in decomposed if letter not in _ACCENTS)


def _without_particles(words: list[str]) -> str:
    while len(words) > 1 and words[0] in _PARTICLES:
        words = words[1:]
    return words[0] if words else ""


def _surname(name: str) -> str:
    return _without_particles(_plain(name).split())


def _given(name: str) -> str:
    words = _plain(name).split()
    if len(words) > 1 and words[0] in _SKIPPED_FIRST:
        words = words[1:]
    return _without_particles(words)


def _is_capital(letter: str) -> bool:
    return "A" <= letter <= "Z"


def _letter(letter: str) -> str:
    return letter if _is_capital(letter) and letter else _BLANK


def _vowel(word: str) -> str:
    """The first inner vowel; a mark such as / or ' before it counts as the place and gives X."""
    for letter in word[1:]:
        if letter in VOWELS:
            return letter
        if not _is_capital(letter):
            return _BLANK
    return _BLANK


def _consonant(word: str) -> str:
    for letter in word[1:]:
        if letter not in VOWELS:
            return _letter(letter)
    return _BLANK
