"""Twelve documents of the four kinds, of ordinary and hard people; 200 in the long tier."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from comun import reloj
from constancias import services
from constancias.enums import Tipo
from constancias.models import Constancia
from nss.rules.numero import nss_digit
from nss.sinteticos import people
from tests.constancias import examen, hojas, hostil

MARK = "DEMOSTRACIÓN · SIN VALIDEZ OFICIAL"
pytestmark = pytest.mark.django_db


def issue_many(how_many: int, make_numero) -> list[Constancia]:
    """Issue documents for the first people of the generator, one kind after the other."""
    issued = []
    source = people(5, today=date(2026, 8, 3))
    for n in range(how_many // len(Tipo)):
        who = next(source).identidad
        base = f"002607{n:04}"
        facts = hojas.facts(
            folio=f"17399369076551{n:09}",
            nss=base + nss_digit(base),
            curp=who.curp,
            nombres=who.nombres,
            primer_apellido=who.primer_apellido,
            segundo_apellido=who.segundo_apellido,
            sexo=who.sexo,
            fecha_nacimiento=who.fecha_nacimiento,
            entidad_nacimiento=who.entidad,
        )
        numero = make_numero(facts.nss)
        for tipo in Tipo:
            preparado = services.prepare(facts=facts, tipo=tipo)
            issued.append(services.record(preparado=preparado, numero=numero, now=reloj.now()))
    return issued


def unmarked(pdf: bytes) -> list[int]:
    """Return the pages of a demo's PDF that do not say so, above and across."""
    pages = PdfReader(BytesIO(pdf)).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    return [n for n, text in enumerate(texts) if text.count(MARK) < 2]


def test_twelve_documents_are_good_for_four_programs(llave, make_numero, tmp_path):
    issued = issue_many(12, make_numero)
    assert len(issued) == 12
    for document in issued:
        pdf = services.read_pdf(document)
        assert examen.faults(tmp_path, document, pdf) == []
        assert hostil.active_keys(pdf) == set()
        assert unmarked(pdf) == []


def test_the_programs_see_a_bad_one(llave, make_numero, tmp_path):
    document, other, *_ = issue_many(4, make_numero)
    pdf = services.read_pdf(document)
    assert "pdfsig: not total" in examen.faults(tmp_path, document, pdf + b"\n%%EOF\n")
    broken = bytearray(pdf)
    broken[pdf.index(b"stream") + 30] ^= 1
    assert {"pdfsig: Signature is Valid.", "pyhanko", "qpdf"} <= set(
        examen.faults(tmp_path, document, bytes(broken))
    )
    document.sello = other.sello
    assert examen.faults(tmp_path, document, pdf) == ["openssl"]
