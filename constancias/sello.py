"""The sello digital: a signature over both cadenas that openssl can check without us.

    openssl dgst -sha256 -verify llave-publica.pem -signature sello.der mensaje.txt

where `mensaje.txt` is the cadena original, one newline and the cadena de datos.
"""

import base64
import unicodedata

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


def message(cadena: str, cadena_datos: str) -> bytes:
    """Return the bytes that are signed: both cadenas, NFC, UTF-8, one newline between."""
    return unicodedata.normalize("NFC", f"{cadena}\n{cadena_datos}").encode()


def sign(text: bytes, key: PrivateKey) -> str:
    """Return the signature in base64: ECDSA in DER, or PKCS #1 v1.5; SHA-256 in both."""
    if isinstance(key, rsa.RSAPrivateKey):
        return base64.b64encode(key.sign(text, padding.PKCS1v15(), SHA256())).decode()
    return base64.b64encode(key.sign(text, ec.ECDSA(SHA256()))).decode()


def verify(sello: str, text: bytes, key: PublicKey) -> bool:
    """Say if `sello` is the signature of exactly `text` by the holder of `key`."""
    try:
        signature = base64.b64decode(sello, validate=True)
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, text, padding.PKCS1v15(), SHA256())
        else:
            key.verify(signature, text, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):  # ValueError: no base64
        return False
    return True
