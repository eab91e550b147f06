"""Does a proof of work as a browser would."""

from itertools import count

from comun.trabajo import PARTS, has_zeros


def solve(reto: str, bits: int) -> str:
    """Return the numbers that solve `reto`, in the form the page sends them."""
    return ",".join(
        str(next(n for n in count() if has_zeros(reto, part, n, bits))) for part in range(PARTS)
    )
