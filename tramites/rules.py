"""Arithmetic of mailboxes, tokens and codes: answers from the arguments alone."""

import hashlib
import secrets

CODE_DIGITS, CODE_TRIES, LAST4_TRIES = 6, 6, 6


def mint_token() -> str:
    """Return 256 random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def mint_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def token_hash(token: str) -> bytes:
    """Return what is stored of a token: its SHA-256 (256 random bits need no salt)."""
    return hashlib.sha256(token.encode()).digest()


def normal_correo(correo: str) -> str:
    """Return the form by which a mailbox is found: lower case, no outer blanks.

    >>> normal_correo(" Ana.Lopez@Example.ORG ")
    'ana.lopez@example.org'
    """
    return correo.strip().lower()


def veiled_correo(correo: str) -> str:
    """Return a mailbox its owner recognises and nobody else can write to.

    >>> veiled_correo("ana.lopez@example.org")
    'a•••@e•••.org'
    """
    local, _, domain = correo.partition("@")
    name, _, tld = domain.rpartition(".")
    return f"{local[:1]}•••@{name[:1]}•••.{tld}"
