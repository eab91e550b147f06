"""The portal's letter: a Latin subset of the system's Noto Sans, made where it is served from.

`python -m imss_portal.fuentes FOLDER` makes it; FOLDER is then FUENTES_DIR. Nothing binary is
kept in the project. Without the system's font nothing is made and pages use `system-ui`.
"""

import sys
from pathlib import Path

SOURCES = Path("/usr/share/fonts/truetype/noto")
NAMES = {"regular": "NotoSans-Regular.ttf", "negrita": "NotoSans-Bold.ttf"}
PLACE = "fuentes"  # the folder of these files among the static ones
# Latin with accents, the signs of our texts, and nothing a Spanish page does not write.
LETTERS = "U+0020-007E,U+00A0-017F,U+2010-2015,U+2018-201E,U+2022,U+2026,U+203A,U+20AC"
FEATURES = ("kern", "mark", "tnum", "ccmp", "locl")


def is_made(folder: Path) -> bool:
    return all((folder / PLACE / f"{name}.woff2").exists() for name in NAMES)


def make(folder: Path) -> bool:
    """Leave one WOFF2 per weight in `folder`/fuentes; return False if the system lacks the font."""
    if is_made(folder):
        return True
    if not all((SOURCES / source).exists() for source in NAMES.values()):
        return False
    (folder / PLACE).mkdir(parents=True, exist_ok=True)
    for name, source in NAMES.items():
        _subset(SOURCES / source, folder / PLACE / f"{name}.woff2")
    (folder / PLACE / "fuentes.css").write_text(_faces())
    return True


def _subset(source: Path, target: Path) -> None:
    from fontTools import subset  # noqa: PLC0415 - heavy, and only the build step needs it

    partial = target.with_suffix(".nuevo")
    arguments = [str(source), f"--unicodes={LETTERS}", "--flavor=woff2", "--no-hinting"]
    arguments += [f"--output-file={partial}", f"--layout-features={','.join(FEATURES)}"]
    subset.main([*arguments, "--desubroutinize", "--name-IDs=1,2"])
    partial.rename(target)


def _faces() -> str:
    """Optional: a slow first visit keeps the system's letter and nothing jumps; the next has ours."""
    face = (
        '@font-face{{font-family:"Portal Sans";font-weight:{};font-display:optional;'
        'src:url("{}.woff2") format("woff2")}}\n'
    )
    return face.format(400, "regular") + face.format(700, "negrita")


if __name__ == "__main__":
    if not make(Path(sys.argv[1])):
        print("Falta Noto Sans (fonts-noto-core): se usará la letra del sistema.", file=sys.stderr)  # noqa: T201
