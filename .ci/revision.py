"""Reads the code for flaws with bandit, semgrep (rules of ours) and detect-secrets, all offline.

usage: revision.py [FOLDER]    without it, what git keeps of this project

What a tool says and is no flaw stands in .ci/revision.toml with its reason; a reason that no
longer answers anything is a fault too. The tools live in .venv/revision, apart from the portal.
"""

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".venv" / "revision" / "bin"
APPS = ("imss_portal", "tramites", "constancias", "nss", "catalogos", "comun")
# Digests of packages and of commits: nothing but entropy, and no secret.
NO_SECRETS = ("requirements/", "docs/medidas/", "tests/larga/lighthouse/")
PICTURES = (".svg", ".png", ".webp", ".woff2", ".lock")
# Made-up people need made-up passwords; private keys and tokens are looked for there too.
OF_TESTS = {"Secret Keyword", "Basic Auth Credentials"}
GRAVE = {"MEDIUM", "HIGH"}


@dataclass(frozen=True, slots=True, order=True)
class Hallazgo:
    """What one tool found in one place."""

    archivo: str
    linea: int
    regla: str
    texto: str


def bandit(root: Path) -> Iterator[Hallazgo]:
    """Medium and high; the low ones (assert, subprocess by itself) are ruff's S to judge."""
    told = _run([TOOLS / "bandit", "-q", "-r", "-ll", "-f", "json", *_roots(root)], root)
    for one in json.loads(told)["results"]:
        if one["issue_severity"] in GRAVE:
            name = one["filename"].removeprefix("./")
            yield Hallazgo(name, one["line_number"], f"bandit {one['test_id']}", one["issue_text"])


def semgrep(root: Path) -> Iterator[Hallazgo]:
    templates = [name for name in ("templates",) if (root / name).is_dir()]
    command = [TOOLS / "semgrep", "scan", "--config", ROOT / ".ci" / "semgrep", "--json", "--quiet"]
    command += ["--metrics", "off", "--disable-version-check", "--no-git-ignore", "--jobs", "2"]
    told = json.loads(_run([*command, *_roots(root), *templates], root))
    for one in told["errors"]:
        if one["level"] == "error":
            yield Hallazgo(".ci/semgrep", 0, "semgrep error", one["message"][:200])
    for one in told["results"]:
        rule = one["check_id"].rpartition(".")[2]
        name = one["path"].removeprefix("./")
        yield Hallazgo(name, one["start"]["line"], f"semgrep {rule}", one["extra"]["message"])


def secrets(root: Path) -> Iterator[Hallazgo]:
    files = [name for name in _files(root) if not name.startswith(NO_SECRETS)]
    wanted = [name for name in files if not name.endswith(PICTURES)]
    told = json.loads(_run([TOOLS / "detect-secrets", "scan", *wanted], root))
    for name, found in told["results"].items():
        for one in found:
            if not (name.startswith("tests/") and one["type"] in OF_TESTS):
                yield Hallazgo(name, one["line_number"], f"secretos {one['type']}", "looks secret")


def _roots(root: Path) -> list[str]:
    return [*APPS, "manage.py"] if root == ROOT else ["."]


def _files(root: Path) -> list[str]:
    if root != ROOT:
        return [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    return [name for name in told.splitlines() if (root / name).is_file()]


def _run(command: list[str | Path], root: Path) -> str:
    """Return what a tool printed; it may keep notes only in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "HOME": home, "SEMGREP_SEND_METRICS": "off", "LC_ALL": "C.UTF-8"}
        env["PATH"] = f"{TOOLS}:{env['PATH']}"
        run = subprocess.run(
            [str(word) for word in command],
            cwd=root,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
    if not run.stdout.startswith("{"):
        sys.exit(f"{command[0]} no contestó:\n{run.stderr[-2000:]}")
    return run.stdout


def main(root: Path) -> int:
    if not (TOOLS / "semgrep").exists():
        sys.exit("Faltan las herramientas: .ci/preparar.sh test")
    with ThreadPoolExecutor() as pool:
        lists = pool.map(lambda tool: list(tool(root)), (secrets, semgrep, bandit))
        found = sorted({one for each in lists for one in each})
    table = tomllib.loads((ROOT / ".ci" / "revision.toml").read_text())["explicado"]
    known = {(one["archivo"], one["regla"]) for one in table} if root == ROOT else set()
    new = [one for one in found if (one.archivo, one.regla) not in known]
    for one in new:
        print(f"{one.archivo}:{one.linea}: {one.regla}: {one.texto}")
    if new:
        print("Si algo de esto no es un defecto, su razón va en .ci/revision.toml.")
    stale = known - {(one.archivo, one.regla) for one in found}
    for archivo, regla in sorted(stale):
        print(f".ci/revision.toml: ya no hay «{regla}» en {archivo}")
    if not new and not stale:
        print(f"bandit, semgrep y detect-secrets: nada ({len(found)} explicados)")
    return bool(new or stale)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT))
