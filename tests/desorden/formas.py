"""How a right answer comes out of the keyboard: "{:minusculas}" in a case."""

import unicodedata
from collections.abc import Callable


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


FORMAS: dict[str, Callable[[str], str]] = {
    "minusculas": str.lower,
    "mayusculas": str.upper,
    "espaciada": lambda text: " ".join(text[i : i + 4] for i in range(0, len(text), 4)),
    "guiones": lambda text: f"{text[:4]}-{text[4:10]}-{text[10:]}",
    "pares": lambda text: f"{text[:3]} {text[3:]}",
    "deletreada": " ".join,
    "ancha": full_width,
    "o_por_cero": lambda text: text.replace("0", "O", 1),
    "cero_por_o": lambda text: text.replace("O", "0", 1),
    "acentuada": lambda text: text.replace("A", "Á"),
    "sin_ultima": lambda text: text[:-1],
    "de_mas": lambda text: text + "7",
    "volteada": lambda text: text[:-2] + text[-1] + text[-2],
    "descompuesta": lambda text: unicodedata.normalize("NFD", text.replace("A", "Á")),
    "al_reves": lambda text: text[::-1],
    "otra_caja": str.swapcase,
    "guion": lambda text: f"{text[:3]}-{text[3:]}",
    "cirilica": lambda text: text.replace("A", "\u0410"),
}


class Bien(str):
    """The right answer, that knows its clumsy forms."""

    def __format__(self, forma: str) -> str:
        return FORMAS[forma](str(self)) if forma else str(self)
