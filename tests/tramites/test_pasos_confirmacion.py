"""The page that waits for the mail: the code, another mail, another mailbox."""

import re

import pytest
from django.core import mail

from tests.tramites.escena import CORREO, LINK, MINE, WAIT, code, path_of_link
from tests.tramites.visita import Visita
from tramites.models import Correo, Solicitud

CURP = "LORA070514MGRPVNA4"
RESEND, CHANGE = WAIT + "reenviar/", WAIT + "correo/"
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


def wrong_code():
    return "111111" if code() != "111111" else "222222"


def test_waiting_page_offers_code_resend_and_change(visita):
    page = visita.get(WAIT)
    assert "Para continuar con tu trámite te hemos enviado una liga de confirmación" in page.text
    assert {"form-codigo", "form-reenviar"} <= set(page.doc.forms)
    assert CHANGE in page.links()
    assert "correo no deseado" in page.text


def test_right_code_opens_the_solicitud_here_and_changes_the_session_id(visita):
    before = visita.client.cookies["sesion"].value
    page = visita.post(WAIT, {"codigo": code()[:3] + " " + code()[3:]})
    assert (page.status, page.url) == (303, MINE)
    assert visita.session["solicitud"] == str(Solicitud.objects.get().pk)
    assert "iniciada" not in visita.session
    assert visita.client.cookies["sesion"].value != before
    assert state() == "confirmada"


def test_old_cookie_opens_nothing_after_the_code(visita, phone):
    old = visita.client.cookies["sesion"].value
    visita.post(WAIT, {"codigo": code()})
    phone.client.cookies["sesion"] = old
    assert phone.get(MINE).status == 403


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Escribe los seis dígitos"),
        ("12a456", "sin letras"),
        ("12345", "sin letras"),
        ("１２３４５", "sin letras"),
    ],
)
def test_malformed_code_says_so(visita, typed, words):
    page = visita.post(WAIT, {"codigo": typed})
    assert page.title.startswith("Error: ")
    assert words in page.text
    assert page.form("form-codigo")["codigo"] == ""


def test_wrong_code_counts_down_until_it_is_no_use(visita):
    wrong = wrong_code()
    texts = [visita.post(WAIT, {"codigo": wrong}).text for _ in range(7)]
    assert "Te quedan 5 intentos" in texts[0]
    assert "Te queda un intento" in texts[4]
    assert "Se acabaron los intentos" in texts[5]
    assert "Se acabaron los intentos" in texts[6]
    assert "Se acabaron los intentos" in visita.post(WAIT, {"codigo": code()}).text
    assert state() == "por_confirmar"


def test_expired_code_says_so(visita, age):
    age(Solicitud.objects.get(), hours=25)
    assert "Este código ya venció" in visita.post(WAIT, {"codigo": code()}).text


def test_second_click_of_the_code_goes_on(visita):
    visita.post(WAIT, {"codigo": code()})
    assert visita.post(WAIT, {"codigo": code()}).url == MINE


def test_code_still_serves_after_the_phone_used_the_link(visita, phone):
    phone.get(path_of_link())
    assert phone.post(LINK, {"ultimos4": CURP[-4:]}).url == MINE
    assert visita.post(WAIT, {"codigo": code()}).url == MINE
    assert visita.session["solicitud"] == phone.session["solicitud"]


def test_used_code_in_another_browser_of_the_same_capture_says_so(visita):
    kept = dict(visita.session.load())
    visita.post(WAIT, {"codigo": code()})
    other = Visita()
    other.get("/asignacion-nss/")
    session = other.session
    session.update(kept)
    session.save()
    assert "Este código ya se usó" in other.post(WAIT, {"codigo": code()}).text


def test_resend_too_soon_tells_the_seconds(visita):
    page = visita.follow(visita.post(RESEND))
    assert re.search(r"Espera \d+ segundos antes de pedir otro", page.text)
    assert Correo.objects.count() == 1


def test_resend_mails_a_new_link_and_kills_the_old(visita, phone, age, attend_all):
    old = path_of_link()
    age(Solicitud.objects.get(), seconds=61)
    page = visita.follow(visita.post(RESEND))
    attend_all()
    assert "Pediste otro correo" in page.text
    assert path_of_link() != old
    page = phone.follow(phone.get(old))
    assert page.status == 410
    assert "Hay una liga más reciente" in page.text


def test_resend_after_the_proof_explains_where_to_go_on(visita, phone, age):
    phone.get(path_of_link())
    phone.post(LINK, {"ultimos4": CURP[-4:]})
    age(Solicitud.objects.get(), seconds=61)
    assert "ya está confirmado" in visita.follow(visita.post(RESEND)).text


def test_change_of_mailbox(visita, age, attend_all):
    age(Solicitud.objects.get(), seconds=61)
    page = visita.follow(visita.post(CHANGE, {"correo": "luisa@example.net"}))
    attend_all()
    assert "l•••@e•••.net" in page.text
    assert mail.outbox[-1].to == ["luisa@example.net"]
    assert visita.post(WAIT, {"codigo": code("luisa@example.net")}).url == MINE


def test_change_too_soon_keeps_what_was_typed(visita):
    page = visita.post(CHANGE, {"correo": "luisa@example.net"})
    assert re.search(r"Espera \d+ segundos", page.text)
    assert page.form("form-correo")["correo"] == "luisa@example.net"


def test_change_to_a_malformed_mailbox_says_what_is_wrong(visita):
    page = visita.post(CHANGE, {"correo": "luisa@"})
    assert page.title.startswith("Error: ")
    assert "Escribe un correo electrónico completo" in page.text


@pytest.mark.parametrize("path", [WAIT, CHANGE])
def test_waiting_pages_without_a_capture_say_how_to_begin(path):
    page = Visita().get(path)
    assert page.status == 403
    assert "no hay un trámite abierto en este navegador" in page.text
    assert "/asignacion-nss/" in page.links()


def test_posts_without_a_capture_say_how_to_begin():
    for path in (WAIT, RESEND, CHANGE, "/c/nueva/"):
        assert Visita().post(path, {"codigo": "123456"}).status == 403
