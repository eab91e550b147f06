"""Signatures and public keys as JOSE writes them (RFC 7515, 7517, 7518)."""

import base64
import hashlib
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from constancias.sello import PrivateKey, PublicKey

_CURVES: dict[str, tuple[str, str, type[HashAlgorithm]]] = {
    "secp256r1": ("ES256", "P-256", SHA256),
    "secp384r1": ("ES384", "P-384", SHA384),
    "secp521r1": ("ES512", "P-521", SHA512),
}


def algorithm(key: PublicKey) -> str:
    """Return the `alg` of what this key signs; raise ValueError for a curve JOSE does not name."""
    if isinstance(key, rsa.RSAPublicKey):
        return "RS256"
    return _curve(key)[0]


def _curve(key: ec.EllipticCurvePublicKey) -> tuple[str, str, type[HashAlgorithm]]:
    if key.curve.name not in _CURVES:
        raise ValueError(key.curve.name)
    return _CURVES[key.curve.name]


def _size(key: ec.EllipticCurvePublicKey) -> int:
    return (key.curve.key_size + 7) // 8


def raw_sign(text: bytes, key: PrivateKey) -> bytes:
    """Return the signature: r and s side by side, or PKCS #1 v1.5."""
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(text, padding.PKCS1v15(), SHA256())
    public = key.public_key()
    size = _size(public)
    r, s = decode_dss_signature(key.sign(text, ec.ECDSA(_curve(public)[2]())))
    return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def raw_verify(signature: bytes, text: bytes, key: PublicKey) -> None:
    """Raise InvalidSignature unless `signature` is of exactly `text`."""
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, text, padding.PKCS1v15(), SHA256())
        return
    size = _size(key)
    if len(signature) != 2 * size:
        raise InvalidSignature
    r, s = (int.from_bytes(part, "big") for part in (signature[:size], signature[size:]))
    key.verify(encode_dss_signature(r, s), text, ec.ECDSA(_curve(key)[2]()))


def jwk(certificado: str) -> dict[str, Any]:
    """Return the public key of a PEM certificate as a JWK that names it and carries it."""
    certificate = x509.load_pem_x509_certificate(certificado.encode())
    der = certificate.public_bytes(Encoding.DER)
    key = certificate.public_key()
    common = {
        "kid": str(certificate.serial_number),
        "use": "sig",
        "x5c": [base64.b64encode(der).decode()],
        "x5t#S256": b64url(hashlib.sha256(der).digest()),
    }
    if isinstance(key, rsa.RSAPublicKey):
        n, e = key.public_numbers().n, key.public_numbers().e
        return {"kty": "RSA", "alg": "RS256", "n": _number(n), "e": _number(e), **common}
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise ValueError(type(key).__name__)  # noqa: TRY004 - the text is wrong, not its type
    alg, curve, _ = _curve(key)
    point, size = key.public_numbers(), _size(key)
    x, y = (b64url(part.to_bytes(size, "big")) for part in (point.x, point.y))
    return {"kty": "EC", "alg": alg, "crv": curve, "x": x, "y": y, **common}


def _number(value: int) -> str:
    return b64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def b64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def unb64url(text: str | bytes) -> bytes:
    """Return the bytes; raise ValueError for text that is not strictly base64url."""
    raw = text.encode() if isinstance(text, str) else text
    content = base64.b64decode(raw + b"=" * (-len(raw) % 4), altchars=b"-_", validate=True)
    if b64url(content).encode() != raw:  # bits left over at the end: two texts for one value
        raise ValueError("not canonical")
    return content
