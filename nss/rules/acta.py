"""Year and number of a birth certificate: what either may be."""

OLDEST_ACTA, LONGEST_ACTA = 1860, 20  # year of the first civil registers; characters


def is_acta_anio(year: int, *, latest: int) -> bool:
    return OLDEST_ACTA <= year <= latest


def is_acta_numero(text: str) -> bool:
    """Letters, digits and dashes.

    >>> is_acta_numero("00017"), is_acta_numero("17 bis"), is_acta_numero("")
    (True, False, False)
    """
    plain = text.replace("-", "")
    return len(text) <= LONGEST_ACTA and text.isascii() and plain.isalnum()
