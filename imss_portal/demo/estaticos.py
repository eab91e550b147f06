"""When collected static files are still those of the sources: collecting costs seconds."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
STAMP = ".recolectado"


def is_current(collected: Path, fonts: Path) -> bool:
    stamp = collected / STAMP
    return stamp.exists() and stamp.read_text() == _digest(fonts)


def mark_current(collected: Path, fonts: Path) -> None:
    (collected / STAMP).write_text(_digest(fonts))


def _digest(fonts: Path) -> str:
    """Return what the collected files depend on: ours by size and time, the packages' by version."""
    facts = [(ROOT / "requirements" / "base.txt").read_text()]
    for path in sorted([*(ROOT / "static").rglob("*"), *fonts.rglob("*")]):
        seen = path.stat()
        facts.append(f"{path} {seen.st_size} {seen.st_mtime_ns}")
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()
