"""The lists of dependencies have a day, and a time after which they are told to be old."""

import importlib.util
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def componentes():
    spec = importlib.util.spec_from_file_location("componentes", ROOT / ".ci" / "componentes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path, componentes):
    """A copy of the lists, renewed on TODAY."""
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    componentes.note(tmp_path / "requirements", TODAY)
    return tmp_path / "requirements"


def test_the_lists_of_the_project_are_those_that_were_noted(componentes):
    assert list(componentes.faults(ROOT / "requirements", datetime.now(UTC).date())) == []
    compiled = {path.stem for path in (ROOT / "requirements").glob("*.in")}
    assert set(componentes.noted(ROOT / "requirements")) == compiled


@pytest.mark.parametrize(("days", "told", "strict"), [(90, 0, 0), (91, 0, 1)])
def test_a_list_past_its_time_is_told_and_refused_when_strict(
    componentes, folder, capsys, days, told, strict
):
    day = TODAY + timedelta(days=days)
    assert componentes.main(folder, day, "") == told
    assert componentes.main(folder, day, "--estricto") == strict
    assert ("base: 91 días sin renovar" in capsys.readouterr().out) == bool(strict)


def test_a_list_that_is_not_the_one_renewed_is_a_fault(componentes, folder):
    with (folder / "base.txt").open("a") as out:
        out.write("otra==1.0\n")
    (folder / "nueva.txt").write_text("")
    assert componentes.main(folder, TODAY, "") == 1
    assert [line.partition(":")[0] for line in componentes.faults(folder, TODAY)] == [
        "base",
        "nueva",
    ]


def test_a_day_to_come_is_a_fault(componentes, folder):
    assert len(list(componentes.faults(folder, TODAY - timedelta(days=1)))) == 6


def test_renewing_starts_the_time_anew(componentes, folder):
    later = TODAY + timedelta(days=200)
    assert componentes.main(folder, later, "--anota") == 0
    assert componentes.main(folder, later, "--estricto") == 0
