"""How often, and how much, anybody may bring to be verified."""

from django.http import HttpRequest

from comun.limites import exceeds
from constancias.verificacion import LARGEST

CHECKS = 20  # a minute, of pages and API together
LOOKS = 120  # a minute at an answer that is being prepared
RETRY = 60  # s
ENVELOPE = 8 * 1024  # bytes of a form around its file
TEXTS = 64 * 1024  # bytes of a body that is not a file


def too_often(request: HttpRequest) -> bool:
    return exceeds("verificar", request.META.get("REMOTE_ADDR", ""), most=CHECKS)


def looks_too_often(request: HttpRequest) -> bool:
    return exceeds("consulta", request.META.get("REMOTE_ADDR", ""), most=LOOKS)


def declared_size(request: HttpRequest) -> int:
    """Return the bytes the body says it has; the server reads no more than that."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def form_too_large(request: HttpRequest) -> bool:
    return declared_size(request) > LARGEST + ENVELOPE
