"""Plain language: no page, mail or explanation has a sentence too long or a word of officialese."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / ".ci" / "lenguaje.py"


def run(*files: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def test_the_portal_speaks_plainly():
    said = run()
    assert said.stdout.strip() == ""
    assert said.returncode == 0


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.html", f"<p>{'palabra ' * 26}.</p>", "26 palabras"),
        ("a.html", f"<p>{'<b>muy</b> ' * 13}{'{{ dato }} ' * 13}.</p>", "26 palabras"),
        ("a.html", f'<img alt="{"palabra " * 26}">', "26 palabras"),
        ("a.html", "<p>Favor de llenar el formulario.</p>", "«favor de»"),
        ("a.html", "<p>Revise usted sus datos.</p>", "«usted»"),
        ("a.txt", "A efecto de continuar, abre la liga.", "«a efecto de»"),
        ("a.py", f'MESSAGE = f"{{name}} {"palabra " * 26}."', "27 palabras"),
    ],
)
def test_long_sentences_and_officialese_are_told(tmp_path, name, text, told):
    path = tmp_path / name
    path.write_text(text)
    said = run(path)
    assert told in said.stdout
    assert said.returncode == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", f"<p>{'palabra ' * 25}.</p>"),
        ("a.html", f"<ul>{'<li>Tres palabras cortas</li>' * 20}</ul>"),
        ("a.html", f"<p>{'Una frase corta. ' * 20}</p>"),
        ("a.html", f"{{# {'palabra ' * 40} #}}<script>{'palabra ' * 40}</script>"),
        ("a.py", f'"""{"palabra " * 40}"""'),
    ],
)
def test_short_sentences_lists_and_code_are_not(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    assert run(path).stdout.strip() == ""
