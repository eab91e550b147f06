"""The challenge by eye or ear: exact case, bound to the session, burnt at the first answer."""

import secrets
from datetime import datetime

from captcha.models import CaptchaStore
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection

from comun import reloj

# No look-alikes: 0 O o, 1 l I i, and letters whose two cases have one shape.
ALPHABET = "ABDEFGHJLMNQRTYabdefghjmnqrty23456789"
LENGTH = 5
KEPT = 5  # challenges one browser may have open, for people with several tabs
_ISSUED = "captchas"


def challenge() -> tuple[str, str]:
    """Return the text to draw and the text expected: the same, in django-simple-captcha's form."""
    word = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return word, word


def issue(session: SessionBase) -> str:
    """Make a challenge for this browser and return its key."""
    key: str = CaptchaStore.generate_key()
    session[_ISSUED] = [*session.get(_ISSUED, []), key][-KEPT:]
    return key


def word_of(session: SessionBase, key: str) -> str | None:
    """Return what this browser's challenge `key` shows, or None if it is burnt, old or another's."""
    if key not in session.get(_ISSUED, []):
        return None
    rows = CaptchaStore.objects.filter(hashkey=key, expiration__gt=reloj.now())
    word: str | None = rows.values_list("challenge", flat=True).first()
    return word


def forget_expired(now: datetime) -> None:
    CaptchaStore.objects.filter(expiration__lt=now).delete()


def consume(session: SessionBase, key: str, typed: str) -> bool:
    """Say if `typed` is what the image of `key` shows; the challenge is gone either way.

    One DELETE decides, so of two answers sent together only one is judged.
    """
    issued = session.get(_ISSUED, [])
    if key not in issued:
        return False
    session[_ISSUED] = [other for other in issued if other != key]
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM captcha_captchastore WHERE hashkey = %s"
            " RETURNING challenge, expiration > clock_timestamp()",
            [key],
        )
        row = cursor.fetchone()
    if row is None or not row[1]:
        return False
    return secrets.compare_digest(row[0].encode(), "".join(typed.split()).encode())
