"""A shared computer: nothing is kept, Terminar forgets, and who walks away is forgotten."""

import pytest

from comun import reloj
from tests.tramites import escena
from tests.tramites.escena import MINE, PASO1, WAIT
from tests.tramites.visita import Visita
from tramites.models import Solicitud
from tramites.pasos.quiosco import PLACE, SEEN

HOME, ASK, END, HERE = "/quiosco/", "/quiosco/aviso/", "/quiosco/terminar/", "/quiosco/sigo/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def visita():
    """A browser on a shared computer."""
    browser = Visita()
    assert browser.post("/quiosco/poner/").url == HOME
    return browser


@pytest.fixture
def persona(persona):
    escena.with_number(persona)
    return persona


@pytest.fixture
def waiting(visita, persona):
    """The same browser with a Solicitud begun."""
    assert visita.capture(curp=persona.curp, correo=escena.CORREO).url == WAIT
    return visita


def let_pass(visita, seconds):
    session = visita.session
    session[SEEN] -= seconds
    session.save()


def test_mode_is_put_on_and_off_by_a_press():
    browser = Visita()
    page = browser.get(HOME)
    assert "form-poner" in page.doc.forms
    assert "form-terminar" not in page.doc.forms
    browser.post("/quiosco/poner/")
    page = browser.get(HOME)
    assert "INICIAR" in page.text
    assert PASO1 in page.links()
    browser.post("/quiosco/quitar/")
    assert "form-terminar" not in browser.get(PASO1).doc.forms
    for path in ("poner", "quitar", "terminar", "sigo"):
        assert browser.get(f"/quiosco/{path}/").status == 405


def test_cookie_of_the_machine_says_nothing_of_anybody(visita):
    cookie = visita.client.cookies["quiosco"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("1", True, "Lax")


@pytest.mark.parametrize(
    "path", ["/", PASO1, "/ayuda/curp/", "/verificar/", "/asignacion-nss/fin/"]
)
def test_every_page_has_terminar_and_is_not_kept(visita, path):
    page = visita.get(path)
    assert page.form("form-terminar") is not None
    assert page.response["Cache-Control"] == "no-store, private"
    assert 'http-equiv="refresh" content="180; url=/quiosco/aviso/"' in page.html


def test_elsewhere_pages_have_none_of_it():
    page = Visita().get(PASO1)
    assert "form-terminar" not in page.doc.forms
    for trace in ("quiosco.js", "quiosco-aviso", "http-equiv"):
        assert trace not in page.html
    assert page.response["Cache-Control"] != "no-store, private"


def test_typed_data_are_not_offered_to_the_next_person(visita):
    fields = [a for tag, a in visita.get(PASO1).doc.elements if tag == "input"]
    assert {a.get("autocomplete") for a in fields if a.get("name") == "correo"} == {"off"}
    fields = [a for tag, a in Visita().get(PASO1).doc.elements if tag == "input"]
    assert {a.get("autocomplete") for a in fields if a.get("name") == "correo"} == {"email"}


def test_terminar_forgets_the_person_and_not_the_solicitud(waiting):
    page = waiting.follow(waiting.post(END))
    assert "borramos de este equipo" in page.text
    assert "INICIAR" in page.text
    assert waiting.get(WAIT).status == 403
    assert Solicitud.objects.get().estado == "por_confirmar"
    assert "quiosco" in waiting.client.cookies


def test_result_is_seen_and_printed_and_not_downloaded(waiting, attend_all):
    attend_all()
    waiting.post(WAIT, {"codigo": escena.code()})
    attend_all()
    page = waiting.get(MINE)
    assert page.mark("nss")
    assert page.mark("documento") is None
    assert not [link for link in page.links() if "descargar" in link]
    for path in ("constancia/", "constancia/descargar/"):
        pdf = waiting.client.get(f"{MINE}documentos/{path}")
        assert pdf["Cache-Control"] == "no-store, private"
        assert pdf["Content-Disposition"].startswith("inline;")
    assert waiting.follow(waiting.post(f"{MINE}finalizar/")).form("form-terminar") is not None


def test_who_left_is_asked_and_comes_back_to_the_same_page(waiting):
    waiting.get(WAIT)
    let_pass(waiting, 181)
    assert waiting.get(WAIT).url == ASK  # the page looked again by itself
    page = waiting.get(ASK)
    assert "¿Sigues ahí?" in page.text
    assert 'http-equiv="refresh" content="' in page.html
    assert waiting.post(HERE).url == WAIT
    assert waiting.get(WAIT).status == 200


def test_looking_again_by_itself_is_no_sign_of_a_person(waiting):
    waiting.get(WAIT)
    let_pass(waiting, 100)
    before = waiting.session[SEEN]
    waiting.get(WAIT)
    waiting.get(WAIT, htmx=True)
    waiting.get(ASK)
    assert waiting.session[SEEN] == before
    waiting.get(f"{WAIT}correo/")
    assert waiting.session[SEEN] > before
    assert waiting.session[PLACE] == f"{WAIT}correo/"


def test_htmx_is_led_to_the_question(waiting):
    waiting.get(WAIT)
    let_pass(waiting, 181)
    assert waiting.get(MINE, htmx=True).response["HX-Redirect"] == ASK


@pytest.mark.parametrize("how", ["get", "post", "ask"])
def test_after_the_time_whoever_comes_finds_nothing(waiting, how):
    waiting.get(WAIT)
    let_pass(waiting, 241)
    asked = {
        "get": lambda: waiting.get(f"{WAIT}correo/"),
        "post": lambda: waiting.post(WAIT, {"codigo": "123456"}),
        "ask": lambda: waiting.get(ASK),
    }
    assert asked[how]().url == HOME
    assert "borramos de este equipo" in waiting.get(HOME).text
    assert waiting.get(WAIT).status == 403


def test_somebody_who_comes_back_in_time_goes_on(waiting):
    waiting.get(WAIT)
    let_pass(waiting, 200)
    assert waiting.get(f"{WAIT}correo/").status == 200


def test_script_says_that_somebody_types(waiting):
    waiting.get(WAIT)
    let_pass(waiting, 100)
    answer = waiting.client.post(HERE, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 204
    assert reloj.now().timestamp() - waiting.session[SEEN] < 60


def test_question_without_anybody_goes_to_the_beginning(visita):
    assert visita.get(ASK).url == HOME
    assert Visita().get(ASK).url == HOME
    assert visita.post(HERE).url == "/"
