"""What is wrong with a mistyped CURP: the first fault, by position, in words for its owner."""

import unicodedata
from collections.abc import Callable
from datetime import date

from nss.errors import MalformedCurp
from nss.rules.curp import (
    ENTIDADES,
    INCONVENIENT,
    LENGTH,
    SEXES,
    VOWELS,
    birth_date,
    birth_year,
    curp_digit,
)
from nss.rules.texto import is_hidden

_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DIGITS = frozenset("0123456789")
_LIKE_DIGIT = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}
_LIKE_LETTER = {"0": "O", "1": "I", "2": "Z", "5": "S", "8": "B"}
_SPOKEN = {"0": "el número cero (0)", "O": "la letra O"}
_MONTHS_PLACE, _DAYS_PLACE = 7, 9


def first_fault(text: str, *, today: date | None) -> MalformedCurp | None:
    """Return the first fault of a compacted text, or None if it is a CURP.

    `today` is the reference for births to come; without it they are not looked at.
    """
    for check in _CHECKS:
        if fault := check(text):
            return fault
    if today is not None and birth_date(text) > today:
        return _future(text)
    return _digit(text)


def _fault(reason: str, position: int, message: str) -> MalformedCurp:
    return MalformedCurp(reason=reason, position=position, message=message)


def _spoken(letter: str) -> str:
    return _SPOKEN.get(letter, f"«{letter}»")


def _suggestion(letter: str, alike: dict[str, str]) -> str:
    other = alike.get(letter)
    return f" ¿Querías escribir {_spoken(other)}?" if other else ""


def _characters(text: str) -> MalformedCurp | None:
    if not text:
        return _fault("empty", 0, "Escribe tu CURP: son 18 letras y números.")
    for place, letter in enumerate(text, 1):
        if letter in _CAPITALS or letter in _DIGITS:
            continue
        if letter == "Ñ":
            why = f"La posición {place} tiene «Ñ». La CURP no lleva Ñ: en su lugar va una X."
        elif is_hidden(letter) or unicodedata.category(letter)[0] == "Z":
            why = (
                f"La posición {place} tiene un carácter invisible (U+{ord(letter):04X})."
                " Bórrala y escríbela a mano."
            )
        else:
            why = f"La posición {place} tiene «{letter}». Solo van letras de la A a la Z y números."
        return _fault("character", place, why)
    return None


def _length(text: str) -> MalformedCurp | None:
    if len(text) == LENGTH:
        return None
    gap = abs(LENGTH - len(text))
    verb = ("falta" if len(text) < LENGTH else "sobra") + "n" * (gap > 1)
    why = f"La CURP lleva 18 caracteres y escribiste {len(text)}: {verb} {gap}."
    return _fault("length", 0, why)


def _letters(text: str) -> MalformedCurp | None:
    for place, letter in enumerate(text[:4], 1):
        if letter not in _CAPITALS:
            why = (
                f"La posición {place} tiene «{letter}»."
                " Las primeras cuatro son letras de tus apellidos y tu nombre."
            )
            return _fault("letters", place, why + _suggestion(letter, _LIKE_LETTER))
    return None


def _word(text: str) -> MalformedCurp | None:
    if text[:4] not in INCONVENIENT:
        return None
    why = (
        f"La posición 2 tiene «{text[1]}». Con esas cuatro letras se forma una palabra que la CURP"
        " evita: en la posición 2 va una X."
    )
    return _fault("word", 2, why)


def _date_digits(text: str) -> MalformedCurp | None:
    for place, letter in enumerate(text[4:10], 5):
        if letter not in _DIGITS:
            why = (
                f"La posición {place} tiene «{letter}»."
                " De la 5 a la 10 va tu fecha de nacimiento en números: año, mes y día."
            )
            return _fault("date", place, why + _suggestion(letter, _LIKE_DIGIT))
    return None


def _date(text: str) -> MalformedCurp | None:
    try:
        birth_date(text)
    except ValueError:
        pass
    else:
        return None
    month, day = text[6:8], text[8:10]
    if not 1 <= int(month) <= 12:
        why = f"Las posiciones 7 y 8 dicen mes «{month}». El mes va del 01 al 12."
        return _fault("date", _MONTHS_PLACE, why)
    why = f"Las posiciones 9 y 10 dicen día «{day}», y ese día no existe en el mes {month}"
    if (month, day) == ("02", "29"):
        why += (
            f" de {birth_year(text)}. La posición 17 da el siglo: número si naciste antes de 2000,"
            " letra si naciste después"
        )
    return _fault("date", _DAYS_PLACE, f"{why}.")


def _sex(text: str) -> MalformedCurp | None:
    if text[10] in SEXES:
        return None
    why = f"La posición 11 tiene «{text[10]}». Ahí va el sexo: H, M o X."
    return _fault("sex", 11, why)


def _entidad(text: str) -> MalformedCurp | None:
    if text[11:13] in ENTIDADES:
        return None
    starts = {clave[0] for clave in ENTIDADES}
    place = 13 if text[11] in starts else 12
    wrong = text[place - 1]
    why = (
        f"La posición {place} tiene «{wrong}», y «{text[11:13]}» no es clave de ningún estado."
        " En la 12 y la 13 va donde naciste; fuera de México es NE."
    )
    return _fault("entidad", place, why + _suggestion(wrong, _LIKE_LETTER))


def _consonants(text: str) -> MalformedCurp | None:
    for place, letter in enumerate(text[13:16], 14):
        if letter in _CAPITALS and letter not in VOWELS:
            continue
        why = (
            f"La posición {place} tiene «{letter}»."
            " De la 14 a la 16 van consonantes de tus apellidos y tu nombre."
        )
        return _fault("consonants", place, why + _suggestion(letter, _LIKE_LETTER))
    return None


def _last_is_digit(text: str) -> MalformedCurp | None:
    last = text[17]
    if last in _DIGITS:
        return None
    why = f"La posición 18 tiene «{last}». La última es siempre un número."
    return _fault("digit", 18, why + _suggestion(last, _LIKE_DIGIT))


def _future(text: str) -> MalformedCurp:
    letter = text[16]
    why = (
        f"La posición 17 tiene «{letter}». Con una letra ahí habrías nacido en {birth_year(text)},"
        " que todavía no llega; quien nació antes de 2000 lleva un número."
    )
    return _fault("future", 17, why + _suggestion(letter, _LIKE_DIGIT))


def _digit(text: str) -> MalformedCurp | None:
    expected = curp_digit(text[:17])
    if text[17] == expected:
        return None
    why = (
        f"La posición 18 tiene «{text[17]}» y le toca «{expected}»."
        " Alguno de los 18 caracteres está mal; revísalos uno por uno."
    )
    return _fault("digit", 18, why)


_CHECKS: tuple[Callable[[str], MalformedCurp | None], ...] = (
    _characters,
    _length,
    _letters,
    _word,
    _date_digits,
    _date,
    _sex,
    _entidad,
    _consonants,
    _last_is_digit,
)
