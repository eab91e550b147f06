"""Arithmetic of the number: its check digit and the room of a series."""

LAST_CONSECUTIVO = 9_999
SERIES_SIZE = 10_000


def nss_digit(body: str) -> str:
    """Return the digit that makes `body` plus itself pass Luhn's sum.

    Shape   `body`: exactly 10 ASCII digits, most significant first.
    Returns one ASCII digit, "0" to "9".
    Raises  ValueError if `body` has another shape (a programming error: text
            from people goes through `Nss`, which answers with MalformedNss).
    Source  Luhn's mod-10 sum, ISO/IEC 7812-1 annex B, weights 1 2 1 2 ... from
            the left because the eleventh place carries weight 1.

    >>> nss_digit("9291908443")
    '1'
    """
    if len(body) != 10 or not body.isascii() or not body.isdigit():
        raise ValueError("body must be 10 ASCII digits")
    total = sum(sum(divmod(int(d) * (1 + i % 2), 10)) for i, d in enumerate(body))
    return str(-total % 10)
