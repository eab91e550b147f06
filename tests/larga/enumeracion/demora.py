"""The portal, slower by DEMORA_MS for the CURPs in the file DEMORA_DE: a leak planted on purpose."""

import io
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs


def spin(seconds: float) -> None:
    """Be busy, as code that looks something up would be: a sleep is less exact."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def delayed(portal: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Return the portal with the leak."""
    slow = frozenset(Path(os.environ["DEMORA_DE"]).read_text().split())
    seconds = float(os.environ["DEMORA_MS"]) / 1000

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        (curp,) = parse_qs(body.decode()).get("curp", [""])
        if curp in slow:
            spin(seconds)
        return portal(environ, start)

    return application


def application() -> Callable[..., Iterable[bytes]]:
    """What gunicorn is told to serve (`demora:application()`)."""
    from imss_portal.wsgi import application as portal

    return delayed(portal)
