"""The calendar in use: the law's days of rest, and the file of whoever runs the portal."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tramites.derechos.rules import Calendario, read_inhabiles


def in_use() -> Calendario:
    """Return it as the file stands now: what is published today counts today.

    Raises
        CalendarMalformed: a line of the file cannot be read.
        OSError: there is no such file.
    """
    if not settings.DIAS_INHABILES:
        return Calendario()
    path = Path(settings.DIAS_INHABILES)
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, mtime: int) -> Calendario:
    return Calendario(read_inhabiles(path.read_text()))
