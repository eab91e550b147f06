"""The portal, slower by DEMORA_MS for the CURPs in the file DEMORA_DE: a leak planted on purpose."""

import io
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from imss_portal.wsgi import application as portal

SLOW = frozenset(Path(os.environ["DEMORA_DE"]).read_text().split())
SECONDS = float(os.environ["DEMORA_MS"]) / 1000


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    (curp,) = parse_qs(body.decode()).get("curp", [""])
    if curp in SLOW:
        end = time.perf_counter() + SECONDS
        while time.perf_counter() < end:
            pass
    return portal(environ, start)
