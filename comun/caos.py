"""Named fault points: a test arms one by leaving a file, and the process dies there once."""

import os
import signal
from pathlib import Path

from django.conf import settings

POINTS = (
    "tras_reclamar",
    "tras_identidad",
    "tras_numero",
    "antes_commit",
    "tras_pdf",
    "tras_renombrar",
    "tras_smtp",
)


def punto(name: str) -> None:
    """Die by SIGKILL if the file `name` is in CAOS_DIR; whoever removes it is the one.

    CAOS_DIR is empty outside the tests, and a system check refuses it in production.
    """
    if not settings.CAOS_DIR:
        return
    try:
        (Path(settings.CAOS_DIR) / name).unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
