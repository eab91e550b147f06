"""The headers of every address by every method, asked by nobody in particular: pages, refusals, JSON."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.paginas import cabeceras

pytestmark = pytest.mark.django_db
NOBODY = "00000000-0000-4000-8000-000000000000"
SAMPLES = {"uuid": NOBODY, "slug": "nada", "str": "nada", "path": "nada", "int": "7"}
METHODS = ("get", "head", "post", "put", "delete", "options", "patch")
OUTSIDE = ("/no/existe", "/static/no-existe.js", "/.env", "/%00", "/admin/no/existe/")
LETTERS = re.compile(r"\[(.).\]")  # [tT]: either case of an old printed address


def paths() -> Iterator[str]:
    """Yield one address of each pattern of the project, and some of none."""
    for route in _routes(get_resolver().url_patterns, ""):
        filled = re.sub(r"<(\w+):\w+>", lambda found: SAMPLES[found[1]], route)
        filled = re.sub(r"\(\?P<\w+>[^)]+\)", "7", LETTERS.sub(r"\1", filled))
        yield "/" + filled.replace("^", "").replace("/?$", "/").replace("$", "").replace("\\", "")
    yield from OUTSIDE


def _routes(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, here)
        else:
            yield here


def faults(answer, path: str) -> list[str]:
    return cabeceras.faults(path, answer.status_code, dict(answer.items()))


def test_every_address_by_every_method_carries_its_headers(client):
    client.raise_request_exception = False
    seen, wrong = Counter(), []
    for path in paths():
        for method in METHODS:
            answer = getattr(client, method)(path)
            seen[answer.status_code] += 1
            wrong += (f"{method} {fault}" for fault in faults(answer, path))
    assert wrong == []
    assert sum(seen.values()) > 1000
    assert {200, 301, 302, 403, 404, 405} <= set(seen), seen


def test_refusal_at_the_first_door_carries_them_too(client):
    answer = client.get("/", REMOTE_ADDR="203.0.113.9")
    assert (answer.status_code, faults(answer, "/")) == (403, [])


def test_host_of_somebody_else_carries_them_too(client):
    answer = client.get("/", HTTP_HOST="otro.example")
    assert (answer.status_code, faults(answer, "/")) == (400, [])


def test_error_of_ours_carries_them_too(client, monkeypatch):
    def breaks(request):
        raise ValueError

    monkeypatch.setattr("tramites.pasos.sitio.render", lambda *_, **__: breaks(None))
    client.raise_request_exception = False
    answer = client.get("/conoce/")
    assert (answer.status_code, faults(answer, "/conoce/")) == (500, [])
    assert answer["Cache-Control"] == "no-store"


def test_what_is_not_to_be_stored_is_not_to_be_indexed(client):
    answer = client.get("/asignacion-nss/")
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "sniff"),
        ("Cross-Origin-Resource-Policy", "cross-origin"),
        ("Content-Security-Policy", "default-src *"),
        ("Referrer-Policy", "unsafe-url"),
        ("Permissions-Policy", "camera=*"),
        ("Cache-Control", "public, max-age=60"),
        ("Server", "nginx/1.22"),
        ("Set-Cookie", "sesion=1; Path=/"),
    ],
)
def test_header_that_is_wrong_is_named(client, name, value):
    answer = client.get("/conoce/")
    assert faults(answer, "/conoce/") == []
    answer[name] = value
    assert faults(answer, "/conoce/") != []
