"""Draws a text as a QR: one path of horizontal runs, in modules, crisp at any size."""

from dataclasses import dataclass

import segno

QUIET = 4  # modules of white around it that ISO/IEC 18004 asks for


@dataclass(frozen=True, slots=True, kw_only=True)
class Qr:
    """`path` for an SVG whose viewBox is `lado` × `lado` modules, quiet zone included."""

    path: str
    lado: int

    @property
    def blanco(self) -> int:
        """Return the side of the white square under it: the dark modules and one more around."""
        return self.lado - 2 * (QUIET - 1)


def draw(text: str) -> Qr:
    """Draw `text` with correction M, or better when it costs no larger symbol."""
    symbol = segno.make_qr(text, error="m", boost_error=True)
    runs = []
    for y, row in enumerate(symbol.matrix, QUIET):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                runs.append(f"M{start + QUIET} {y}h{x - start}v1h-{x - start}z")
            x += 1
    return Qr(path="".join(runs), lado=len(symbol.matrix) + 2 * QUIET)
