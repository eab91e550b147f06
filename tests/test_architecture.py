"""Doors that no linter knows."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from imss_portal.demo.opciones import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
APPS = (
    "imss_portal",
    "tramites",
    "constancias",
    "nss",
    "catalogos",
    "comun",
)
HTTP = ("django.http", "django.shortcuts", "django.views", "django.forms", "celery")
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("timezone", "now")}
# Models of tramites whose `estado` is a word of their own; their updates name the model.
OTHER_MODELS = {"AvisoPeticion", "CasoVinculo", "Correo", "VinculoCorreo"}
# Machines where packages come from, and folders of somebody's machine.
FOREIGN = re.compile(
    r"files\.pythonhosted|https?://[\w.]*pypi|registry\.npmjs|/(?:opt/pypi|work/|root/)"
)
BINARY = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf", ".woff2", ".ttf", ".ico"}
OFFICIAL = re.compile(
    r"(logo|escudo|emblema|aguila|gobmx|gob-mx|imss).*\.(svg|png|jpe?g|gif|webp)$"
)


def modules(*apps: str) -> Iterator[tuple[str, ast.Module]]:
    for app in apps or APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def tracked() -> list[Path]:
    """Return every file of the project that git would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    paths = [ROOT / name for name in out.splitlines()] or [
        path
        for path in ROOT.rglob("*")
        if not {".venv", ".git", ".datos"}.intersection(path.parts) and path.suffix != ".pyc"
    ]
    return [path for path in paths if path.is_file()]


def _root(node: ast.expr) -> str:
    """Return the name a chain of calls and attributes begins with, or ""."""
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            node = node.value
        else:
            return ""
    return node.id


def _writes_estado(node: ast.AST) -> bool:
    """Say if the node sets `estado` on something not named as another model's."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        values = [word.value for word in node.keywords if word.arg == "estado"]
        named = {_root(node.func), *map(_root, values)}
        return bool(values) and node.func.attr == "update" and not named & OTHER_MODELS
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    return any(isinstance(target, ast.Attribute) and target.attr == "estado" for target in targets)


def test_only_advance_writes_the_estado_of_a_solicitud():
    writers = {
        name
        for name, tree in modules("tramites", "imss_portal")
        for node in ast.walk(tree)
        if _writes_estado(node)
    }
    assert writers == {"tramites/models/solicitud.py"}


@pytest.mark.parametrize(
    "app", ["tramites", "tramites/derechos", "constancias", "nss", "catalogos", "comun/personal"]
)
def test_services_know_neither_http_nor_celery(app):
    rooms = [ROOT / app / "services.py", *(ROOT / app / "services").glob("**/*.py")]
    read = [path for path in rooms if path.exists()]
    assert read, f"{app} has no services"
    for path in read:
        assert not [name for name in _imports(path) if name.startswith(HTTP)], path


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_only_reloj_reads_the_clock():
    readers = {
        f"{name}:{node.lineno}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (getattr(node.func.value, "id", getattr(node.func.value, "attr", "")), node.func.attr)
        in CLOCKS
    }
    assert readers == set()


def test_only_env_and_the_demo_read_the_environment():
    readers = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"environ", "getenv"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    }
    allowed = ("imss_portal/env.py", "imss_portal/settings", "imss_portal/demo/")
    entry_points = {"imss_portal/wsgi.py", "imss_portal/celery.py"}
    assert {name for name in readers if not name.startswith(allowed)} <= entry_points


def test_every_variable_of_the_settings_is_known_to_the_demo_and_explained():
    source = (ROOT / "imss_portal" / "settings.py").read_text()
    asked = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source)) - {"CAOS_DIR"}
    explained = set(re.findall(r"^#?\s?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert asked <= set(SETTINGS) | {"DATABASE_OWNER_URL"}
    assert asked <= explained


def test_no_file_names_a_registry_or_a_folder_of_one_machine():
    mine = Path(__file__).name
    naming = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.name != mine
        and path.suffix not in BINARY
        and FOREIGN.search(path.read_text(errors="replace"))
    ]
    assert naming == []


def test_no_official_asset_nor_font_is_kept():
    names = [path.relative_to(ROOT).as_posix() for path in tracked()]
    assert [name for name in names if OFFICIAL.search(name.lower())] == []
    assert [name for name in names if name.endswith((".ttf", ".otf", ".woff", ".woff2"))] == []


def test_no_file_of_the_postal_service_is_kept():
    heavy = [path for path in tracked() if path.stat().st_size > 1_000_000]
    assert [path.relative_to(ROOT).as_posix() for path in heavy] == []
