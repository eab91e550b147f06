"""Browsers from which an account came in before: a new one is told by mail."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from comun.personal.enums import Clase
from comun.personal.models import Equipo
from comun.personal.services import avisos

KEPT = timedelta(days=180)
# How a browser calls itself, and what it is to a person; the first found wins.
BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")),
)


def known(user_id: int, token: str, *, now: datetime) -> bool:
    """Say if this cookie came in with this account before, and note that it does again."""
    mine = Equipo.objects.filter(usuario_id=user_id, huella=_digest(token))
    return bool(token) and bool(mine.filter(visto_en__gt=now - KEPT).update(visto_en=now))


@transaction.atomic
def add(user_id: int, agent: str, *, now: datetime) -> str:
    """Note a browser and tell its owner; return the token for its cookie."""
    token, label = secrets.token_urlsafe(32), label_of(agent)
    Equipo.objects.create(usuario_id=user_id, huella=_digest(token), etiqueta=label, visto_en=now)
    avisos.write(user_id, Clase.EQUIPO, detalle=label, now=now)
    return token


def label_of(agent: str) -> str:
    """Return what a person calls a browser: words of ours, never of the browser's.

    >>> label_of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox en Linux'
    """
    browser = next((name for mark, name in BROWSERS if mark in agent), "Navegador")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{browser} en {system}" if system else browser


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
