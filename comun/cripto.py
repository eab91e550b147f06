"""Keys of data: sealing with AES-256-GCM and blind indexes with HMAC-SHA256.

A sealed value is `len(id) | id | nonce(12) | ciphertext+tag`, bound by its
additional data to one table, column and row. A blind index is 16 bytes: enough
for 10^9 people (collision odds 10^-21), half the index of 32.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from comun.errors import KeyUnknown

KEY_BYTES, NONCE_BYTES, INDEX_BYTES = 32, 12, 16


class SealBroken(Exception):
    """The bytes are not the ones sealed for this place."""


@lru_cache(maxsize=8)
def _ring(pairs: tuple[str, ...], name: str) -> Mapping[str, bytes]:
    ring: dict[str, bytes] = {}
    for pair in pairs:
        key_id, _, text = pair.partition(":")
        try:
            key = base64.b64decode(text, validate=True)
        except binascii.Error:
            key = b""
        if not key_id or not key_id.isascii() or len(key_id) > 16 or len(key) != KEY_BYTES:
            raise ImproperlyConfigured(f"{name}: la llave «{key_id}» no son 32 bytes en base64")
        ring[key_id] = key
    if not ring:
        raise ImproperlyConfigured(f"Falta la variable de entorno {name} (id:base64 de 32 bytes)")
    return ring


def data_ring() -> Mapping[str, bytes]:
    return _ring(tuple(settings.LLAVES_DATOS), "LLAVES_DATOS")


def index_ring() -> Mapping[str, bytes]:
    return _ring(tuple(settings.LLAVES_INDICE), "LLAVES_INDICE")


def seal(plain: bytes, *, place: str) -> bytes:
    """Return `plain` sealed with the ring's first key for `place` ("table:column:row id")."""
    key_id, key = next(iter(data_ring().items()))
    nonce = secrets.token_bytes(NONCE_BYTES)
    return head_of(key_id) + nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(sealed: bytes, *, place: str) -> bytes:
    """Return what `seal` was given.

    Raises
        KeyUnknown: the key it names is not in the ring.
        SealBroken: altered, cut, or sealed for another place.
    """
    if not sealed or len(sealed) < 1 + sealed[0] + NONCE_BYTES:
        raise SealBroken(place)
    end = 1 + sealed[0]
    key_id = sealed[1:end].decode("ascii", "replace")
    key = data_ring().get(key_id)
    if key is None:
        raise KeyUnknown(key_id)
    nonce, body = sealed[end : end + NONCE_BYTES], sealed[end + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, place.encode())
    except InvalidTag:
        raise SealBroken(place) from None


def current_key() -> str:
    """Return the id of the key that seals: the ring's first."""
    return next(iter(data_ring()))


def head_of(key_id: str) -> bytes:
    """Return how everything sealed with a key begins."""
    return bytes([len(key_id)]) + key_id.encode()


def is_current(sealed: bytes) -> bool:
    """Say if it was sealed with the key that seals now."""
    return sealed.startswith(head_of(current_key()))


def reseal(sealed: bytes, *, place: str) -> bytes:
    """Return the same, sealed with the ring's first key. Raises what `unseal` does."""
    return seal(unseal(sealed, place=place), place=place)


def blind_index(kind: str, text: str) -> bytes:
    """Return the 16 bytes by which `text` is found without being stored.

    `kind` ("curp", "correo", "persona") keeps equal texts of different columns apart. The ring is
    a chain: the oldest key (the last) makes the index, and each newer one covers the one before.
    So a key can be added to what is stored without knowing what it is the index of (`reindex`),
    and none can be left out.
    """
    oldest, *newer = reversed([*index_ring().values()])
    found = hmac.new(oldest, f"{kind}\x1f{text}".encode(), hashlib.sha256).digest()[:INDEX_BYTES]
    for key in newer:
        found = _cover(found, key)
    return found


def reindex(index: bytes) -> bytes:
    """Return what an index is now that was made before the ring's first key was added."""
    return _cover(index, next(iter(index_ring().values())))


def _cover(index: bytes, key: bytes) -> bytes:
    return hmac.new(key, b"cadena\x1f" + index, hashlib.sha256).digest()[:INDEX_BYTES]


def keyed_digest(kind: str, *parts: bytes, llave: str = "") -> bytes:
    """Return an HMAC-SHA256 over length-prefixed parts, for chains and one-time codes.

    `llave` is the id of a key of the index ring, for what named it when it was made; without it,
    the first.

    Raises
        KeyUnknown: that key is not in the ring.
    """
    ring = index_ring()
    key = ring.get(llave) if llave else next(iter(ring.values()))
    if key is None:
        raise KeyUnknown(llave)
    mac = hmac.new(key, f"{kind}\x1f".encode(), hashlib.sha256)
    for part in parts:
        mac.update(len(part).to_bytes(4, "big") + part)
    return mac.digest()
