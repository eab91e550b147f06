"""The one word about a PDF, and which fields differ; a hostile file costs its reader alone."""

import contextlib
import io
import random
import time
from dataclasses import replace

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, NameObject

from comun import reloj
from constancias import firma, rendering, services
from constancias.enums import Dictamen, EstadoLlave, Motivo, Tipo
from constancias.errors import PdfUnreadable
from constancias.models import Constancia, LlaveSello
from constancias.verificacion import judge, judge_code, judge_token, lectura
from constancias.verificacion.campos import AGREGADO, FIRMA
from tests.constancias import hojas
from tests.constancias.mutaciones.escena import Escena, counterfeit, issue, signed_by
from tests.constancias.mutaciones.pdf import append, metadata, new_page, overlay

pytestmark = pytest.mark.django_db
NSS = "Número de Seguridad Social"


@pytest.fixture
def escena(base):
    return Escena(bases=[base], stranger=counterfeit(base.llave, serie="4242424242"))


def laid_out(base, **changes) -> bytes:
    facts = replace(base.hoja.facts, **changes)
    return rendering.to_pdf(replace(base.hoja, facts=facts), base.row.sello)


def test_each_kind_is_in_force_by_its_three_ways(llave, make_numero):
    for n, tipo in enumerate(Tipo):
        base = issue(n, tipo, make_numero)
        answers = judge(base.pdf), judge_token(base.token), judge_code(base.hoja.codigo)
        assert {answer.dictamen for answer in answers} == {Dictamen.VIGENTE}
        assert {answer.constancia.tipo for answer in answers} == {tipo}


def test_hard_names_are_in_force(llave, make_numero):
    facts = hojas.facts(**hojas.LONG)
    preparado = services.prepare(facts=facts, tipo=Tipo.TARJETA)
    row = services.record(preparado=preparado, numero=make_numero(facts.nss), now=reloj.now())
    assert judge(services.read_pdf(row)).fallas == []
    assert judge_token(preparado.hoja.credencial).fallas == []


@pytest.mark.parametrize("change", [append, metadata])
def test_a_file_changed_and_not_its_text_is_told_by_its_signature(escena, base, change):
    verdict = judge(change(random.Random(1), base, escena))
    assert (verdict.dictamen, verdict.campos) == (Dictamen.ALTERADA, (FIRMA,))
    assert verdict.constancia == base.row


@pytest.mark.parametrize("tail", [b"\n%%EOF\n", b"\nstartxref\n9\n%%EOF\n", b"x" * 2000])
def test_what_breaks_the_index_is_told_as_altered_not_as_unreadable(base, tail):
    verdict = judge(base.pdf + tail)
    assert verdict.dictamen == Dictamen.ALTERADA
    assert FIRMA in verdict.campos


def test_what_was_written_over_is_told(escena, base):
    assert judge(overlay(random.Random(1), base, escena)).campos == (AGREGADO, FIRMA)


def test_a_page_added_is_not_genuine(escena, base):
    assert judge(new_page(random.Random(1), base, escena)).dictamen == Dictamen.ALTERADA


def test_the_number_changed_where_people_read_it_is_named(escena, base):
    html = rendering.to_html(base.hoja, base.row.sello)
    number = f"<td>{base.hoja.facts.nss}</td>"
    assert number in html
    forged = rendering.press()(html.replace(number, "<td>72250700019</td>"), bytes(16))
    verdict = judge(signed_by(forged, escena.stranger))
    assert (verdict.dictamen, verdict.campos) == (Dictamen.ALTERADA, (NSS, FIRMA))


def test_every_field_changed_is_named_and_no_value_is(escena, base):
    changes = {"nss": "72250700019", "nombres": "Otra", "segundo_apellido": "Solís", "sexo": "H"}
    verdict = judge(signed_by(laid_out(base, **changes), escena.twin(base)))
    named = {NSS, "Nombre(s)", "Segundo apellido", "Sexo", "Cadena de datos", FIRMA}
    assert named == set(verdict.campos) - {AGREGADO, "Texto de la hoja"}
    assert not {"72250700019", "Otra"} & set(verdict.campos)


def test_ours_signed_again_by_a_key_of_ours_is_not_the_one_issued(base):
    again = signed_by(base.bare, base.llave)
    assert judge(again).fallas == ["registro"]
    assert judge(again).dictamen == Dictamen.ALTERADA


