"""What each answer of the portal has to carry, whatever its status; asked of all that a browser gets."""

import re
from collections.abc import Iterator, Mapping
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from django.conf import settings

SAME = {"cross-origin-resource-policy": "same-origin", "x-content-type-options": "nosniff"}
OF_WINDOWS = {"cross-origin-opener-policy": "same-origin", "x-frame-options": "DENY"}
REFERRERS = {"same-origin", "no-referrer"}
NO_SHARED_CACHE = re.compile(r"no-store|private|no-cache")
# Public for whoever checks documents, and the portal's own files: these may be kept.
PARTS = ("text/css", "text/javascript", "font/", "image/png", "image/webp", "audio/")
PUBLIC = ("/static/", "/verificar/api/", "/.well-known/")
VERSION = re.compile(r"\d+\.\d+")
OF_THE_TESTS = "WSGIServer"  # Django's own, which serves the pages to these tests


def faults(url: str, status: int, headers: Mapping[str, str], *, piece: bool = False) -> list[str]:
    """Return what the headers of one answer lack or say too much, each with its address.

    `piece`: it goes into a page that is there already, and makes no window of its own.
    """
    told = {name.lower(): value for name, value in headers.items()}
    path = urlsplit(url).path
    found = [
        *_of_all(told),
        *([] if piece else _of_windows(told)),
        *_of_caches(path, told),
        *_of_cookies(told.get("set-cookie", "")),
    ]
    return [f"cabeceras de {path} ({status}): {fault}" for fault in found]


def _of_all(told: Mapping[str, str]) -> Iterator[str]:
    yield from _other_than(SAME, told)
    kind = told.get("content-type", "")
    if kind.startswith("text/") and "charset" not in kind:
        yield f"content-type: «{kind}» sin charset"
    server = told.get("server", "")
    if VERSION.search(server) and not server.startswith(OF_THE_TESTS):
        yield f"server: dice qué programa es: «{server}»"


def _of_windows(told: Mapping[str, str]) -> Iterator[str]:
    kind = told.get("content-type", "")
    if kind.startswith(PARTS):
        return
    yield from _other_than(OF_WINDOWS, told)
    policy = told.get("content-security-policy", "")
    if "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy:
        yield f"content-security-policy: «{policy}»"
    if told.get("referrer-policy") not in REFERRERS:
        yield f"referrer-policy: «{told.get('referrer-policy', '')}»"
    permissions = told.get("permissions-policy", "")
    if "*" in permissions or "microphone=()" not in permissions:
        yield f"permissions-policy: «{permissions}»"
    if settings.DEMO and "noindex" not in told.get("x-robots-tag", ""):
        yield f"x-robots-tag: «{told.get('x-robots-tag', '')}»"
    if kind.startswith("text/html") and told.get("cross-origin-embedder-policy") != "require-corp":
        yield "cross-origin-embedder-policy: falta"


def _other_than(wanted: Mapping[str, str], told: Mapping[str, str]) -> Iterator[str]:
    for name, value in wanted.items():
        if told.get(name) != value:
            yield f"{name}: «{told.get(name, '')}» no es «{value}»"


def _of_caches(path: str, told: Mapping[str, str]) -> Iterator[str]:
    kept = told.get("cache-control", "")
    if not path.startswith(PUBLIC) and not NO_SHARED_CACHE.search(kept):
        yield f"cache-control: «{kept}»"


def _of_cookies(text: str) -> Iterator[str]:
    for cookie in SimpleCookie(text).values():
        lacks = [name for name in ("HttpOnly", "SameSite") if not cookie[name.lower()]]
        if lacks and cookie.value:
            yield f"cookie {cookie.key} sin {', '.join(lacks)}"
