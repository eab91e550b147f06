"""The key that seals: read once per process, created by an operator, never in the database."""

import logging
import os
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.db import transaction

from constancias import certificados
from constancias.enums import EstadoLlave
from constancias.errors import SelloUnavailable
from constancias.models import LlaveSello
from constancias.sello import PrivateKey, PublicKey

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Llave:
    """A private key beside the certificate that others verify it with."""

    serie: str
    key: PrivateKey
    certificado: str
    autoridad: str


def active() -> Llave:
    """Return the active key, loaded once per process and certificate.

    Raises
        SelloUnavailable: no active certificate, no key file, or they are no pair;
            it passes when the operator puts it right, so the step is retried.
    """
    row = LlaveSello.objects.active().values_list("serie", "certificado", "autoridad").first()
    if row is None:
        log.error("no hay llave del sello activa: manage.py llaves_sello crear")
        raise SelloUnavailable("activa")
    return _load(settings.LLAVE_SELLO, *row)


@lru_cache(maxsize=4)
def _load(path: str, serie: str, certificado: str, autoridad: str) -> Llave:
    try:
        key = load_pem_private_key(Path(path).read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as exc:
        log.error("no se puede leer LLAVE_SELLO: %s", type(exc).__name__)  # noqa: TRY400
        raise SelloUnavailable("archivo") from exc
    if not isinstance(key, PrivateKey) or key.public_key() != public_key(certificado):
        log.error("LLAVE_SELLO no es la llave del certificado %s", serie)
        raise SelloUnavailable("pareja")
    return Llave(serie=serie, key=key, certificado=certificado, autoridad=autoridad)


def public_key(certificado: str) -> PublicKey:
    """Return the key of a PEM certificate; raise ValueError for a kind that seals nothing here."""
    key = x509.load_pem_x509_certificate(certificado.encode()).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise ValueError(type(key).__name__)  # noqa: TRY004 - the text is wrong, not its type
    return key


def is_ready() -> bool:
    try:
        active()
    except SelloUnavailable:
        return False
    return True


def create(*, now: datetime) -> LlaveSello:
    """Issue a new key, retire the active one, and put the private key in settings.LLAVE_SELLO.

    Raises
        SelloUnavailable: the file cannot be written.
    """
    nuevo = certificados.issue(nombre=settings.EMISOR_NOMBRE, now=now)
    row = LlaveSello(
        serie=nuevo.serie,
        certificado=nuevo.certificado,
        autoridad=nuevo.autoridad,
        desde=nuevo.desde,
        hasta=nuevo.hasta,
    )
    activate(row, llave=nuevo.llave, now=now)
    return row


def activate(row: LlaveSello, *, llave: bytes, now: datetime) -> None:
    """Make `row` the active key in the place of the one that was, with its private PEM.

    The file takes its place last, inside the transaction: if it cannot, the row
    is not there either.

    Raises
        SelloUnavailable: the file cannot be written.
    """
    with transaction.atomic():
        LlaveSello.objects.active().update(estado=EstadoLlave.RETIRADA, retirada_en=now)
        row.save(force_insert=True)
        keep_private(Path(settings.LLAVE_SELLO), llave)


def keep_private(path: Path, content: bytes) -> None:
    """Put a private key where only its owner reads it.

    Raises
        SelloUnavailable: the file cannot be written.
    """
    try:
        _write_private(path, content)
    except OSError as exc:
        raise SelloUnavailable("archivo") from exc


def _write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.nueva")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
