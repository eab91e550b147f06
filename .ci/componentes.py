"""How old the lists of components are, against what CONTRIBUTING.md promises: 90 days at most.

usage: componentes.py [--estricto | --anota]

`requirements/renovado.txt` has a line a list: the day all of it was last renewed, the SHA-256 of
what came out, its name. A list that is not the one noted is always a fault. One past its time is
told, and is a fault with --estricto (the long tier): a day that passes breaks no commit.
--anota writes today beside each list (`make renovar` does it after it compiled them anew).
"""

import hashlib
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
NOTE = "renovado.txt"
MOST = 90  # days


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each compiled list, by its name."""
    return {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("*.txt"))
        if path.name != NOTE
    }


def noted(folder: Path) -> dict[str, tuple[date, str]]:
    """Return (day, SHA-256) of each list, as the note says."""
    rows = (line.split() for line in (folder / NOTE).read_text().splitlines())
    return {name: (date.fromisoformat(day), digest) for day, digest, name in rows}


def faults(folder: Path, today: date) -> Iterator[str]:
    """Yield what is wrong on any day."""
    found, told = digests(folder), noted(folder)
    for name in sorted(found.keys() | told.keys()):
        if name not in found or name not in told:
            yield f"{name}: hay lista o apunte, y no ambos"
        elif told[name][1] != found[name]:
            yield f"{name}: la lista no es la que se renovó; usa `make renovar`"
        elif told[name][0] > today:
            yield f"{name}: renovada en un día que no llega"


def late(folder: Path, today: date) -> Iterator[str]:
    """Yield the lists that should have been renewed by now."""
    for name, (day, _) in noted(folder).items():
        if (age := (today - day).days) > MOST:
            yield f"{name}: {age} días sin renovar, y el plazo es de {MOST}; usa `make renovar`"


def note(folder: Path, today: date) -> None:
    lines = (f"{today} {digest} {name}\n" for name, digest in digests(folder).items())
    (folder / NOTE).write_text("".join(lines))


def main(folder: Path, today: date, option: str) -> int:
    if option == "--anota":
        note(folder, today)
        return 0
    wrong, old = list(faults(folder, today)), list(late(folder, today))
    for line in (*wrong, *old):
        print(line)
    return int(bool(wrong or (old and option == "--estricto")))


if __name__ == "__main__":
    sys.exit(main(FOLDER, datetime.now(UTC).date(), "".join(sys.argv[1:2])))
