"""The PDF signature, as pdfsig and pyHanko judge it."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from constancias import firma, llaves, rendering
from constancias.errors import PdfUnreadable
from constancias.models import LlaveSello
from tests.constancias import hojas

SELLO = "MEUCIQ"


@pytest.fixture
def signed(llave):
    return firma.sign(rendering.to_pdf(hojas.hoja(), SELLO), llave=llave, emisor=hojas.EMISOR)


def read(pdf: bytes) -> firma.Firma | None:
    return firma.read(pdf, autoridades=[row.autoridad for row in LlaveSello.objects.all()])


def test_pdfsig_and_pyhanko_accept_it(signed, llave, pdf_tool):
    report = pdf_tool(signed, "pdfsig", "-nocert", "{}")
    assert "Signature is Valid." in report
    assert "Total document signed" in report
    assert "ETSI.CAdES.detached" in report
    found = read(signed)
    assert found is not None
    assert (found.serie, found.entera, found.valida) == (llave.serie, True, True)


def test_it_certifies_with_no_change_allowed_and_says_it_is_a_demo(signed):
    assert b"/DocMDP" in signed
    assert "Demostraci".encode("utf-16-be") in signed or b"Demostraci" in signed


def test_production_reason_names_the_issuer(llave):
    from tests.constancias.test_rendering import ISSUER

    hoja = hojas.hoja(emisor=ISSUER)
    signed = firma.sign(rendering.to_pdf(hoja, SELLO), llave=llave, emisor=ISSUER)
    assert read(signed).valida
    assert b"Escuela Normal" in signed


def test_still_tagged_after_signing(signed, pdf_tool):
    assert "Tagged:          yes" in pdf_tool(signed, "pdfinfo", "{}")


def test_changed_byte_is_refused(signed, pdf_tool):
    """Anywhere but in the zeros that fill the signature's own place, which nothing covers."""
    padding = range(signed.index(b"/Contents <"), len(signed))
    covered = [n for n in range(20, len(signed), len(signed) // 60) if n not in padding]
    assert len(covered) > 30
    for place in covered:
        altered = bytearray(signed)
        altered[place] ^= 1
        try:
            found = read(bytes(altered))
        except PdfUnreadable:
            continue
        assert found is None or not found.valida, place
    assert "Digest Mismatch" in pdf_tool(_flip_in_stream(signed), "pdfsig", "-nocert", "{}")


def _flip_in_stream(pdf: bytes) -> bytes:
    altered = bytearray(pdf)
    altered[pdf.index(b"stream") + 20] ^= 1
    return bytes(altered)


@pytest.mark.parametrize("tail", [b"\n", b"1 0 obj\n<<>>\nendobj\n"])
def test_appended_bytes_are_refused(signed, tail):
    found = read(signed + tail)
    assert found is not None
    assert not found.entera
    assert not found.valida


def test_appended_update_is_refused_where_pdfsig_still_says_valid(signed, pdf_tool):
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.root["/Added"] = generic.BooleanObject(True)
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    report = pdf_tool(out.getvalue(), "pdfsig", "-nocert", "{}")
    assert "Signature is Valid." in report
    assert "Not total document signed" in report
    found = read(out.getvalue())
    assert found is not None
    assert (found.entera, found.valida) == (False, False)


def test_unsigned_and_unreadable_are_told_apart(llave):
    assert read(rendering.to_pdf(hojas.hoja(), SELLO)) is None
    with pytest.raises(PdfUnreadable):
        read(b"no es un PDF")


def test_unknown_authority_is_refused(signed):
    found = firma.read(signed, autoridades=[])
    assert found is not None
    assert found.entera
    assert not found.valida


def test_signer_is_built_once(llave, signed):
    assert firma.signer(llave) is firma.signer(llave)


def test_foreign_rsa_certificate_signs_too(llave, pdf_tool):
    key, now = rsa.generate_private_key(65537, 2048), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Escuela")])
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"), False
    )
    usage |= dict.fromkeys(("crl_sign", "encipher_only", "decipher_only"), False)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 10**40, now, now + timedelta(days=9))
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True
        )
        .sign(key, SHA256())
        .public_bytes(Encoding.PEM)
        .decode()
    )
    foreign = llaves.Llave(
        serie=str(10**40), key=key, certificado=certificate, autoridad=certificate
    )
    pdf = rendering.to_pdf(hojas.hoja(), SELLO)
    signed = firma.sign(pdf, llave=foreign, emisor=hojas.EMISOR)
    found = firma.read(signed, autoridades=[certificate])
    assert found is not None
    assert (found.serie, found.valida) == (str(10**40), True)
    assert "Signature is Valid." in pdf_tool(signed, "pdfsig", "-nocert", "{}")
