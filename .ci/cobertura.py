"""Branch coverage of the core, by its own tests: writes docs/medidas/cobertura.json, fails below 95 %."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.larga.conftest import MEDIDAS, commit, maquina  # noqa: E402

LEAST = 95.0  # %
TESTS = ("tests/nss", "tests/tramites", "tests/constancias", "tests/comun")
CORES = {
    "nss": ("nss/",),
    "tramites_servicios_y_estados": (
        "tramites/services/",
        "tramites/models/",
        "tramites/enums.py",
        "tramites/rules.py",
    ),
    "constancias_sello": (
        "constancias/sello.py",
        "constancias/llaves.py",
        "constancias/firma.py",
        "constancias/certificados.py",
    ),
}


def measure() -> dict[str, dict[str, dict[str, float]]]:
    """Run the tests of the core under coverage; return its report, file by file."""
    run = [sys.executable, "-m", "coverage"]
    subprocess.run([*run, "run", "-m", "pytest", *TESTS], cwd=ROOT, check=True)
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        subprocess.run([*run, "json", "-q", "-o", report.name], cwd=ROOT, check=True)
        found: dict[str, dict[str, dict[str, float]]] = json.load(report)["files"]
    return found


def share(files: dict[str, dict[str, dict[str, float]]], places: tuple[str, ...]) -> float:
    """Return the percentage of statements and branches of `places` that ran."""
    rows = [facts["summary"] for name, facts in files.items() if name.startswith(places)]
    covered = sum(row["covered_lines"] + row["covered_branches"] for row in rows)
    return 100 * covered / sum(row["num_statements"] + row["num_branches"] for row in rows)


def main() -> int:
    files = measure()
    figures = {core: round(share(files, places), 1) for core, places in CORES.items()}
    facts = {
        "medida": "cobertura",
        "orden": "make prueba-larga",
        "cifras": {**figures, "limite": LEAST},
        "commit": commit(),
        "maquina": maquina(),
    }
    text = json.dumps(facts, ensure_ascii=False, indent=2)
    (MEDIDAS / "cobertura.json").write_text(text + "\n")
    print(text)
    return int(min(figures.values()) < LEAST)


if __name__ == "__main__":
    sys.exit(main())
