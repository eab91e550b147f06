"""docs/asvs.md and docs/amenazas.md say which code and which test answer: both must be there."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAPERS = [path for path in (ROOT / "docs/asvs.md", ROOT / "docs/amenazas.md") if path.exists()]
QUOTED = re.compile(r"`([^`\s]+)`")
CELLS = 6  # of a row of asvs.md
# How many requirements of level 1 the standard (5.0.0) has in each chapter.
LEVEL_1 = {
    "V1": 8,
    "V2": 4,
    "V3": 8,
    "V4": 2,
    "V5": 4,
    "V6": 13,
    "V7": 6,
    "V8": 4,
    "V9": 4,
    "V10": 5,
    "V11": 3,
    "V12": 3,
    "V13": 1,
    "V14": 2,
    "V15": 3,
}


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
        applies = not any(word in answer for word in ("does not apply", "part 5"))
        assert bool(code and test.strip("| ")) == applies, row


def test_every_requirement_of_level_1_has_its_row():
    found = rows((ROOT / "docs/asvs.md").read_text())
    counted = Counter(row[0].partition(".")[0] for row in found if row[1] == "1")
    assert counted == LEVEL_1
    assert counted.total() == 70


def test_every_threat_has_its_row():
    told = re.findall(r"^\| (T\d\d) \|", (ROOT / "docs/amenazas.md").read_text(), re.MULTILINE)
    assert told == [f"T{n:02}" for n in range(1, 41)]
