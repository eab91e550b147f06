"""Paso 1: every bad answer gets its sentence, nothing typed is lost, a double click is one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from captcha.models import CaptchaStore
from django.db import connection

from tests.tramites.visita import Visita, answer
from tramites.models import Correo, Solicitud

CURP, CORREO = "LORA070514MGRPVNA4", "ana@example.org"
PASO1, WAIT = "/asignacion-nss/", "/asignacion-nss/confirmacion/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def visita():
    return Visita()


def test_entrance_says_what_it_takes_and_starts(visita):
    page = visita.get("/")
    assert page.status == 200
    assert PASO1 in page.links()
    for words in ("INICIAR", "CURP", "correo electrónico", "cinco minutos", "gratuito"):
        assert words in page.text
    assert "no es un sitio del IMSS" in page.text


def test_capture_mails_a_link_and_waits_for_it(visita):
    page = visita.capture(curp=CURP, correo=CORREO)
    assert (page.status, page.url) == (303, WAIT)
    solicitud = Solicitud.objects.get()
    assert (solicitud.curp, solicitud.correo) == (CURP, CORREO)
    assert visita.session["iniciada"] == str(solicitud.pk)
    assert "solicitud" not in visita.session
    assert "a•••@e•••.org" in visita.follow(page).text


def test_capture_forgives_blanks_dashes_and_lower_case(visita):
    assert visita.capture(curp=" lora-070514 mgrpvna4 ", correo=CORREO).status == 303
    assert Solicitud.objects.get().curp == CURP


@pytest.mark.parametrize(
    ("curp", "words"),
    [
        ("", "Escribe tu CURP."),
        ("LORA070514MGRPVNA", "18"),
        ("LORA070514MGRPVNA5", "«5»"),
        ("LORA071314MGRPVNA4", "mes"),
        ("LORA070514QGRPVNA4", "«Q»"),
        ("LORA070514MQQPVNA4", "no es clave de ningún estado"),
        ("1230", "18"),
    ],
)
def test_malformed_curp_says_what_is_wrong(visita, curp, words):
    page = visita.capture(curp=curp, correo=CORREO)
    assert page.status == 200
    assert page.title.startswith("Error: ")
    assert "Revisa este dato" in page.text
    assert words.lower() in page.text.lower()
    assert page.form("form-captura")["curp"] == curp
    assert page.form("form-captura")["correo"] == CORREO
    assert not Solicitud.objects.exists()


@pytest.mark.parametrize(
    ("correo", "words"),
    [
        ("", "Escribe tu correo electrónico."),
        ("ana", "completo"),
        ("ana@example", "completo"),
        ("ana@@example.org", "un solo correo"),
        ("ana@example.org,luis@example.org", "un solo correo"),
        ("ana@example.org luis@example.org", "un solo correo"),
        ("añá@example.org", "sin acentos"),
        ("ana@exámple.org", "sin acentos"),
        ('"ana"@example.org', "completo"),
        ("ana@[127.0.0.1]", "completo"),
        ("a" * 65 + "@example.org", "completo"),
        ("ana@example.org\nBcc: luis@example.org", "un solo correo"),
    ],
)
def test_malformed_mailbox_says_what_is_wrong(visita, correo, words):
    page = visita.capture(curp=CURP, correo=correo)
    assert page.status == 200
    assert words in page.text
    assert page.form("form-captura")["curp"] == CURP
    assert not Solicitud.objects.exists()


def test_two_different_mailboxes_are_refused(visita):
    page = visita.capture(curp=CURP, correo=CORREO, again="anna@example.org")
    assert "Los dos correos no son iguales." in page.text
    assert page.form("form-captura")["correo_otra_vez"] == "anna@example.org"


def test_capital_letters_do_not_make_two_mailboxes(visita):
    assert visita.capture(curp=CURP, correo=CORREO, again=" ANA@Example.org ").status == 303


def test_wrong_image_asks_for_a_new_one_and_keeps_the_rest(visita):
    form = visita.get(PASO1).form("form-captura")
    page = visita.send_capture(form, curp=CURP, correo=CORREO, typed="XXXXX")
    again = page.form("form-captura")
    assert "No son los caracteres de la imagen" in page.text
    assert again["captcha_llave"] != form["captcha_llave"]
    assert (again["curp"], again["correo"], again["captcha"]) == (CURP, CORREO, "")
    assert not CaptchaStore.objects.filter(hashkey=form["captcha_llave"]).exists()


def test_image_distinguishes_capitals(visita):
    form = visita.get(PASO1).form("form-captura")
    CaptchaStore.objects.filter(hashkey=form["captcha_llave"]).update(challenge="AbEdF")
    page = visita.send_capture(form, curp=CURP, correo=CORREO, typed="aBeDf")
    assert "No son los caracteres de la imagen" in page.text


def test_image_of_another_browser_serves_nobody(visita):
    stolen = visita.get(PASO1).form("form-captura")["captcha_llave"]
    thief = Visita()
    form = thief.get(PASO1).form("form-captura") | {"captcha_llave": stolen}
    page = thief.send_capture(form, curp=CURP, correo=CORREO, typed=answer(stolen))
    assert "No son los caracteres de la imagen" in page.text


def test_right_image_is_not_asked_twice_when_another_field_was_wrong(visita):
    page = visita.capture(curp="1230", correo=CORREO)
    form = page.form("form-captura")
    assert "captcha" not in form
    assert "Ya pasaste la prueba de los caracteres" in page.text
    assert visita.send_capture(form, curp=CURP, correo=CORREO, typed="").status == 303
    # The pass was for one capture: the next one needs its own image.
    page = visita.capture(curp=CURP, correo="otra@example.org", typed="")
    assert "Escribe los caracteres de la imagen nueva" in page.text


def test_pass_of_the_image_ends(visita):
    form = visita.capture(curp="1230", correo=CORREO).form("form-captura")
    session = visita.session
    session["captcha_leida"] = session["captcha_leida"] | {"hasta": 0}
    session.save()
    page = visita.send_capture(form, curp=CURP, correo=CORREO, typed="")
    assert "Escribe los caracteres de la imagen nueva" in page.text


def test_another_image_keeps_what_was_typed_and_judges_nothing(visita):
    form = visita.get(PASO1).form("form-captura")
    page = visita.send_capture(form, curp="a medias", correo="x", accion="otra_imagen")
    again = page.form("form-captura")
    assert page.status == 200
    assert "Error" not in page.title
    assert (again["curp"], again["correo"], again["captcha"]) == ("a medias", "x", "")
    assert again["captcha_llave"] != form["captcha_llave"]


def test_enter_key_continues_and_does_not_change_the_image(visita):
    page = visita.get(PASO1)
    buttons = [
        a for tag, a in page.doc.elements if tag == "button" and "accion" in a.get("name", "")
    ]
    assert buttons[0]["value"] == "continuar"


def test_second_click_of_a_capture_is_the_first(visita):
    form = visita.get(PASO1).form("form-captura")
    right = answer(form["captcha_llave"])
    first = visita.send_capture(form, curp=CURP, correo=CORREO, typed=right)
    second = visita.send_capture(form, curp=CURP, correo=CORREO, typed=right)
    assert first.url == second.url == WAIT
    assert Solicitud.objects.count() == Correo.objects.count() == 1


def test_going_back_to_correct_the_curp_is_another_capture(visita):
    form = visita.get(PASO1).form("form-captura")
    visita.send_capture(form, curp=CURP, correo=CORREO)
    page = visita.send_capture(form, curp="HEXL080229HNTRXSA0", correo=CORREO)
    assert page.status == 200
    assert "Escribe los caracteres de la imagen nueva" in page.text
    assert page.form("form-captura")["curp"] == "HEXL080229HNTRXSA0"


def test_one_image_serves_one_capture_however_many_come_at_once(visita):
    """Twenty tabs loaded before the first answer: the session each one read still has the image."""
    form = visita.get(PASO1).form("form-captura")
    right, stale = answer(form["captcha_llave"]), visita.session.load()
    visita.send_capture(form, curp=CURP, correo=CORREO, typed=right)
    for n in range(3):
        session = visita.session
        session.clear()
        session.update(stale)
        session.save()
        page = visita.send_capture(form, curp=CURP, correo=f"n{n}@example.org", typed=right)
        assert "No son los caracteres de la imagen" in page.text
    assert Solicitud.objects.count() == 1


def test_answer_is_the_same_for_a_known_and_an_unknown_curp(visita):
    shown = []
    for curp in (CURP, "HEXL080229HNTRXSA0"):
        other = Visita()
        page = other.follow(other.capture(curp=curp, correo=CORREO))
        shown.append(page.text)
    assert shown[0] == shown[1]


def test_without_cookies_the_form_explains_itself():
    page = Visita(csrf=True).post(PASO1, {"curp": CURP})
    assert page.status == 403
    assert "Tu sesión terminó antes de enviar el formulario" in page.text


@pytest.mark.parametrize("path", ["/", PASO1])
def test_head_answers_without_a_body(visita, path):
    response = visita.head(path)
    assert (response.status_code, response.content) == (200, b"")
    assert not Solicitud.objects.exists()


def test_unknown_address_is_a_page(visita):
    page = visita.get("/no-existe/")
    assert page.status == 404
    assert "No encontramos esa página" in page.text


def test_pages_of_a_person_are_never_cached(visita):
    visita.capture(curp=CURP, correo=CORREO)
    assert "no-store" in visita.get(WAIT).response["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_solicitud_and_one_mail():
    visita = Visita()
    form = visita.get(PASO1).form("form-captura")
    right = answer(form["captcha_llave"])
    both, cookie = Barrier(2), visita.client.cookies["sesion"].value

    def click(_: int) -> str:
        twin = Visita()
        twin.client.cookies["sesion"] = cookie
        both.wait()
        try:
            return twin.send_capture(form, curp=CURP, correo=CORREO, typed=right).url
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        urls = list(pool.map(click, range(2)))
    assert urls == [WAIT, WAIT]
    assert Solicitud.objects.count() == Correo.objects.count() == 1
