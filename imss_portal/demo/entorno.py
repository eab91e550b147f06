"""How other processes find a running demo: a lock that says it lives, and a file that says where."""

import fcntl
import json
import os
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

NAME = "entorno.json"
ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = Path(os.environ.get("DATOS_DIR") or ROOT / ".datos").resolve()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entorno:
    """Where each part of a running stack is. `env` holds keys: the file is its owner's alone."""

    puerto: int
    url: str
    database_url: str
    database_owner_url: str
    redis_url: str
    buzon: str
    documentos: str
    pid: int
    env: dict[str, str] = field(default_factory=dict)

    def whole_env(self) -> dict[str, str]:
        """Return the environment in which `manage.py` works on this stack."""
        outer = {name: value for name, value in os.environ.items() if name != "BASE_COMO"}
        return {**outer, "DJANGO_SETTINGS_MODULE": "imss_portal.settings", **self.env}

    def write(self, folder: Path) -> None:
        partial = folder / f"{NAME}.nuevo"
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        partial.write_text(json.dumps(asdict(self), indent=1))
        partial.rename(folder / NAME)


class EnMarcha(RuntimeError):
    """Another process already runs the stack of this folder."""


def seize(folder: Path, *, patience: float = 0.5) -> IO[str]:
    """Return the folder's lock, held; raise EnMarcha naming who holds it.

    The kernel frees it when its holder dies, whatever the way, so it cannot lie.
    `patience` (s) outlasts somebody who only looks (`running`).
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = (folder / "demo.lock").open("a+")
    end = time.monotonic() + patience
    while not _lock(handle):
        if time.monotonic() < end:
            time.sleep(0.05)
            continue
        handle.close()
        found = _read(folder)
        where = f" en {found.url}/ (proceso {found.pid})" if found else ", todavía arrancando"
        raise EnMarcha(f"Ya hay una demostración en marcha{where}. Úsala, o ciérrala con Ctrl-C.")
    return handle


def _lock(handle: IO[str]) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def running(folder: Path = FOLDER) -> Entorno | None:
    """Return the stack that lives in `folder`, or None."""
    if not (folder / "demo.lock").exists():
        return None
    try:
        seize(folder, patience=0).close()
    except EnMarcha:
        return _read(folder)
    return None


def adopt(folder: Path = FOLDER) -> None:
    """Give this process the running demo's environment, unless it came with its own."""
    if "SECRET_KEY" in os.environ or "DATABASE_URL" in os.environ:
        return
    if found := running(folder):
        os.environ.update(found.env)


def _read(folder: Path) -> Entorno | None:
    try:
        return Entorno(**json.loads((folder / NAME).read_text()))
    except FileNotFoundError:
        return None
