"""/verificar/ as a person uses it: a code, a QR, a PDF; what is told and what never is."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from comun import reloj
from comun.models import Bitacora
from constancias import codigo, rendering, services
from constancias.enums import Canal, Dictamen, Medio, Motivo
from constancias.models import Constancia, Consulta, Verificacion
from constancias.verificacion import LARGEST, Veredicto
from constancias.verificacion.informe import inform
from tests.constancias import hojas
from tests.constancias.visitante import (
    PAGE,
    PERSONAL,
    UPLOAD,
    VERDICT,
    html_of,
    resolved,
    upload,
    verdict,
    work,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]


def test_the_page_offers_three_ways_and_is_found_from_every_page(client, db):
    html = html_of(client.get(PAGE))
    for name in (
        'name="codigo"',
        'name="credencial"',
        'name="archivo"',
        "/verificar/sin-conexion/",
    ):
        assert name in html
    assert html_of(client.get("/")).count(f'href="{PAGE}"') >= 2


@pytest.mark.parametrize("write", [str, codigo.group, str.lower, lambda c: f"  {c[:6]} {c[6:]}\n"])
def test_a_code_in_any_hand_is_in_force(client, base, write):
    response = client.post(PAGE, {"codigo": write(base.hoja.codigo)})
    assert verdict(response) == "vigente"


@pytest.mark.parametrize("field", ["credencial", "codigo"])
def test_the_text_of_the_qr_is_in_force_in_either_field(client, base, field):
    assert verdict(client.post(PAGE, {field: f"{base.token}\r\n"})) == "vigente"


def test_a_pdf_is_read_by_the_worker_and_then_answered(client, base):
    response = upload(client, base.pdf)
    waiting = client.get(response["Location"])
    assert "Leemos tu PDF" in html_of(waiting)
    assert '<noscript><meta http-equiv="refresh"' in html_of(waiting)
    asks = {"headers": {"HX-Request": "true"}}
    assert client.get(response["Location"], **asks).status_code == 204
    work()
    assert client.get(response["Location"], **asks)["HX-Refresh"] == "true"
    assert verdict(client.get(response["Location"])) == "vigente"


def test_the_least_is_told_of_the_person(client, base):
    for response in (
        client.post(PAGE, {"codigo": base.hoja.codigo}),
        client.post(PAGE, {"credencial": base.token}),
        resolved(client, base.pdf),
        resolved(client, base.pdf + b"\n"),
    ):
        html = html_of(response)
        nss = base.hoja.facts.nss
        assert [word for word in (*PERSONAL, nss) if word in html] == []
        assert "A. S. L. R." in html
        assert nss[-4:] in html
        assert base.row.folio in html


def test_an_altered_pdf_names_what_differs(client, base):
    html = html_of(resolved(client, base.pdf + b"\n"))
    assert VERDICT.search(html)[1] == "alterada"
    assert "Firma electrónica" in html


def test_a_pdf_of_nobody_is_unknown_and_garbage_unreadable(client, base):
    assert verdict(resolved(client, rendering.to_pdf(hojas.hoja(), "MEUC"))) == "desconocida"
    assert verdict(resolved(client, b"%PDF-1.7 nada")) == "ilegible"


def test_how_it_ended_is_told_and_not_its_heir(client, base):
    Constancia.objects.update(estado="revocada", motivo=Motivo.OTRA_PERSONA, cambio_en=reloj.now())
    html = html_of(client.post(PAGE, {"codigo": base.hoja.codigo}))
    assert VERDICT.search(html)[1] == "revocada"
    assert Motivo.OTRA_PERSONA.label in html


def test_what_replaced_it_is_not_told(client, base):
    services.reissue(
        folio=base.row.folio, motivo=Motivo.REEMPLAZO, actor="Mesa de ayuda", now=reloj.now()
    )
    heir = Constancia.objects.get(reemplaza=base.row.pk)
    html = html_of(client.post(PAGE, {"codigo": base.hoja.codigo}))
    assert VERDICT.search(html)[1] == "sustituida"
    assert heir.folio not in html


def test_every_code_of_nobody_gets_the_same_answer(client, base):
    pages = {
        re.sub(
            r'value="[^"]{20,}"|Consulta del [^<]*', "", html_of(client.post(PAGE, {"codigo": c}))
        )
        for c in (codigo.mint() for _ in range(5))
    }
    assert len(pages) == 1
    assert VERDICT.search(pages.pop())[1] == "desconocida"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"codigo": ""}, "Escribe el código"),
        ({"codigo": "ABCD"}, "Falta algún carácter"),
        ({"codigo": "ABCD-EFGH-JKM!"}, "carácter 12"),
        ({"codigo": "0000-0000-0001"}, "No coincide|no coincide"),
        ({"credencial": ""}, "Pega el texto"),
        ({"credencial": "https://ejemplo.mx"}, "NSS1:"),
        ({"credencial": "NSS1:" + "0" * 900}, "demasiado largo"),
        ({}, "Escribe el código"),
    ],
)
def test_what_is_no_code_nor_qr_is_told_why_and_nothing_is_looked_up(client, db, data, told):
    html = html_of(client.post(PAGE, data))
    assert re.search(told, html)
    assert 'id="resumen-errores"' in html
    assert Verificacion.objects.count() == Bitacora.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "told"), [(b"", "vacío"), (b"hola", "no es un PDF"), (None, "Elige el PDF")]
)
def test_what_is_no_pdf_is_told_at_once(client, db, content, told):
    response = client.post(UPLOAD, {}) if content is None else upload(client, content)
    assert told in html_of(response)
    assert Consulta.objects.count() == 0


def test_too_large_a_file_is_refused_before_it_is_read(client, db):
    response = upload(client, b"%PDF-" + bytes(LARGEST + 20_000))
    assert response.status_code == 413
    assert "pasa de 2 MB" in html_of(response)
    assert "pasa de 2 MB" in html_of(upload(client, b"%PDF-" + bytes(LARGEST)))
    assert Consulta.objects.count() == 0


def test_both_forms_ask_for_their_own_origin(base):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PAGE, {"codigo": base.hoja.codigo}).status_code == 403
    assert upload(strict, base.pdf).status_code == 403


def test_every_word_has_its_page(client, base):
    for word in Dictamen:
        row = Consulta(canal=Canal.PAGINA, creada_en=reloj.now())
        checks = {"firma": word == "vigente", "vigencia": True}
        told = Veredicto(dictamen=word, revisiones=checks, constancia=base.row, hoja=base.hoja)
        row.resultado = inform(told, medio=Medio.PDF, now=reloj.now())
        row.save(force_insert=True)
        assert verdict(client.get(reverse("constancias:consulta", args=(row.pk,)))) == word
