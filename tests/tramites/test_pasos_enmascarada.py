"""The constancia that shows four digits: asked for once, made by the worker, listed with the others."""

import io

import pypdf
import pytest

from constancias.models import Constancia
from tests.tramites.escena import MINE
from tests.tramites.visita import Visita
from tramites.models import Solicitud

ASK = MINE + "enmascarada/"
LOOK = {"parte": "enmascarada"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def visita(located):
    return located


def masked():
    return Constancia.objects.filter(tipo="enmascarada")


def test_asked_for_it_is_made_and_shows_four_digits_only(visita, attend_all):
    assert "Pedir constancia con NSS enmascarado" in visita.get(MINE).text
    assert visita.post(ASK).url == MINE
    page = visita.get(MINE)
    assert "Preparamos tu constancia con NSS enmascarado" in page.text
    assert "Pedir constancia con NSS enmascarado" not in page.text
    assert 'http-equiv="refresh"' in page.html
    attend_all()
    page = visita.get(MINE)
    papers = [a["data-documento"] for _, a in page.doc.elements if "data-documento" in a]
    assert papers == ["constancia", "tarjeta", "comprobante", "enmascarada"]
    assert 'http-equiv="refresh"' not in page.html
    pdf = visita.client.get(f"{MINE}documentos/enmascarada/").content
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    nss = Solicitud.objects.get().numero.nss
    assert nss[-4:] in text
    assert nss not in text
    assert nss[:7] not in text


def test_asked_twice_is_made_once(visita, attend_all):
    visita.post(ASK)
    visita.post(ASK)
    attend_all()
    visita.post(ASK)
    attend_all()
    assert masked().count() == 1
    assert "Ya está en tus documentos" in visita.get(MINE).text


def test_the_page_looks_until_it_is_there(visita, attend_all):
    visita.post(ASK)
    headers = {"HX-Request": "true"}
    waiting = visita.client.get(MINE, LOOK, headers=headers)
    assert (waiting.status_code, waiting.content) == (204, b"")
    attend_all()
    assert visita.client.get(MINE, LOOK, headers=headers)["HX-Refresh"] == "true"


def test_nobody_else_may_ask(visita, attend_all):
    assert Visita().post(ASK).status == 404
    assert visita.client.get(ASK).status_code == 405
    attend_all()
    assert masked().count() == 0
