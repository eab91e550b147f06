"""Adapter to pyHanko: puts a PAdES certification (B-B, or B-T) into a PDF, and checks one.

pyHanko is imported at the first use, like WeasyPrint.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from constancias import tiempo
from constancias.documentos import Emisor
from constancias.errors import PdfUnreadable
from constancias.llaves import Llave

FIELD = "Sello"
SIGNS = {"non_repudiation", "digital_signature"}  # real authorities give one, the other or both
SIGNATURE_ROOM = 2048  # bytes, besides the certificates


def sign(pdf: bytes, *, llave: Llave, emisor: Emisor, tsa: Any | None = None) -> bytes:
    """Return `pdf` certified: one signature over the whole file, no change allowed after it.

    `tsa` is tiempo.authority(): with one the signature is dated by it (B-T).

    Raises
        TimeUnavailable: the authority did not date it.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import signers  # noqa: PLC0415
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter  # noqa: PLC0415

    demo = "Demostración, sin validez oficial"
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=emisor.nombre,
        reason=demo if emisor.demo else f"Documento expedido por {emisor.nombre}",
        location="México",
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    # Hex digits kept for the signature: told, or pyHanko signs twice to find out.
    room = 2 * (SIGNATURE_ROOM + len(llave.certificado) + len(llave.autoridad))
    room += 2 * tiempo.ROOM if tsa else 0
    signed: bytes = signers.sign_pdf(
        writer, metadata, signer=signer(llave), timestamper=tsa, bytes_reserved=room
    ).getvalue()
    return signed


@lru_cache(maxsize=4)
def signer(llave: Llave) -> Any:
    """Return pyHanko's signer around a key that is already loaded.

    SimpleSigner parses and validates the key again for each signature (28 ms).
    """
    from pyhanko.sign import signers  # noqa: PLC0415
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

    class LoadedSigner(signers.Signer):
        async def async_sign_raw(
            self, data: bytes, digest_algorithm: str, dry_run: bool = False
        ) -> bytes:
            if isinstance(llave.key, rsa.RSAPrivateKey):
                return llave.key.sign(data, padding.PKCS1v15(), SHA256())
            return llave.key.sign(data, ec.ECDSA(SHA256()))

    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(_certificates(llave.autoridad))
    return LoadedSigner(signing_cert=_certificates(llave.certificado)[0], cert_registry=store)


def _certificates(pem: str) -> list[Any]:
    from asn1crypto import pem as armor  # noqa: PLC0415
    from asn1crypto import x509  # noqa: PLC0415

    parts = armor.unarmor(pem.encode(), multiple=True)
    return [x509.Certificate.load(der) for _, _, der in parts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Firma:
    """The signature a PDF carries: who, when by their clock, and if it may be believed."""

    serie: str
    fecha: datetime | None
    sellada: datetime | None = None  # when an outside authority dated it, if it can be believed
    entera: bool  # it covers the last byte, and nothing was changed
    valida: bool  # and the mathematics and the certificate agree


def read(pdf: bytes, *, autoridades: list[str]) -> Firma | None:
    """Return what the only signature of `pdf` is worth, or None if it has not exactly one.

    The certificate is judged at the moment the signature claims: one retired
    by date keeps what it signed; one revoked is the caller's to refuse.

    Raises
        PdfUnreadable: the bytes are no PDF.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    except Exception as exc:
        raise PdfUnreadable from exc
    if len(signatures) != 1:
        return None
    embedded = signatures[0]
    try:
        fecha = embedded.self_reported_timestamp
        context = ValidationContext(
            trust_roots=[root for pem in autoridades for root in _certificates(pem)],
            allow_fetching=False,
            moment=fecha,
        )
        status = validate_pdf_signature(
            embedded,
            context,
            ts_validation_context=tiempo.context_of(tiempo.trusted_roots()),
            key_usage_settings=KeyUsageConstraints(key_usage=SIGNS),
        )
        serie = str(embedded.signer_cert.serial_number)
    except Exception:  # bytes of a stranger: any fault of theirs is a no
        return Firma(serie="", fecha=None, entera=False, valida=False)
    entera = status.coverage == SignatureCoverageLevel.ENTIRE_FILE and status.intact
    return Firma(
        serie=serie,
        fecha=fecha,
        sellada=_dated(status.timestamp_validity),
        entera=entera,
        valida=entera and _holds(status),
    )


def _holds(status: Any) -> bool:
    """Is it bottom_line without the date: a retired time authority unmakes no document."""
    kept = status.docmdp_ok or status.modification_level is None
    return bool(status.intact and status.valid and status.trusted and status.seed_value_ok and kept)


def _dated(stamp: Any | None) -> datetime | None:
    """Return the date of a token that is whole, and trusted where settings say whom to trust."""
    if stamp is None or not (stamp.valid and stamp.intact):
        return None
    if tiempo.trusted_roots() and not stamp.trusted:
        return None
    moment: datetime = stamp.timestamp
    return moment
