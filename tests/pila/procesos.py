"""What runs on this machine, as /proc tells it."""

import os
import time
from pathlib import Path


def running_under(folder: Path) -> set[int]:
    """Return the living processes that were told of `folder`: by an argument, a variable or a cwd."""
    mark = os.fsencode(folder)
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        if int(entry.name) == os.getpid():
            continue
        try:
            told = [(entry / name).read_bytes() for name in ("cmdline", "environ")]
            told.append(os.fsencode((entry / "cwd").readlink()))
            zombie = (entry / "stat").read_text().rsplit(") ", 1)[1][0] == "Z"
        except OSError:
            continue
        if not zombie and any(mark in text for text in told):
            found.add(int(entry.name))
    return found


def none_left(folder: Path, *, within: float) -> set[int]:
    """Wait at most `within` seconds for all of them to end; return those that did not."""
    end = time.monotonic() + within
    while (left := running_under(folder)) and time.monotonic() < end:
        time.sleep(0.2)
    return left
