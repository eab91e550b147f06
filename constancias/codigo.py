"""The code a person types or dictates instead of the QR: eleven random characters and a check.

Crockford's 32 characters, without I, L, O and U. The check symbol closes a
weighted sum in GF(32) with a weight of its own for each place, so one wrong
character, or any two exchanged, never pass.
"""

import re
import secrets

from constancias.errors import CodigoMalformado

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
LOOK_ALIKE = str.maketrans("OIL", "011")
_VALUES = {char: value for value, char in enumerate(ALPHABET)}
_SEPARATORS = re.compile(r"[\s\-‐‑–—.]+")
_POLYNOMIAL = 0b100101  # x⁵ + x² + 1, primitive: 31 different weights


def mint() -> str:
    """Return a new code, 12 characters without hyphens: 55 random bits."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_symbol(body)


def group(codigo: str) -> str:
    """Return the code as printed.

    >>> group("0123456789AB")
    '0123-4567-89AB'
    """
    return "-".join(codigo[start : start + 4] for start in range(0, len(codigo), 4))


def normalise(text: str) -> str:
    """Return the 12 characters of a code as somebody typed it, in any case and with any hyphens.

    O is read as 0; I and L as 1.

    Raises
        CodigoMalformado: `reason` is "vacio", "caracter" (and its position from
            1), "longitud" or "verificador"; the message says it in Spanish.
    """
    typed = _SEPARATORS.sub("", text).upper()
    codigo = typed.translate(LOOK_ALIKE)
    if not codigo:
        raise CodigoMalformado(reason="vacio", message="Escribe el código de verificación.")
    for position, char in enumerate(codigo, 1):
        if char not in _VALUES:
            message = f"El carácter {position}, «{typed[position - 1]}», no se usa en los códigos."
            raise CodigoMalformado(reason="caracter", message=message, position=position)
    if len(codigo) != LENGTH:
        amount = "Falta" if len(codigo) < LENGTH else "Sobra"
        message = f"{amount} algún carácter: son {LENGTH} y escribiste {len(codigo)}."
        raise CodigoMalformado(reason="longitud", message=message)
    if check_symbol(codigo[:-1]) != codigo[-1]:
        message = "El código no coincide: hay un carácter cambiado o dos invertidos."
        raise CodigoMalformado(reason="verificador", message=message)
    return codigo


def check_symbol(body: str) -> str:
    """Return the symbol that makes the weighted sum of `body` and itself zero."""
    total = 0
    for char in body:  # Horner: each step multiplies by x, so the last symbol weighs 1
        total = _times_x(total ^ _VALUES[char])
    return ALPHABET[total]


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _POLYNOMIAL if doubled & 0b100000 else doubled
