"""«No fui yo»: the bound mailbox stops the change; looking and pressing blindly stop nothing."""

import re

import pytest
from django.core import mail

from comun import reloj
from comun.models import Bitacora
from tests.tramites.escena import MINE, proved
from tests.tramites.visita import Visita
from tramites import rules
from tramites.enums import Estado
from tramites.models import Objecion, Solicitud, VinculoCorreo
from tramites.services import vigilancia

pytestmark = pytest.mark.django_db
OLD, NEW, HERE = "ana@example.org", "otro@example.org", "/c/no-fui-yo/"


@pytest.fixture
def stranger(ana, begin, attend_all):
    """Somebody else's browser, whose Solicitud is held."""
    begin(ana.curp, OLD).confirm()
    browser = proved(ana, attend_all, NEW)
    attend_all()
    return browser


def path():
    letter = [m for m in mail.outbox if m.to == [OLD] and "no-fui-yo" in m.body][-1]
    return re.search(r"https?://[^/]+(/c/no-fui-yo/[\w-]{43})", letter.body)[1]


def row():
    return Solicitud.objects.get(estado=Estado.RETENIDA)


def state():
    bond = VinculoCorreo.objects.exclude(estado="activo").get()
    return (row().congelada_en is not None, bond.estado)


@pytest.fixture
def owner(stranger):
    """The owner's browser on the page of the notice."""
    browser = Visita()
    page = browser.get(path())
    assert (page.status, page.url) == (303, HERE)
    assert page.response["Referrer-Policy"] == "no-referrer"
    return browser


def test_looking_changes_nothing(owner):
    for _ in range(20):
        assert owner.head(path()).status_code == 303
        assert owner.head(HERE).status_code == 200
        page = owner.follow(owner.get(path()))
    assert "form-no-fui-yo" in page.doc.forms
    assert state() == (False, "en_espera")
    assert Objecion.objects.get().intentos == 0


def test_page_of_the_notice_names_nobody(owner, ana):
    html = owner.get(HERE).html
    for personal in (ana.curp, ana.nombres, OLD, NEW, ana.curp[-4:]):
        assert personal not in html


def test_only_the_hash_of_the_token_is_kept(owner):
    token = path().rsplit("/", 1)[1]
    kept = bytes(Objecion.objects.get().token_hash)
    assert kept == rules.token_hash(token)
    assert len(token) == 43


def test_owner_stops_the_change(owner, ana, stranger, age, attend_all):
    before = stranger.get(MINE).text
    page = owner.follow(owner.post(HERE, {"ultimos4": ana.curp[-4:].lower()}))
    assert "El cambio está detenido" in page.text
    assert state() == (True, "congelado")
    assert stranger.get(MINE).text == before, "the pretender sees the same neutral page"
    age(row(), hours=80)
    assert vigilancia.watch(reloj.now()) == 0
    assert row().estado == Estado.RETENIDA
    entry = Bitacora.objects.get(accion="vinculo.congelado")
    assert entry.objeto == f"solicitud:{row().pk}"


def test_second_press_changes_nothing_more(owner, ana):
    for _ in range(3):
        owner.post(HERE, {"ultimos4": ana.curp[-4:]})
    assert Bitacora.objects.filter(accion="vinculo.congelado").count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "Escribe los últimos cuatro"), ("XXX4", "no son los últimos cuatro")],
)
def test_scanner_that_presses_everything_stops_nobody(owner, typed, words):
    page = owner.post(HERE, {"ultimos4": typed})
    assert page.title.startswith("Error: ")
    assert words in page.text
    assert state() == (False, "en_espera")


def test_wrong_ends_are_counted_until_the_link_is_no_use(owner, ana):
    for _ in range(6):
        page = owner.post(HERE, {"ultimos4": "XXX4"})
    assert page.status == 410
    assert "Se acabaron los intentos" in page.text
    assert owner.post(HERE, {"ultimos4": ana.curp[-4:]}).status == 410
    assert state() == (False, "en_espera")


def test_late_objection_says_where_to_go(owner, ana, age, attend_all):
    age(row(), hours=73)
    vigilancia.watch(reloj.now())
    page = owner.post(HERE, {"ultimos4": ana.curp[-4:]})
    assert "Este aviso ya terminó" in page.text
    assert not Bitacora.objects.filter(accion="vinculo.congelado").exists()


def test_unknown_link_is_a_page():
    browser = Visita()
    page = browser.follow(browser.get(f"{HERE}{'x' * 43}"))
    assert page.status == 410
    assert "No reconocemos esta liga" in page.text
    assert browser.post(HERE, {"ultimos4": "VNA4"}).status == 410
    assert Visita().get(HERE).status == 403


def test_frozen_pair_stays_frozen_when_it_begins_again(owner, ana, begin):
    owner.post(HERE, {"ultimos4": ana.curp[-4:]})
    row().advance(Estado.CANCELADA, now=reloj.now())
    VinculoCorreo.objects.filter(estado="activo").delete()
    mail.outbox.clear()
    again = begin(ana.curp, NEW).confirm()
    assert (again.estado, again.congelada_en is not None) == (Estado.RETENIDA, True)
    assert not VinculoCorreo.objects.filter(estado="activo").exists()
    assert [m for m in mail.outbox if m.to == [OLD]] == []
