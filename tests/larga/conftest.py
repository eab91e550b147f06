"""Where the long tier leaves its figures: docs/medidas/NAME.json, with commit, seed and machine."""

import json
import os
import platform
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MEDIDAS = ROOT / "docs" / "medidas"


def commit() -> str:
    """Return the commit, "-dirty" if the code is not what it says; another figure is no code."""
    changed = _git("status", "--porcelain", "--", ".", ":!docs/medidas")
    return _git("rev-parse", "--short=12", "HEAD") + ("-dirty" if changed else "")


def _git(*words: str) -> str:
    command = ["git", "-C", str(ROOT), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def maquina() -> dict[str, object]:
    """Return what a figure depends on and nothing that names the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "nucleos": os.cpu_count(),
        "memoria_gib": round(memory / 2**30),
        "python": platform.python_version(),
        "sistema": f"{platform.system()} {platform.machine()}",
    }


@pytest.fixture
def medida(request):
    """Write what a test measured, under its own name."""

    def write(nombre: str, cifras: dict[str, object], *, semilla: int = 1) -> None:
        facts = {
            "medida": nombre,
            "orden": f"make prueba-larga PYTEST='-k {request.node.originalname}'",
            "cifras": cifras,
            "commit": commit(),
            "semilla": semilla,
            "maquina": maquina(),
        }
        MEDIDAS.mkdir(exist_ok=True)
        text = json.dumps(facts, ensure_ascii=False, indent=2)
        (MEDIDAS / f"{nombre}.json").write_text(text + "\n")

    return write
