"""COSE_Sign1 (RFC 9052) with ES256, in the one form we write: what is read must be it, byte by byte.

    D2 84  bstr{1: -7, 4: kid}  {}  bstr(payload)  bstr(64 bytes of signature)

The kid is the serial number of the certificate, big endian. Of the two
signatures that ECDSA lets anyone make of one, only that with the lower s is taken.
"""

from collections.abc import Callable
from typing import Protocol

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256

from constancias.sello import PrivateKey, PublicKey

ALG, KID, ES256 = 1, 4, -7
TAG = 18
SIGNATURE = 64  # bytes: r and s, 32 each
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
_ES256 = ec.ECDSA(SHA256())

Keys = Callable[[str], PublicKey | None]


class Signer(Protocol):
    """A private key and the serial of its certificate, as llaves.Llave has them."""

    @property
    def serie(self) -> str: ...
    @property
    def key(self) -> PrivateKey: ...


class NotSign1(Exception):
    """The bytes are not the one form we write."""


class KeyUnknown(Exception):
    """Nobody we know has the key of this serial, or it cannot sign so."""


class SignatureWrong(Exception):
    """The key is known and the signature is not of these bytes."""


def can_sign(key: PrivateKey | PublicKey) -> bool:
    """Say if the key is of P-256; those of other kinds seal documents but sign no COSE here."""
    if isinstance(key, ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey):
        return isinstance(key.curve, ec.SECP256R1)
    return False


def sign(payload: bytes, signer: Signer) -> bytes:
    """Return `payload` signed.

    Raises
        ValueError: the key is not of P-256.
    """
    if not isinstance(signer.key, ec.EllipticCurvePrivateKey) or not can_sign(signer.key):
        raise ValueError("ES256 needs a key of P-256")
    protected = _protected(int(signer.serie))
    r, s = decode_dss_signature(signer.key.sign(_signed(protected, payload), _ES256))
    return _envelope(protected, payload, r.to_bytes(32) + min(s, ORDER - s).to_bytes(32))


def read(data: bytes, keys: Keys) -> bytes:
    """Return the payload of `data` if one of `keys` (by serial, decimal) signed it.

    Raises
        NotSign1, KeyUnknown, SignatureWrong
    """
    protected, payload, signature, serie = _parts(data)
    key = keys(serie)
    if not isinstance(key, ec.EllipticCurvePublicKey) or not can_sign(key):
        raise KeyUnknown(serie)
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    if s > ORDER // 2:
        raise SignatureWrong
    try:
        key.verify(encode_dss_signature(r, s), _signed(protected, payload), _ES256)
    except InvalidSignature as exc:
        raise SignatureWrong from exc
    return payload


def _parts(data: bytes) -> tuple[bytes, bytes, bytes, str]:
    try:
        protected, _, payload, signature = cbor2.loads(data).value
        serie = int.from_bytes(cbor2.loads(protected)[KID])
        same = _envelope(_protected(serie), payload, signature) == data
    except Exception as exc:  # bytes of a stranger: any fault of theirs is a no
        raise NotSign1 from exc
    if not same or len(signature) != SIGNATURE:
        raise NotSign1
    return protected, payload, signature, str(serie)


def _protected(serie: int) -> bytes:
    return cbor2.dumps({ALG: ES256, KID: serie.to_bytes((serie.bit_length() + 7) // 8)})


def _signed(protected: bytes, payload: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", payload])


def _envelope(protected: bytes, payload: bytes, signature: bytes) -> bytes:
    return cbor2.dumps(cbor2.CBORTag(TAG, [protected, {}, payload, signature]))