def test_a_folio_written_on_a_sheet_tells_nothing_of_its_document(escena, base):
    hoja = hojas.hoja(folio=base.row.folio)
    assert judge(rendering.to_pdf(hoja, "MEUC")).constancia is None


def test_words_of_what_no_row_names(escena, base):
    hoja = hojas.hoja(nombres="Otra Persona")
    bare = rendering.to_pdf(hoja, "MEUC")
    words = {
        Dictamen.DESCONOCIDA: (bare, signed_by(bare, base.llave)),
        Dictamen.CLAVE_DESCONOCIDA: (signed_by(bare, escena.stranger),),
        Dictamen.ALTERADA: (
            signed_by(bare, base.llave) + b"\n",
            signed_by(bare, escena.twin(base)),
        ),
    }
    for word, files in words.items():
        assert [judge(file).dictamen for file in files] == [word] * len(files)


@pytest.mark.parametrize("estado", ["sustituida", "revocada"])
def test_how_it_ended_is_told_by_the_three_ways(base, estado):
    Constancia.objects.update(estado=estado, motivo=Motivo.ERROR, cambio_en=reloj.now())
    for verdict in (judge(base.pdf), judge_token(base.token), judge_code(base.hoja.codigo)):
        assert (verdict.dictamen, verdict.fallas) == (Dictamen(estado), ["vigencia"])


def test_a_revoked_key_is_told_by_the_three_ways(base):
    LlaveSello.objects.update(estado=EstadoLlave.REVOCADA, retirada_en=reloj.now())
    for verdict in (judge(base.pdf), judge_token(base.token), judge_code(base.hoja.codigo)):
        assert (verdict.dictamen, verdict.fallas) == (Dictamen.CLAVE_DESCONOCIDA, ["certificado"])


def test_a_verdict_hides_the_person_when_it_is_printed(base):
    printed = repr(judge(base.pdf))
    assert not [word for word in ("López", "LORA07", base.hoja.facts.nss) if word in printed]


# --- hostile files ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"hola", b"%PDF-", b"%PDF-1.7\n" + b"[" * 500_000, b"%PDF-1.7\n" + bytes(9999)]
)
def test_what_cannot_be_read_is_refused(db, content):
    with pytest.raises(PdfUnreadable):
        judge(content)


def test_a_small_file_that_asks_for_much_is_soon_given_up(db):
    writer, stream = pypdf.PdfWriter(), DecodedStreamObject()
    stream.set_data(b"0 0 m 1 1 l " * 4_000_000)
    page = writer.add_blank_page(200, 200)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    out = io.BytesIO()
    writer.write(out)
    assert len(out.getvalue()) < lectura.LARGEST // 4
    begun = time.monotonic()
    with contextlib.suppress(PdfUnreadable):
        assert not judge(out.getvalue()).genuina
    assert time.monotonic() - begun < 2 * lectura.WALL


def test_too_large_or_too_many_pages_is_refused(base):
    with pytest.raises(PdfUnreadable):
        judge(base.pdf + bytes(lectura.LARGEST))
    writer = pypdf.PdfWriter()
    for _ in range(lectura.PAGES + 1):
        writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(PdfUnreadable):
        judge(out.getvalue())


@pytest.mark.parametrize("harm", ["time", "memory", "crash", "silence", "noise"])
def test_a_reader_that_goes_wild_ends_alone(monkeypatch, harm):
    monkeypatch.setattr(lectura, "CPU", 1)
    monkeypatch.setattr(lectura, "WALL", 3)
    monkeypatch.setattr(lectura, "MEMORY", 64 * 1024 * 1024)
    wild = {
        "time": lambda: [None for _ in iter(int, 1)],
        "memory": lambda: {"x": len(bytearray(1 << 30))},
        "crash": lambda: __import__("os").abort(),
        "silence": lambda: time.sleep(60),
        "noise": lambda: {"texto": "x" * 50_000_000},
    }
    begun = time.monotonic()
    assert lectura._apart(wild[harm]) is None
    assert time.monotonic() - begun < 20
    assert lectura._apart(lambda: {"sano": True}) == {"sano": True}


def test_a_reader_does_not_touch_the_connection_of_its_parent(base):
    assert judge(base.pdf).genuina
    assert Constancia.objects.count() == 1
    assert firma.read(base.pdf, autoridades=[base.llave.autoridad]).valida
