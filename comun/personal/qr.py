"""A QR as the path of an SVG, for a template to draw: no style, no markup of ours to trust."""

import segno

QUIET = 4  # modules of white around it, as its standard asks


def path_of(text: str) -> tuple[str, int]:
    """Return the path of the dark modules, and the side of the whole square, in modules."""
    matrix = segno.make(text, error="m", micro=False).matrix
    squares = [
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, dark in enumerate(row)
        if dark
    ]
    return "".join(squares), len(matrix) + 2 * QUIET
