"""«Es mi equipo»: who said so does not wait for the mail again; nobody else gains or learns anything."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F

from comun import reloj
from tests.nss.personas import identidad
from tests.tramites.escena import CORREO, LINK, MINE, PASO1, WAIT, code, in_padron, path_of_link
from tests.tramites.visita import Visita
from tramites.enums import Estado
from tramites.models import EquipoConocido, Solicitud, VinculoCorreo
from tramites.pasos import equipo
from tramites.services import vigilancia

pytestmark = pytest.mark.django_db
YES = {"es_mi_equipo": "si"}
OTHER = "otro@example.org"


@pytest.fixture
def prove(attend_all):
    """Prove a mailbox in a browser (a new one, unless given), by the code."""

    def walk(who, said=None, browser=None, correo=CORREO) -> Visita:
        browser = browser or Visita()
        assert browser.capture(curp=who.curp, correo=correo).url == WAIT
        attend_all()
        assert browser.post(WAIT, {"codigo": code(correo), **(said or {})}).url == MINE
        attend_all()
        return browser

    return walk


@pytest.fixture
def mine(ana, prove):
    """Ana's own browser, after she left."""
    browser = prove(ana, YES)
    browser.post(f"{PASO1}salir/")
    mail.outbox.clear()
    return browser


def letters():
    return [m for m in mail.outbox if "/c/" in m.body]


def test_own_browser_goes_straight_to_its_folio(mine, ana, attend_all):
    folio = Solicitud.objects.get().folio
    page = mine.capture(curp=ana.curp, correo=CORREO)
    assert page.url == MINE
    attend_all()
    assert letters() == []
    assert folio in mine.follow(mine.get(MINE)).text


def test_it_is_off_unless_said(ana, prove):
    browser = prove(ana)
    assert not EquipoConocido.objects.exists()
    assert equipo.COOKIE not in browser.client.cookies


def test_link_road_offers_it_too(ana, attend_all):
    browser = Visita()
    browser.capture(curp=ana.curp, correo=CORREO)
    attend_all()
    page = browser.follow(browser.get(path_of_link()))
    box = next(a for tag, a in page.doc.elements if a.get("name") == "es_mi_equipo")
    assert "checked" not in box
    browser.post(LINK, YES)
    attend_all()
    browser.post(f"{PASO1}salir/")
    assert browser.capture(curp=ana.curp, correo=CORREO).url == MINE


def test_cookie_is_signed_hidden_from_scripts_and_lasts_a_year(mine):
    cookie = mine.client.cookies[equipo.COOKIE]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["max-age"]) == ("Lax", 365 * 24 * 3600)
    kept = bytes(EquipoConocido.objects.get().huella)
    assert cookie.value.encode() not in kept


@pytest.mark.parametrize(
    "spoil", [lambda v: v[:-1] + ("A" if v[-1] != "A" else "B"), lambda v: "x"]
)
def test_altered_cookie_is_no_cookie(mine, ana, spoil):
    value = mine.client.cookies[equipo.COOKIE].value
    mine.client.cookies[equipo.COOKIE] = spoil(value)
    assert mine.capture(curp=ana.curp, correo=CORREO).url == WAIT


def test_other_browser_sees_the_same_as_ever(mine, ana, attend_all):
    stranger = Visita()
    assert "Marcaste este equipo" not in stranger.get(PASO1).text
    assert stranger.capture(curp=ana.curp, correo=CORREO).url == WAIT
    attend_all()
    assert len(letters()) == 1


def test_it_serves_that_pair_and_no_other(mine, ana):
    luz = in_padron(identidad(7))
    assert mine.capture(curp=luz.curp, correo=CORREO).url == WAIT
    assert mine.capture(curp=ana.curp, correo=OTHER).url == WAIT


def test_one_browser_serves_a_family(mine, ana, prove):
    luz = in_padron(identidad(7))
    prove(luz, YES, browser=mine, correo=OTHER)
    for who, correo in ((ana, CORREO), (luz, OTHER)):
        mine.post(f"{PASO1}salir/")
        assert mine.capture(curp=who.curp, correo=correo).url == MINE


def test_it_ends_after_a_year(mine, ana):
    EquipoConocido.objects.update(
        vence=F("vence") - timedelta(days=365, seconds=1),
        creado_en=F("creado_en") - timedelta(days=366),
    )
    assert mine.capture(curp=ana.curp, correo=CORREO).url == WAIT


def test_it_dies_when_the_bond_moves(mine, ana, prove, age, attend_all):
    prove(ana, correo=OTHER)
    age(Solicitud.objects.get(estado=Estado.RETENIDA), hours=73)
    vigilancia.watch(reloj.now())
    assert not EquipoConocido.objects.exists()
    assert mine.capture(curp=ana.curp, correo=CORREO).url == WAIT


def test_worker_asks_again(mine, ana, attend_all):
    """The bond moves between the page and the worker: nothing is shown, nothing is bound."""
    Solicitud.objects.filter(estado=Estado.REQUIERE_DOMICILIO).update(estado=Estado.VENCIDA)
    Solicitud.objects.filter(estado=Estado.VENCIDA).update(correo_idx=b"x" * 16)
    assert mine.capture(curp=ana.curp, correo=CORREO).url == MINE
    VinculoCorreo.objects.update(estado=VinculoCorreo.Estado.RETIRADO)
    attend_all()
    row = Solicitud.objects.order_by("creada_en").last()
    assert row.estado == Estado.CANCELADA
    assert not VinculoCorreo.objects.filter(estado="activo").exists()
    assert ana.nombres not in mine.get(MINE).html


def test_unbound_mailbox_is_not_skipped(attend_all):
    """A CURP that nobody has: the browser was marked, but no mailbox was ever bound."""
    who = identidad(9)
    browser = Visita()
    browser.capture(curp=who.curp, correo=CORREO)
    attend_all()
    browser.post(WAIT, {"codigo": code(), **YES})
    attend_all()
    browser.post(f"{PASO1}salir/")
    assert browser.capture(curp=who.curp, correo=CORREO).url == WAIT


def test_person_may_take_it_back(mine, ana):
    assert "Marcaste este equipo como tuyo" in mine.get(PASO1).text
    page = mine.follow(mine.post(f"{PASO1}olvidar-equipo/"))
    assert "ya no está marcado" in page.text
    assert "Marcaste este equipo" not in mine.get(PASO1).text
    assert mine.capture(curp=ana.curp, correo=CORREO).url == WAIT


def test_shared_computer_neither_offers_nor_honours_it(mine, ana, attend_all):
    mine.post("/quiosco/poner/")
    assert mine.capture(curp=ana.curp, correo=CORREO).url == WAIT
    attend_all()
    assert "es_mi_equipo" not in mine.get(WAIT).html
    EquipoConocido.objects.all().delete()
    mine.post(WAIT, {"codigo": code(), **YES})
    assert not EquipoConocido.objects.exists()


def test_double_press_of_continue_ends_on_the_same_page(mine, ana):
    form = mine.get(PASO1).form("form-captura")
    first = mine.send_capture(form, curp=ana.curp, correo=CORREO)
    again = mine.send_capture(form, curp=ana.curp, correo=CORREO, typed="")
    assert (first.url, again.url) == (MINE, MINE)
