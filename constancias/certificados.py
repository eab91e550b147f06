"""Issues a signing certificate under a small authority of its own, or asks a real one for it.

The own authority's key lives for one signature and is forgotten: nobody can steal
it or issue a second certificate with it. Each new signing key has a new
authority, and both certificates stay published.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from constancias.errors import CertificadoUnfit
from constancias.sello import PublicKey

PEM = serialization.Encoding.PEM
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
        llave=_private(key),
        certificado=_pem(certificate),
        autoridad=_pem(authority),
        serie=str(certificate.serial_number),
        desde=certificate.not_valid_before_utc,
        hasta=certificate.not_valid_after_utc,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Peticion:
    """A new key and the request (PKCS #10) that a certification authority signs, both PEM."""

    llave: bytes
    solicitud: str


def request(*, nombre: str) -> Peticion:
    """Make a P-256 key and ask for a certificate in the name of `nombre`."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateSigningRequestBuilder(_name(nombre, "Sello digital"))
    for extension in _usage(authority=False):
        builder = builder.add_extension(extension, critical=True)
    signed = builder.sign(key, hashes.SHA256())
    return Peticion(llave=_private(key), solicitud=signed.public_bytes(PEM).decode())


def check_foreign(*, certificado: str, autoridad: str, key: PublicKey, now: datetime) -> None:
    """Refuse a certificate that a foreign authority gave and that cannot seal with `key`.

    Raises
        CertificadoUnfit: `motivo` says which: no_es_pem, otra_llave, vencido, uso, autoridad.
    """
    try:
        certificate = x509.load_pem_x509_certificate(certificado.encode())
        issuers = x509.load_pem_x509_certificates(autoridad.encode())
    except ValueError as exc:
        raise CertificadoUnfit(motivo="no_es_pem") from exc
    if certificate.public_key() != key:
        raise CertificadoUnfit(motivo="otra_llave")
    if not certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc:
        raise CertificadoUnfit(motivo="vencido")
    if not _may_sign(certificate):
        raise CertificadoUnfit(motivo="uso")
    if not any(_issued(certificate, issuer) for issuer in issuers):
        raise CertificadoUnfit(motivo="autoridad")


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    pkcs8, clear = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(PEM, pkcs8, clear)


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
    return certificate.public_bytes(PEM).decode()
