"""What was typed on a page that is not finished: sealed in the session, for the next look."""

import json
from base64 import b64decode, b64encode

from django.contrib.sessions.backends.base import SessionBase

from comun.cripto import seal, unseal
from tramites.models import Solicitud

DRAFT, LONGEST = "borrador", 200


def keep_draft(session: SessionBase, solicitud: Solicitud, typed: dict[str, str]) -> None:
    """Keep the answers of one page; longer than any field takes, they are cut."""
    text = json.dumps({name: value[:LONGEST] for name, value in typed.items()})
    sealed = seal(text.encode(), place=_place(solicitud))
    session[DRAFT] = {"de": str(solicitud.pk), "texto": b64encode(sealed).decode()}


def kept_draft(session: SessionBase, solicitud: Solicitud) -> dict[str, str] | None:
    """Return what was kept for this Solicitud, or None."""
    kept = session.get(DRAFT, {})
    if kept.get("de") != str(solicitud.pk):
        return None
    text = unseal(b64decode(kept["texto"]), place=_place(solicitud))
    typed: dict[str, str] = json.loads(text)
    return typed


def forget_draft(session: SessionBase) -> None:
    session.pop(DRAFT, None)


def _place(solicitud: Solicitud) -> str:
    return f"sesion:{DRAFT}:{solicitud.pk}"
