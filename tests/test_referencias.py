"""docs/asvs.md and docs/amenazas.md say which code and which test answer: both must be there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAPERS = [path for path in (ROOT / "docs/asvs.md", ROOT / "docs/amenazas.md") if path.exists()]
QUOTED = re.compile(r"`([^`\s]+)`")
CELLS = 6  # of a row of asvs.md


def named(paper: str) -> Iterator[tuple[str, str]]:
    """Yield each path that a text quotes, with the test it names in it or ""."""
    for quoted in QUOTED.findall(paper):
        path, _, test = quoted.partition("::")
        of_ours = test or "/" in path.strip("/") or path.endswith((".md", ".py", "/"))
        if of_ours and not path.startswith(("/", "_")):
            yield path, test


def absent(paper: str) -> list[str]:
    return [f"{path}::{test}" for path, test in named(paper) if not _is_there(path, test)]


def _is_there(path: str, test: str) -> bool:
    at = ROOT / path
    if not test:
        return at.exists() or (ROOT / "docs" / path).exists()
    if not at.is_file():
        return False
    tree = ast.walk(ast.parse(at.read_text()))
    return test in {node.name for node in tree if isinstance(node, ast.FunctionDef)}


def rows(paper: str) -> list[list[str]]:
    lines = (line for line in paper.splitlines() if re.match(r"\| V\d", line))
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_what_is_named_is_there(path):
    assert absent(path.read_text()) == []


def test_what_is_not_there_is_told():
    paper = "| `comun/cripto.py` `comun/nada.py` | `tests/test_referencias.py::test_nothing` |"
    assert absent(paper) == ["comun/nada.py::", "tests/test_referencias.py::test_nothing"]


def test_each_requirement_is_answered_by_code_and_test_or_does_not_apply():
    found = rows((ROOT / "docs/asvs.md").read_text())
    assert len({row[0] for row in found}) == len(found) > 100
    for row in found:
        answer, code, test = (row + [""] * CELLS)[3:CELLS]
        applies = "does not apply" not in answer and "part 5" not in answer
        assert bool(code and test.strip("| ")) == applies, row
