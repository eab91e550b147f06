"""What any child of the demo needs: a tie to its parent, a lock, a short place for sockets."""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONGEST_SOCKET_DIR = 80  # sun_path holds 108 bytes


def tied(sig: str) -> list[str]:
    """Return the prefix by which a child gets `sig` when we die, even by kill -9."""
    return ["setpriv", "--pdeathsig", sig, "--"] if shutil.which("setpriv") else []


def package(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)  # located, not imported
    return Path(spec.origin).parent if spec and spec.origin else None


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def socket_dir(base: Path) -> Path:
    """Return a private folder for sockets, short enough for the kernel."""
    folder = base / "run"
    if len(str(folder)) > LONGEST_SOCKET_DIR:
        digest = hashlib.sha256(str(base).encode()).hexdigest()[:10]
        folder = Path(tempfile.gettempdir()) / f"portal-{os.geteuid()}-{digest}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        raise RuntimeError(f"{folder} es de otro usuario")
    folder.chmod(0o700)
    return folder
