"""verificar_constancia: 0 ours, 1 not ours and why, 2 not a PDF."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import connection

from comun import reloj
from constancias import firma, llaves, rendering, services, verificacion
from constancias.enums import Tipo
from constancias.errors import PdfUnreadable
from constancias.models import Constancia, LlaveSello
from tests.constancias import hojas

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(llave, numero):
    preparado = services.prepare(facts=hojas.facts(), tipo=Tipo.CONSTANCIA)
    return services.record(preparado=preparado, numero=numero, now=reloj.now())


def verify(folder, pdf: bytes, *options: str) -> tuple[int, str]:
    path, out = folder / "traida.pdf", io.StringIO()
    path.write_bytes(pdf)
    with pytest.raises(SystemExit) as end:
        call_command("verificar_constancia", str(path), *options, stdout=out)
    return end.value.code, out.getvalue()


def answer(folder, pdf: bytes) -> tuple[int, list[str]]:
    code, text = verify(folder, pdf, "--json")
    return code, [name for name, holds in json.loads(text)["revisiones"].items() if not holds]


def test_ours_is_genuine(document, tmp_path):
    pdf = services.read_pdf(document)
    assert answer(tmp_path, pdf) == (0, [])
    code, text = verify(tmp_path, pdf)
    assert (code, text.splitlines()[-1]) == (0, "Auténtica.")


def test_json_names_folio_and_state_and_no_person(document, tmp_path):
    facts = json.loads(verify(tmp_path, services.read_pdf(document), "--json")[1])
    assert (facts["genuina"], facts["folio"], facts["estado"]) == (True, hojas.FOLIO, "vigente")
    assert "LORA" not in json.dumps(facts)


def test_it_stays_genuine_after_the_key_rotates(document, tmp_path):
    llaves.create(now=reloj.now())
    assert answer(tmp_path, services.read_pdf(document)) == (0, [])


def test_no_changed_byte_passes(document):
    pdf = services.read_pdf(document)
    for place in range(0, len(pdf), len(pdf) // 60):
        altered = bytearray(pdf)
        altered[place] ^= 1
        try:
            assert not verificacion.judge(bytes(altered), explain=False).genuina, place
        except PdfUnreadable:
            continue


def test_appended_bytes_are_named(document, tmp_path):
    code, faults = answer(tmp_path, services.read_pdf(document) + b"\n")
    assert code == 1
    assert faults == ["firma", "registro"]


def test_signed_by_us_but_never_issued_is_not_genuine(llave, document, tmp_path):
    hoja = hojas.hoja(nombres="Otra Persona")
    forged = firma.sign(rendering.to_pdf(hoja, "MEUC"), llave=llave, emisor=hojas.EMISOR)
    assert answer(tmp_path, forged) == (1, ["registro", "contenido", "sello", "vigencia"])


def test_without_signature_is_not_genuine(document, tmp_path):
    assert answer(tmp_path, rendering.to_pdf(hojas.hoja(), "MEUC"))[0] == 1


@pytest.mark.parametrize("estado", ["sustituida", "revocada"])
def test_a_document_no_longer_in_force_is_told(document, tmp_path, estado):
    Constancia.objects.end(estado=estado, motivo="llave", now=reloj.now())
    assert answer(tmp_path, services.read_pdf(document)) == (1, ["vigencia"])


def test_a_revoked_key_is_told(document, tmp_path):
    LlaveSello.objects.update(estado="revocada", retirada_en=reloj.now())
    assert answer(tmp_path, services.read_pdf(document)) == (1, ["certificado"])


def test_a_row_altered_in_the_database_is_told(document, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE constancias_constancia DISABLE TRIGGER USER")
        cursor.execute("UPDATE constancias_constancia SET snapshot = snapshot || '\\x00'::bytea")
        cursor.execute("ALTER TABLE constancias_constancia ENABLE TRIGGER USER")
    assert answer(tmp_path, services.read_pdf(document)) == (1, ["sello"])


@pytest.mark.parametrize("content", [b"", b"hola", b"%PDF-1.7\n"])
def test_what_is_no_pdf_is_unreadable(tmp_path, content):
    assert verify(tmp_path, content)[0] == 2


def test_missing_file_is_unreadable(tmp_path):
    out = io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verificar_constancia", str(tmp_path / "nada.pdf"), "--json", stdout=out)
    assert end.value.code == 2
    assert json.loads(out.getvalue())["genuina"] is False
