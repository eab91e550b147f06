"""Keys of a demo: made once, kept in files that only their owner reads."""

import base64
import secrets
from collections.abc import Callable
from pathlib import Path

KEY_BYTES = 32


def _ring() -> str:
    return f"d1:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


MADE_BY: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(64),
    "LLAVES_DATOS": _ring,
    "LLAVES_INDICE": _ring,
}


def keys_of(folder: Path) -> dict[str, str]:
    """Return the demo's keys as environment variables, making those that are missing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {name: _kept(folder / name.lower(), make) for name, make in MADE_BY.items()}


def _kept(path: Path, make: Callable[[], str]) -> str:
    if not path.exists():
        partial = path.with_suffix(".nueva")
        partial.touch(mode=0o600)
        partial.write_text(make())
        partial.rename(path)
    return path.read_text().strip()
