"""¿Eres tú?: the data are shown before an address is asked for; No ends with a slip, not a wall."""

import pytest

from comun import reloj
from tests.tramites import escena
from tests.tramites.escena import ADDRESS, MINE, NO, OFFICE, SLIP, TAXCO, YES
from tramites.models import Solicitud, VinculoCorreo
from tramites.services import vigilancia

pytestmark = pytest.mark.django_db


@pytest.fixture
def visita(unnumbered):
    return unnumbered


def only():
    return Solicitud.objects.get()


def test_data_of_the_registry_are_shown_in_their_boxes(visita, persona):
    page = visita.follow(visita.get(MINE))
    assert page.title.startswith("¿Eres tú?")
    for words in (
        persona.curp,
        persona.nombres,
        persona.primer_apellido,
        persona.segundo_apellido,
        "Fecha de nacimiento",
        str(persona.fecha_nacimiento.year),
        "Sí, continuar",
        "se te asignará uno",
    ):
        assert words in page.text
    assert NO in page.links()


def test_address_waits_for_the_answer(visita):
    assert visita.get(ADDRESS).url == YES
    assert visita.post(ADDRESS, {"cp": TAXCO}).url == YES
    assert visita.get(ADDRESS, htmx=True).response["HX-Refresh"] == "true"
    assert visita.post(YES).url == ADDRESS
    assert visita.post(YES).url == ADDRESS
    assert visita.get(ADDRESS).status == 200
    assert visita.get(MINE).url == ADDRESS


def test_answer_is_kept_for_another_device(visita, persona, attend_all):
    visita.post(YES)
    other = escena.proved(persona, attend_all)
    assert other.get(MINE).url == ADDRESS


def test_no_explains_before_it_ends(visita):
    page = visita.get(NO)
    for words in ("Escribí mal mi CURP", "Registro Civil", "Todavía no se asigna", "REGRESAR"):
        assert words in page.text
    assert YES in page.links()
    assert only().estado == "requiere_domicilio"


def test_no_ends_with_its_reason_papers_and_slip(visita):
    assert visita.post(NO).url == MINE
    assert visita.post(NO).url == MINE
    page = visita.get(MINE)
    assert (page.mark("estado"), page.mark("razon")) == ("inconclusa", "datos_no_coinciden")
    assert "Tus datos no coinciden" in page.text
    assert SLIP in page.links()
    slip = visita.get(SLIP)
    assert slip.mark("folio") == only().folio
    assert "acta de nacimiento" in slip.text.lower()
    assert only().identidad is None
    assert only().movimientos.filter(destino="inconclusa").count() == 1
    for path in (YES, NO, ADDRESS):
        assert visita.get(path).url == MINE


def test_no_lets_the_owner_of_the_curp_have_their_own_mailbox(visita, persona, attend_all):
    visita.post(NO)
    assert not VinculoCorreo.objects.filter(estado="activo").exists()
    owner = escena.proved(persona, attend_all, "duena@example.org")
    attend_all()
    assert owner.get(MINE).url == YES  # not held for 72 hours


def test_staff_solves_the_case_and_it_asks_again(visita, attend_all):
    visita.post(NO)
    solicitud = only()
    solicitud.advance("confirmada", now=reloj.now(), razon="")
    from comun.queue import enqueue
    from tramites.enums import IDENTIFICAR

    enqueue(IDENTIFICAR, solicitud.pk, now=reloj.now())
    attend_all()
    assert visita.get(MINE).url == YES
    assert vigilancia.watch(reloj.now()) == 0


# --- the office of who must go somewhere -------------------------------------------------


def test_office_is_found_by_postal_code_and_stands_on_the_slip(visita):
    visita.post(NO)
    assert "subdelegación del Instituto que corresponde a tu domicilio" in visita.get(MINE).text
    assert visita.post(OFFICE, {"cp": TAXCO}).url == MINE
    for path in (MINE, SLIP):
        page = visita.get(path)
        assert "3 Iguala" in page.text
        assert "12 Guerrero" in page.text
    assert visita.get(MINE).form("form-oficina")["cp"] == TAXCO
    assert "form-oficina" not in visita.get(SLIP).doc.forms


@pytest.mark.parametrize(
    ("cp", "words"),
    [("", "Escribe tu código postal."), ("4020", "cinco números"), ("99999", "No encontramos")],
)
def test_wrong_code_of_an_office_says_what_is_wrong(visita, cp, words):
    visita.post(NO)
    page = visita.post(OFFICE, {"cp": cp})
    assert words in page.text
    assert "Revisa este dato" in page.text
    assert page.mark("razon") == "datos_no_coinciden"


def test_office_is_for_who_was_stopped(visita):
    assert visita.post(OFFICE, {"cp": TAXCO}).url == MINE
    assert "cp_oficina" not in only().datos
