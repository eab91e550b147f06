"""The closing page: "Paso 4" for a new number, what to print and for whom, which way out."""

import pytest

from tests.nss.personas import identidad
from tests.tramites import escena
from tests.tramites.escena import ADDRESS, CHECK, CLINIC, MINE, TAXCO, YES
from tramites.models import Solicitud

FORM, LEAVE = "/asignacion-nss/", "/asignacion-nss/salir/"
PAPERS = MINE + "documentos/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def assigned(persona, attend_all):
    escena.catalogue()
    escena.series()
    browser = escena.proved(persona, attend_all)
    attend_all()
    browser.post(YES)
    page = browser.follow(browser.post(ADDRESS, {"cp": TAXCO, "accion": "buscar"}))
    colonia = next(a["value"] for tag, a in page.doc.elements if tag == "option" and a["value"])
    typed = {"asentamiento": colonia, "calle": "Plaza", "numero_exterior": "1"}
    browser.post(ADDRESS, page.form("form-domicilio") | typed)
    browser.post(CLINIC)
    browser.post(CHECK)
    attend_all()
    return browser


def test_new_number_ends_with_paso_4_and_its_clinic(assigned):
    page = assigned.get(MINE)
    folio = Solicitud.objects.get().folio
    assert "Paso 4: Solicitud procesada" in page.text
    assert f"La solicitud {folio} fue concluida exitosamente." in page.text
    assert "Unidad de Medicina Familiar UMF 5" in page.text


def test_located_number_ends_without_it(located):
    page = located.get(MINE)
    assert "Paso 4" not in page.text
    assert "Proceso concluido Ya cuentas con Número de Seguridad Social." in page.text
    assert "Unidad de Medicina Familiar" not in page.text


def test_what_to_print_is_one_press_away(located):
    links = [a["href"] for tag, a in located.get(MINE).doc.elements if tag == "a" and "href" in a]
    assert links.count(f"{PAPERS}constancia/") == 2  # "Ver" and IMPRIMIR NSS
    assert links.count(f"{PAPERS}comprobante/descargar/") == 2
    assert "Imprime dos" in located.get(MINE).text


@pytest.mark.parametrize(
    ("entrance", "label"), [("", "Finalizar trámite"), ("?desde=ficha", "ACEPTAR")]
)
def test_way_out_is_called_as_at_the_entrance(located, entrance, label):
    located.get(FORM + entrance)
    page = located.get(MINE)
    assert page.form("form-finalizar") is not None
    assert label in page.text


def test_inconcluso_can_be_accepted(attend_all):
    browser = escena.proved(identidad(1), attend_all)
    attend_all()
    page = browser.get(MINE)
    assert page.mark("estado") == "inconclusa"
    assert "ACEPTAR" in page.text
    page = browser.follow(browser.post(LEAVE))
    assert "Tu solicitud sigue guardada" in page.text
    assert browser.get(MINE).status == 403
