"""Lighthouse 12 on a simulated phone, ten pages three times each; and the HTML by the W3C's checker.

Both come from npm, by the lock file in tests/larga/lighthouse/, and need Node and Java here.
"""

import json
import os
import shutil
import statistics
import subprocess
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import CHROMIUM

pytestmark = [pytest.mark.larga, pytest.mark.pila, pytest.mark.timeout(1800)]
LOCK = Path(__file__).with_name("lighthouse")
RUNS, TRIES = 3, 2
HTMX = ".*Attribute .hx-.* not allowed.*"  # its own attributes: browsers pass over them
LEAST = {"accessibility": 100, "best-practices": 95, "performance": 90}
PAGES = (
    "/",
    "/para/derechohabientes/empleo/",
    "/tramites/imss-02-008/",
    "/tramites/imss-02-008/iniciar/",
    "/afiliatealimss/",
    "/asignacion-nss/",
    "/ayuda/curp/",
    "/verificar/",
    "/directorio/",
    "/buscar/?q=seguro",
)


def needed(program: str, package: str) -> str:
    found = shutil.which(program)
    assert found, f"Falta {program} para esta medida. En Debian: apt-get install {package}"
    return found


@pytest.fixture(scope="session")
def herramientas(request) -> Path:
    """Install what the lock file names, each by its digest, once; return where the programs are."""
    needed("node", "nodejs")
    npm, folder = needed("npm", "npm"), Path(request.config.cache.mkdir("lighthouse"))
    lock = LOCK / "package-lock.json"
    if not (folder / "listo").exists() or (folder / lock.name).read_text() != lock.read_text():
        for path in LOCK.iterdir():
            shutil.copy(path, folder)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=folder, check=True)
        (folder / "listo").touch()
    return folder / "node_modules"


@pytest.fixture(scope="session")
def chromium() -> str:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), "")
    assert program, "Falta Chromium: .ci/preparar.sh test lo instala"
    return program


def scores(tools: Path, chromium: str, url: str) -> dict[str, float]:
    """Return the scores of one visit, 0 to 100, and its largest paint in ms."""
    flags = "--headless=new --disable-dev-shm-usage" + ("" if os.geteuid() else " --no-sandbox")
    command = [str(tools / ".bin" / "lighthouse"), url, "--quiet", "--output=json"]
    command += [f"--only-categories={','.join(LEAST)}", f"--chrome-flags={flags}"]
    env = {**os.environ, "CHROME_PATH": chromium}
    for _ in range(TRIES):  # Chromium does not always answer it in time
        run = subprocess.run(
            command, env=env, capture_output=True, text=True, check=False, timeout=180
        )
        if run.returncode == 0:
            break
    assert run.returncode == 0, run.stderr[-2000:]
    told = json.loads(run.stdout)
    found = {name: 100 * told["categories"][name]["score"] for name in LEAST}
    return {**found, "lcp_ms": told["audits"]["largest-contentful-paint"]["numericValue"]}


def test_pages_score_on_a_phone(pila, herramientas, chromium, medida):
    figures: dict[str, dict[str, float]] = {}
    for path in PAGES:
        runs = [scores(herramientas, chromium, pila.env["URL_PORTAL"] + path) for _ in range(RUNS)]
        figures[path] = {name: round(statistics.median(r[name] for r in runs)) for name in runs[0]}
    load = round(os.getloadavg()[0], 1)
    medida("lighthouse", {"paginas": figures, "veces": RUNS, "limites": LEAST, "carga": load})
    low = {
        f"{path} {name}": figures[path][name]
        for path in PAGES
        for name, least in LEAST.items()
        if figures[path][name] < least
    }
    assert low == {}


def test_html_is_valid_for_the_checker_of_the_w3c(pila, herramientas, tmp_path):
    java = needed("java", "default-jre-headless")
    jar = herramientas / "vnu-jar" / "build" / "dist" / "vnu.jar"
    for n, path in enumerate(PAGES):
        with urllib.request.urlopen(pila.env["URL_PORTAL"] + path) as page:
            (tmp_path / f"{n}.html").write_bytes(page.read())
    command = [java, "-jar", str(jar), "--errors-only", "--filterpattern", HTMX, str(tmp_path)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
