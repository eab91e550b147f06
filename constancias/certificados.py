"""Issues a signing certificate under a small authority of its own.

The authority's key lives for one signature and is forgotten: nobody can steal
it or issue a second certificate with it. Each new signing key has a new
authority, and both certificates stay published.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

YEARS = timedelta(days=365)
SIGNING_FOR, AUTHORITY_FOR = 5 * YEARS, 20 * YEARS
MARGIN = timedelta(days=1)  # clocks of those who verify may be behind
SERIAL_BELOW = 10**20  # printed as 20 digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Emitido:
    """A new key and its two certificates, all PEM."""

    llave: bytes
    certificado: str
    autoridad: str
    serie: str
    desde: datetime
    hasta: datetime


def issue(*, nombre: str, now: datetime) -> Emitido:
    """Make a P-256 key with a certificate for signing documents in the name of `nombre`."""
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority_name = _name(nombre, "Autoridad del sello")
    authority = _certificate(
        _subject(authority_name, authority_name, authority_key, now, AUTHORITY_FOR),
        _usage(authority=True),
        authority_key,
    )
    signing = _subject(_name(nombre, "Sello digital"), authority_name, key, now, SIGNING_FOR)
    signing = signing.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), False
    )
    certificate = _certificate(signing, _usage(authority=False), authority_key)
    return Emitido(
        llave=key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        certificado=_pem(certificate),
        autoridad=_pem(authority),
        serie=str(certificate.serial_number),
        desde=certificate.not_valid_before_utc,
        hasta=certificate.not_valid_after_utc,
    )


def _name(organization: str, common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _subject(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(1 + secrets.randbelow(SERIAL_BELOW - 1))
        .not_valid_before(now - MARGIN)
        .not_valid_after(now + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
    )


def _usage(*, authority: bool) -> list[x509.ExtensionType]:
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    return [x509.BasicConstraints(ca=authority, path_length=0 if authority else None), usage]


def _certificate(
    builder: x509.CertificateBuilder,
    critical: list[x509.ExtensionType],
    key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    for extension in critical:
        builder = builder.add_extension(extension, critical=True)
    return builder.sign(key, hashes.SHA256())


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
