"""The life of the keys: ask an authority for a certificate, install it, rotate, revoke."""

from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.db import transaction

from comun import bitacora
from constancias import certificados, llaves
from constancias.enums import EstadoLlave
from constancias.errors import CertificadoUnfit, LlaveUnknown
from constancias.models import LlaveSello
from constancias.sello import PrivateKey
from constancias.services.publicacion import ask_publication
from constancias.services.vida import two_people

ASKED = ".solicitada"  # the key whose certificate was asked for lies beside LLAVE_SELLO under this


def asked_path() -> Path:
    return Path(settings.LLAVE_SELLO + ASKED)


@transaction.atomic
def new_key(*, now: datetime, actor: str) -> LlaveSello:
    """Put a new key with a certificate of our own in the place of the active one.

    Raises
        SelloUnavailable: the file of the private key cannot be written.
    """
    row = llaves.create(now=now)
    ask_publication(now=now)
    bitacora.append(accion="llave.activada", objeto=row.serie, actor=actor, now=now)
    return row


def request_certificate() -> str:
    """Return a request (PEM) for a certification authority; its new private key waits beside ours.

    Raises
        SelloUnavailable: the file of the private key cannot be written.
    """
    peticion = certificados.request(nombre=settings.EMISOR_NOMBRE)
    llaves.keep_private(asked_path(), peticion.llave)
    return peticion.solicitud


@transaction.atomic
def install_certificate(
    *, certificado: str, autoridad: str, now: datetime, actor: str
) -> LlaveSello:
    """Make the key of the last request the active one, with the certificate it was given.

    Raises
        CertificadoUnfit: none was asked for, or this is not its certificate.
        SelloUnavailable: the file of the private key cannot be written.
    """
    try:
        pem = asked_path().read_bytes()
        key = load_pem_private_key(pem, password=None)
    except (OSError, ValueError) as exc:
        raise CertificadoUnfit(motivo="sin_solicitud") from exc
    if not isinstance(key, PrivateKey):
        raise CertificadoUnfit(motivo="sin_solicitud")
    public = key.public_key()
    certificados.check_foreign(certificado=certificado, autoridad=autoridad, key=public, now=now)
    certificate = x509.load_pem_x509_certificate(certificado.encode())
    row = LlaveSello(
        serie=str(certificate.serial_number),
        certificado=certificado,
        autoridad=autoridad,
        desde=certificate.not_valid_before_utc,
        hasta=certificate.not_valid_after_utc,
    )
    llaves.activate(row, llave=pem, now=now)
    ask_publication(now=now)
    bitacora.append(accion="llave.activada", objeto=row.serie, actor=actor, now=now)
    asked_path().unlink()
    return row


@transaction.atomic
def revoke_key(
    *, serie: str, motivo: str, solicita: str, aprueba: str, now: datetime
) -> LlaveSello:
    """Stop believing a key: what it sealed is no longer genuine. Two people.

    With the active one revoked nothing is issued until there is another; the
    steps that need it wait.

    Raises
        SamePerson, TextUnprintable: about who asks and approves.
        LlaveUnknown: there is none, or it was revoked before.
    """
    first, second = two_people(solicita, aprueba)
    held = LlaveSello.objects.select_for_update().exclude(estado=EstadoLlave.REVOCADA)
    row = held.filter(pk=serie.lstrip("0")).first()
    if row is None:
        raise LlaveUnknown(serie=serie)
    LlaveSello.objects.filter(pk=row.pk).update(estado=EstadoLlave.REVOCADA, retirada_en=now)
    ask_publication(now=now)
    for accion, actor in (("llave.revocacion_solicitada", first), ("llave.revocada", second)):
        bitacora.append(accion=accion, objeto=row.serie, actor=actor, razon=motivo, now=now)
    row.refresh_from_db()
    return row
