"""Writes docs/desorden.md from the corpus: `python -m tests.desorden.tabla`."""

import json
from itertools import groupby
from pathlib import Path

DOCUMENTO = Path(__file__).resolve().parents[2] / "docs" / "desorden.md"
CASOS = json.loads(Path(__file__).with_name("casos.json").read_text())
# Cases that do not end well yet, and why. None.
PENDIENTES: dict[str, str] = {}
FINES = {
    "numero": "su número",
    "curp_no_encontrada": "inconcluso: CURP no encontrada",
    "curp_baja": "inconcluso: CURP no vigente",
    "curp_sustituida": "inconcluso: hay una CURP más reciente",
    "homonimia": "inconcluso: homonimia",
    "datos_no_coinciden": "inconcluso: los datos no coinciden",
}
HEAD = """# Journeys gone wrong

{total} ways to use the portal badly, kept in `tests/desorden/casos.json`: each is a person, and what goes wrong at which
screen. A sensible walker (`alumna.py`) then does only what the page in front of her says, with the real database, the
real steps of the worker and no JavaScript. A case passes if she ends with the one number that is hers, or with a refusal
that has a coded reason, says what to do and gives a slip to print; and if no page was a 500 or bad HTML on the way.

`make test` walks every third case; `make prueba-larga` walks all and writes `docs/medidas/desorden.json`. This list is
made by `python -m tests.desorden.tabla`.

"""


def written() -> str:
    """Return the whole document."""
    parts = [HEAD.format(total=len(CASOS)), "## Those that do not end well\n\n"]
    rest = [f"- `{name}`: {why}\n" for name, why in PENDIENTES.items()]
    parts += rest or ["None.\n"]
    for familia, casos in groupby(CASOS, lambda caso: caso["familia"]):
        parts.append(f"\n## {familia}\n\n| case | what happens | end |\n|---|---|---|\n")
        for caso in casos:
            parts.append(f"| `{caso['id']}` | {caso['que']} | {FINES[caso['fin']]} |\n")
    return "".join(parts)


if __name__ == "__main__":
    DOCUMENTO.write_text(written())
