"""The link of the mail as pages: GET changes nothing, and every dead link says what to do."""

import pytest

from tests.tramites.escena import CORREO, LINK, MINE, WAIT, path_of_link
from tests.tramites.visita import Visita
from tramites.models import Confirmacion, Solicitud

CURP, CHANGE = "LORA070514MGRPVNA4", WAIT + "correo/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def visita(attend_all):
    """The browser that began."""
    browser = Visita()
    browser.capture(curp=CURP, correo=CORREO)
    attend_all()
    return browser


@pytest.fixture
def phone():
    """Another browser of the same person."""
    return Visita()


def state():
    return Solicitud.objects.get().estado


def test_link_leaves_the_address_bar_at_once(phone):
    page = phone.get("/c/" + "x" * 43)
    assert (page.status, page.url) == (303, LINK)


def test_link_in_the_same_browser_needs_one_button(visita):
    page = visita.follow(visita.get(path_of_link()))
    assert "ultimos4" not in page.form("form-confirmar")
    assert "Presiona el botón" in page.text
    before = visita.client.cookies["sesion"].value
    assert visita.post(LINK).url == MINE
    assert visita.client.cookies["sesion"].value != before
    assert state() == "confirmada"


def test_link_elsewhere_asks_for_the_end_of_the_curp_and_shows_nothing_personal(visita, phone):
    page = phone.follow(phone.get(path_of_link()))
    assert "ultimos4" in page.form("form-confirmar")
    for personal in (CURP, CURP[-4:], CORREO, "a•••@e•••.org", Solicitud.objects.get().folio):
        assert personal not in page.html
    assert phone.post(LINK, {"ultimos4": CURP[-4:].lower()}).url == MINE
    assert "solicitud" not in visita.session


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Escribe los últimos cuatro"),
        ("VNA", "Son cuatro: dos consonantes"),
        ("test", "Son cuatro: dos consonantes"),
        ("1234", "Son cuatro: dos consonantes"),
        ("AEN4", "Son cuatro: dos consonantes"),
    ],
)
def test_malformed_end_of_the_curp_says_so(visita, phone, typed, words):
    phone.get(path_of_link())
    page = phone.post(LINK, {"ultimos4": typed})
    assert page.title.startswith("Error: ")
    assert words in page.text
    assert Confirmacion.objects.get().intentos_enlace == 0


def test_wrong_end_of_the_curp_counts_down_until_the_link_is_no_use(visita, phone):
    phone.get(path_of_link())
    pages = [phone.post(LINK, {"ultimos4": "XXX4"}) for _ in range(6)]
    assert "Te quedan 5 intentos" in pages[0].text
    assert "Te queda un intento" in pages[4].text
    assert pages[5].status == 410
    assert "Se acabaron los intentos de esta liga" in pages[5].text
    assert phone.post(LINK, {"ultimos4": CURP[-4:]}).status == 410
    assert state() == "por_confirmar"


def test_looking_at_the_link_changes_nothing(visita, phone):
    path = path_of_link()
    for _ in range(20):
        assert phone.head(path).status_code == 303
        assert phone.head(LINK).status_code in (200, 403)
        phone.follow(phone.get(path))
    row = Confirmacion.objects.get()
    assert (row.enlace_usado_en, row.intentos_enlace, state()) == (None, 0, "por_confirmar")
    assert phone.post(LINK, {"ultimos4": CURP[-4:]}).url == MINE


def test_head_of_a_link_keeps_nothing(visita, phone):
    phone.head(path_of_link())
    assert "sesion" not in phone.client.cookies


def test_expired_link_offers_a_new_one_with_the_same_folio(visita, phone, age, attend_all):
    folio = Solicitud.objects.get().folio
    age(Solicitud.objects.get(), hours=25)
    page = phone.follow(phone.get(path_of_link()))
    assert page.status == 410
    assert "La liga ya venció" in page.text
    assert "form-renovar" in page.doc.forms
    page = phone.follow(phone.post("/c/nueva/"))
    attend_all()
    assert "Enviamos una liga nueva al mismo correo" in page.text
    assert Solicitud.objects.get().folio == folio
    phone.get(path_of_link())
    assert phone.post(LINK, {"ultimos4": CURP[-4:]}).url == MINE


def test_new_link_from_the_browser_that_began_goes_back_to_wait(visita, age):
    age(Solicitud.objects.get(), hours=25)
    visita.get(path_of_link())
    assert visita.post("/c/nueva/").url == WAIT


def test_new_link_asked_twice_tells_to_wait(visita, phone, age):
    age(Solicitud.objects.get(), hours=25)
    phone.get(path_of_link())
    phone.post("/c/nueva/")
    assert "Espera" in phone.follow(phone.post("/c/nueva/")).text


def test_new_link_does_not_open_the_waiting_page_to_a_stranger(visita, phone, age):
    age(Solicitud.objects.get(), hours=25)
    phone.get(path_of_link())
    phone.post("/c/nueva/")
    assert phone.get(WAIT).status == phone.get(CHANGE).status == 403


def test_used_link_says_so_elsewhere_and_goes_on_at_home(visita, phone):
    visita.get(path_of_link())
    visita.post(LINK)
    assert visita.post(LINK).url == MINE
    assert visita.follow(visita.get(path_of_link())).mark("estado") == "confirmada"
    page = phone.follow(phone.get(path_of_link()))
    assert page.status == 410
    assert "Esta liga ya se usó" in page.text
    page = phone.post("/c/nueva/")
    assert "Esta liga ya se usó" in page.text


@pytest.mark.parametrize("token", ["x" * 43, "x", "ñandú", "x" * 900])
def test_unknown_link_is_a_page(phone, token):
    page = phone.follow(phone.get("/c/" + token))
    assert page.status == 410
    assert "No reconocemos esta liga" in page.text
    assert phone.post("/c/nueva/").status == 410


def test_button_page_without_a_link_says_how_to_begin(phone):
    assert "no hay un trámite abierto" in phone.get(LINK).text


def test_address_of_the_link_goes_no_further(phone):
    assert phone.get("/c/" + "x" * 43).response["Referrer-Policy"] == "no-referrer"


def test_pages_tell_other_sites_nothing_and_let_forms_say_their_origin(visita):
    """With no-referrer browsers send "Origin: null", and the CSRF check refuses every form."""
    response = visita.get(WAIT).response
    assert response["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in response["Content-Security-Policy"]
