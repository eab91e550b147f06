"""Keys of one's own: long, apart from each other, and never the demonstration's."""

import base64
import os
import stat
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage

from imss_portal.demo import entorno
from imss_portal.produccion.faltas import falta

LEAST_SECRET, LEAST_VARIETY = 50, 16  # characters; of the secret, and different ones in it
EXAMPLES = ("django-insecure", "cambia-esto", "solo-para", "construccion")
LEAST_BYTES = 12  # different bytes in 32: a random key has some 30
RINGS = ("LLAVES_DATOS", "LLAVES_INDICE")


def secret_is_long() -> Iterator[CheckMessage]:
    secret = settings.SECRET_KEY
    weak = len(secret) < LEAST_SECRET or len(set(secret)) < LEAST_VARIETY
    if weak or secret.startswith(EXAMPLES):
        yield falta(
            121,
            "SECRET_KEY es corta, repetida o de ejemplo.",
            'Hágala así: python -c "import secrets; print(secrets.token_urlsafe(64))"',
        )


def rings_are_random() -> Iterator[CheckMessage]:
    for name in RINGS:
        if any(len(set(key)) < LEAST_BYTES or is_counted(key) for key in keys_of(name)):
            yield falta(
                122,
                f"{name} tiene una llave de ejemplo: no es al azar.",
                "Cada llave son 32 bytes al azar en base64: openssl rand -base64 32",
            )


def rings_are_apart() -> Iterator[CheckMessage]:
    if keys_of("LLAVES_DATOS") & keys_of("LLAVES_INDICE"):
        yield falta(
            123,
            "LLAVES_DATOS y LLAVES_INDICE comparten una llave: quien tenga una tiene la otra.",
            "Haga una llave para cada anillo: openssl rand -base64 32",
        )


def keys_are_not_of_demo() -> Iterator[CheckMessage]:
    """The demo of this very machine keeps its keys in files; nobody may take them along."""
    folder = entorno.FOLDER / "llaves"
    for name in ("SECRET_KEY", *RINGS):
        given = getattr(settings, name)
        words = set(given) if isinstance(given, list) else {given}
        if _content(folder / name.lower()).strip() in words:
            yield falta(
                124,
                f"{name} es la de la demostración de esta máquina.",
                "Haga llaves propias: las de .datos/ las hizo la demostración para sí.",
            )


def seal_is_not_of_demo() -> Iterator[CheckMessage]:
    if not settings.LLAVE_SELLO:
        return
    path, demo = Path(settings.LLAVE_SELLO).resolve(), entorno.FOLDER
    text = _content(path)
    if path.is_relative_to(demo) or (text and text == _content(demo / "llaves" / "sello.pem")):
        yield falta(
            125,
            "LLAVE_SELLO es la llave de la demostración: sus documentos no valen.",
            "Haga otra con manage.py llaves_sello crear, o pida un certificado: solicitud.",
        )


def seal_is_its_owners_alone() -> Iterator[CheckMessage]:
    path = Path(settings.LLAVE_SELLO) if settings.LLAVE_SELLO else None
    if path and path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield falta(
            126,
            "LLAVE_SELLO la pueden leer otros usuarios de la máquina.",
            "chmod 600 al archivo, y que sea del usuario del trabajador.",
        )


def keys_of(name: str) -> set[bytes]:
    """Return the keys of a ring that can be read; comun.E001 tells of the others."""
    found = set()
    for word in getattr(settings, name):
        try:
            found.add(base64.b64decode(word.partition(":")[2], validate=True))
        except ValueError:
            continue
    return found


def is_counted(key: bytes) -> bool:
    """Say if each byte is the one before and one more, as an example's are."""
    return all(b - a == 1 for a, b in pairwise(key))


def _content(path: Path) -> str:
    return path.read_text(errors="replace") if os.access(path, os.R_OK) else ""
