"""Arithmetic of the key: its check digit, its date, its lists of letters."""

from datetime import date


def words(text: str) -> frozenset[str]:
    """Return the set of words of a list written as prose."""
    return frozenset(text.split())


LENGTH = 18
_ALPHABET = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
VOWELS = frozenset("AEIOU")
SEXES = frozenset("HMX")
ENTIDADES = words(
    "AS BC BS CC CL CM CS CH DF DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN"
    " ZS NE"
)
BORN_ABROAD = "NE"
# Anexo 2 of the Instructivo Normativo: the second letter of these becomes X.
INCONVENIENT = words(
    "BACA BAKA BUEI BUEY CACA CACO CAGA CAGO CAKA CAKO COGE COGI COJA COJE COJI COJO COLA CULO"
    " FALO FETO GETA GUEI GUEY JETA JOTO KACA KACO KAGA KAGO KAKA KAKO KOGE KOGI KOJA KOJE KOJI"
    " KOJO KOLA KULO LILO LOCA LOCO LOKA LOKO MAME MAMO MEAR MEAS MEON MIAR MION MOCO MOKO MULA"
    " MULO NACA NACO PEDA PEDO PENE PIPI PITO POPO PUTA PUTO QULO RATA ROBA ROBE ROBO RUIN SENO"
    " TETA VACA VAGA VAGO VAKA VUEI VUEY WUEI WUEY"
)


def curp_digit(body: str) -> str:
    """Return the eighteenth character for the first seventeen.

    Shape   `body`: 17 characters of 0-9, A-Z and Ñ (which holds its place in the alphabet).
    Raises  ValueError if it has another shape.
    Source  Instructivo Normativo para la Asignación de la CURP (DOF 18-10-2021), annex on the
            check digit: value times (18 - place), mod 10, complement.

    >>> curp_digit("BOXW310820HNERXN0")
    '9'
    """
    if len(body) != LENGTH - 1:
        raise ValueError("body must be 17 characters")
    total = sum(_ALPHABET.index(c) * (LENGTH - place) for place, c in enumerate(body))
    return str(-total % 10)


def birth_year(text: str) -> int:
    """Return the year of a well-shaped key: a digit at place 17 says 19xx, a letter 20xx."""
    return (1900 if text[16].isdigit() else 2000) + int(text[4:6])


def birth_date(text: str) -> date:
    """Return the date of birth.

    Raises
        ValueError: there is no such day.
    """
    return date(birth_year(text), int(text[6:8]), int(text[8:10]))
