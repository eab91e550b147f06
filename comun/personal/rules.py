"""Arithmetic of one-time codes: RFC 6238 with SHA-1, 6 digits, 30 s, which every phone app reads."""

import base64
import hashlib
import hmac

STEP = 30  # s that a code lives
DIGITS = 6
DRIFT = 1  # steps that a phone's clock may be off, before and after


def code_at(secret: bytes, step: int) -> str:
    """Return the code of a time step.

    >>> code_at(b"12345678901234567890", 37037036)
    '081804'
    """
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(seconds: float) -> int:
    return int(seconds) // STEP


def matching_step(secret: bytes, code: str, *, seconds: float, after: int) -> int | None:
    """Return the step whose code this is, later than `after`: a code is good once."""
    here, found = step_of(seconds), None
    for step in range(here - DRIFT, here + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step), code) and step > after:
            found = step
    return found


def base32(secret: bytes) -> str:
    return base64.b32encode(secret).decode()


def from_base32(text: str) -> bytes:
    return base64.b32decode(text)


def in_fours(text: str) -> str:
    """Write a long key as people copy it.

    >>> in_fours("ABCDEFGHIJ")
    'ABCD EFGH IJ'
    """
    return " ".join(text[n : n + 4] for n in range(0, len(text), 4))
