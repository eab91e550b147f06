"""No text that the portal serves names the authority that was dissolved in 2025.

Pages as they are rendered are read by tests/paginas (validez.DISSOLVED); here, all that they,
the mails and the sheets are made of, and each kind of sheet laid out.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from constancias import rendering
from constancias.enums import Tipo
from tests.constancias import hojas
from tests.test_architecture import APPS, ROOT
from tramites.privacidad import EXTINTA

NAMED = re.compile(rf"\b({'|'.join(EXTINTA)})\b", re.I)
TEXTS = (".html", ".txt", ".toml", ".json", ".csv", ".js", ".css", ".svg", ".md")
CHECKER = "tramites/privacidad.py"  # lists the names in order to refuse them


def served() -> Iterator[tuple[str, str]]:
    """Yield each file that words of the portal come from, and its text (of code: its strings)."""
    for folder in ("templates", "static", *APPS):
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in TEXTS:
                yield name, path.read_text()
            elif path.suffix == ".py" and name != CHECKER:
                yield name, "\n".join(strings(path))


def strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_no_text_that_is_served_names_the_dissolved_authority():
    files = dict(served())
    assert len(files) > 300
    for kind in ("templates/correos/", "templates/documentos/", "constancias/textos/"):
        assert any(name.startswith(kind) for name in files)
    assert [name for name, text in files.items() if NAMED.search(text)] == []


@pytest.mark.parametrize("tipo", Tipo)
def test_no_sheet_names_it(tipo):
    assert not NAMED.search(rendering.to_html(hojas.hoja(tipo), "sello"))


@pytest.mark.parametrize("name", ["el INAI", "(Inai)", "al IFAI.", f"{EXTINTA[2]} y demás"])
def test_the_name_is_found_however_it_is_written(name):
    assert NAMED.search(f"Acude ante {name}")


@pytest.mark.parametrize("word", ["sinaí", "Sinaloa", "inaimantable"])
def test_words_that_only_look_like_it_pass(word):
    assert not NAMED.search(word)
