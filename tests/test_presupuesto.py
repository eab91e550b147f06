"""The size budget bites: it names the file, the function and the view that outgrew it."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / ".ci" / "style_budget.py"


def function(name: str, argument: str, lines: int) -> str:
    return f'def {name}({argument}):\n    """Say."""\n' + "    x = 1\n" * lines


def judge(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("place", "source", "said"),
    [
        ("a.py", function("f", "x", 51), "f: 51 lines, budget 50"),
        ("views.py", function("page", "request", 21), "page: 21 lines, budget 20"),
        ("pasos/uno.py", function("page", "request", 21), "page: 21 lines, budget 20"),
        ("b.py", "x = 1\n" * 301, "301 lines, budget 300"),
    ],
)
def test_overrun_is_named(tmp_path, place, source, said):
    path = tmp_path / place
    path.parent.mkdir(exist_ok=True)
    path.write_text(source)
    done = judge(tmp_path)
    assert done.returncode == 1
    assert said in done.stdout


def test_what_fits_passes(tmp_path):
    (tmp_path / "pasos").mkdir()
    (tmp_path / "pasos" / "uno.py").write_text(
        function("page", "request", 20) + function("helper", "x", 50)
    )
    done = judge(tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
