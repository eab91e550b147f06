"""Each tool that reads the code finds a flaw that is planted, and says nothing of the same done well."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAD = "import datetime, logging, pickle, ssl, subprocess\nlog = logging.getLogger(__name__)\n\n\n"
# What each rule must find; %s-free, one flaw each. Words are cut so that this file has none.
FLAWS = {
    "semgrep texto-marcado-como-seguro": "def f(x):\n    return mark_safe(x)\n",
    "semgrep formato-con-texto-de-la-persona": (
        "def f(request):\n    text = request.POST['nombre']\n    return text.format(1)\n"
    ),
    "semgrep sql-hecho-con-texto": (
        "def f(cursor, curp):\n    cursor.execute(f\"SELECT 1 FROM x WHERE y = '{curp}'\")\n"
    ),
    "semgrep dato-personal-en-la-bitacora-del-sistema": (
        "def f(persona):\n    log.info('alta de %s', persona.primer_apellido)\n"
    ),
    "semgrep reloj-de-esta-maquina": "def f():\n    return datetime.now()\n",
    "semgrep sin-prueba-de-origen": "@csrf_exempt\ndef f(request):\n    return None\n",
    "semgrep ejecuta-lo-que-lee": "def f(message):\n    return pickle.loads(message)\n",
    "semgrep pdf-que-busca-fuera": "def f(html):\n    return weasyprint.HTML(string=html)\n",
    "semgrep galleta-que-leen-los-guiones": "def f(answer):\n    answer.set_cookie('a', 'b')\n",
    "semgrep certificado-sin-mirar": "def f(context):\n    context.check_hostname = False\n",
    "bandit B602": "def f(name):\n    subprocess.run('ls ' + name, shell=True)\n",
    "bandit B324": "import hashlib\n\n\ndef f(x):\n    return hashlib.md5(x).hexdigest()\n",
    "secretos Private Key": 'KEY = """-----BEGIN ' + 'RSA PRIVATE KEY-----"""\n',
    "secretos Secret Keyword": "PASS" + "WORD = 'Tr0ub4dor-y-3-mas'\n",
}
TEMPLATE = "<p>{{ nombre|" + "safe }}</p>\n"
CLEAN = """
def f(request, cursor, answer, persona):
    text = "{} solicitudes".format(3)
    cursor.execute("SELECT 1 FROM x WHERE y = %s", [request.POST["curp"]])
    log.info("alta de %s", persona.pk)
    answer.set_cookie("a", "b", httponly=True, samesite="Lax")
    return weasyprint.HTML(string=text, url_fetcher=nothing)
"""


def review(*where: str) -> tuple[int, str]:
    command = [sys.executable, str(ROOT / ".ci" / "revision.py"), *where]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return run.returncode, run.stdout + run.stderr


@pytest.fixture(scope="module")
def planted(tmp_path_factory) -> tuple[int, str]:
    """All flaws in one folder, each in a file of its own; what the tools print of them."""
    folder = tmp_path_factory.mktemp("plantado")
    (folder / "templates").mkdir()
    (folder / "templates" / "mala.html").write_text(TEMPLATE)
    for n, source in enumerate(FLAWS.values()):
        (folder / f"mala_{n}.py").write_text(HEAD + source)
    (folder / "buena.py").write_text(HEAD + CLEAN)
    (folder / "templates" / "buena.html").write_text("<p>{{ nombre }}</p>\n")
    return review(str(folder))


@pytest.mark.parametrize("rule", FLAWS)
def test_planted_flaw_is_found_in_its_file(planted, rule):
    code, told = planted
    assert code == 1
    name = f"mala_{list(FLAWS).index(rule)}.py"
    assert any(line.startswith(f"{name}:") and f" {rule}:" in line for line in told.splitlines())


def test_template_that_does_not_escape_is_found(planted):
    assert "templates/mala.html:1: semgrep plantilla-sin-escapar" in planted[1]


def test_the_same_done_well_is_not_named(planted):
    assert "buena" not in planted[1]


def test_every_rule_of_ours_has_its_plant():
    text = (ROOT / ".ci" / "semgrep" / "portal.yaml").read_text()
    rules = {line.split(": ")[1] for line in text.splitlines() if line.startswith("  - id: ")}
    assert {f"semgrep {rule}" for rule in rules} == {
        *(rule for rule in FLAWS if rule.startswith("semgrep")),
        "semgrep plantilla-sin-escapar",
    }


def test_what_is_explained_is_there_and_has_a_reason():
    for one in tomllib.loads((ROOT / ".ci" / "revision.toml").read_text())["explicado"]:
        assert (ROOT / one["archivo"]).is_file()
        assert len(one["porque"]) > 20
