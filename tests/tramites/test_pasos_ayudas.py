"""Help in Paso 1: the CURP read back, the mailbox that was meant, the machine's own work."""

import pytest
from django.core.cache import cache

from tests.trabajo import solve
from tests.tramites.visita import Visita, answer
from tramites.models import Solicitud

CURP, CORREO = "LORA070514MGRPVNA4", "ana@example.org"
PASO1, WAIT = "/asignacion-nss/", "/asignacion-nss/confirmacion/"
ASK_CURP, ASK_CORREO, WORK = f"{PASO1}revisar-curp/", f"{PASO1}revisar-correo/", "/captcha/trabajo/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def visita(settings):
    settings.TRABAJO_BITS = 5
    cache.clear()
    return Visita()


# --- the CURP ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("curp", "marked"),
    [
        ("LORA070514MGRPVNA5", "5"),
        ("LORA071314MGRPVNA4", "1"),
        ("L0RA070514MGRPVNA4", "0"),
        ("lora-0705i4 mgrpvna4", "I"),
        ("LORA070514QGRPVNA4", "Q"),
        ("LORA07%514MGRPVNA4", "%"),
    ],
)
def test_wrong_character_is_told_live_in_the_words_of_the_form(visita, curp, marked):
    note = visita.post(ASK_CURP, {"curp": curp}, htmx=True)
    page = visita.capture(curp=curp, correo=CORREO)
    told = note.html[note.html.index("Error: ") :].partition("</p>")[0]
    assert told in page.html
    assert note.html.strip() in page.html
    assert f"<mark>{marked}</mark>" in note.html
    assert "/ayuda/curp/" in note.links()


def test_fault_of_the_whole_marks_nothing(visita):
    note = visita.post(ASK_CURP, {"curp": "LORA"}, htmx=True)
    assert "faltan 14" in note.text
    assert "<mark>" not in note.html


def test_good_curp_is_read_back_to_its_owner(visita):
    note = visita.post(ASK_CURP, {"curp": "lora070514 mgrpvna4"}, htmx=True)
    assert "Está bien escrita" in note.text
    for words in ("14 de mayo de 2007", "Guerrero", "mujer"):
        assert words in note.text
    abroad = visita.post(ASK_CURP, {"curp": "BOXW310820HNERXN09"}, htmx=True)
    assert "20 de agosto de 1931" in abroad.text
    assert "hombre" in abroad.text


def test_empty_field_is_no_fault_yet(visita):
    for url in (ASK_CURP, ASK_CORREO):
        note = visita.post(url, {"curp": " ", "correo": ""}, htmx=True)
        assert "Error" not in note.text
        assert visita.get(url).status == 405


def test_telling_looks_nobody_up(visita, django_assert_num_queries):
    with django_assert_num_queries(2):  # the clock, the name of the state
        visita.post(ASK_CURP, {"curp": CURP})
    assert not Solicitud.objects.exists()


def test_field_is_tied_to_its_note(visita):
    page = visita.get(PASO1)
    field = next(a for tag, a in page.doc.elements if a.get("id") == "id_curp")
    assert (field["hx-post"], field["hx-target"]) == (ASK_CURP, "#nota-curp")
    ids = [a["id"] for _, a in page.doc.elements if "id" in a]
    assert {"nota-curp", "nota-correo"} <= set(ids)


def test_help_page_explains_the_parts_and_what_to_do_without_one(visita):
    page = visita.get("/ayuda/curp/")
    for words in (
        "12 y 13",
        "www.gob.mx/curp",
        "CURP es temporal",
        "no tienes CURP",
        "Registro Civil",
        "persona ficticia",
    ):
        assert words in page.text
    assert PASO1 in page.links()
    assert not any("gob.mx" in link for link in page.links())


# --- the mailbox ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ana@gmial.com", "ana@gmail.com"),
        ("ana@gmail.con", "ana@gmail.com"),
        ("ana@hotmial.com", "ana@hotmail.com"),
        ("Ana.Lopez@outlok.com", "Ana.Lopez@outlook.com"),
        ("ana@yahoo.com.nx", "ana@yahoo.com.mx"),
        ("ana@gmail.com.mx", "ana@gmail.com"),
    ],
)
def test_mistyped_mailbox_is_asked_about_and_never_changed(visita, typed, meant):
    note = visita.post(ASK_CORREO, {"correo": typed}, htmx=True)
    assert f"Usar {meant}" in note.text
    page = visita.capture(curp=CURP, correo=typed)
    form = page.form("form-captura")
    assert f"¿Quisiste escribir {meant}?" in page.text
    assert form["correo"] == typed
    assert not Solicitud.objects.exists()
    # Sent again as it is, it is right.
    assert visita.send_capture(form, curp=CURP, correo=typed, typed="").url == WAIT
    assert Solicitud.objects.get().correo == typed


def test_one_button_puts_both_mailboxes_right(visita):
    form = visita.capture(curp=CURP, correo="ana@gmial.com").form("form-captura")
    page = visita.post(PASO1, form | {"accion": "usar_correo"})
    form = page.form("form-captura")
    assert (form["correo"], form["correo_otra_vez"]) == ("ana@gmail.com", "ana@gmail.com")
    assert "Error" not in page.title
    assert visita.post(PASO1, form).url == WAIT
    assert Solicitud.objects.get().correo == "ana@gmail.com"


def test_button_leaves_a_different_second_mailbox_alone(visita):
    form = visita.capture(curp=CURP, correo="ana@gmial.com", again="otra@x.org").form(
        "form-captura"
    )
    form = visita.post(PASO1, form | {"accion": "usar_correo"}).form("form-captura")
    assert (form["correo"], form["correo_otra_vez"]) == ("ana@gmail.com", "otra@x.org")


def test_another_mistyped_mailbox_is_asked_about_again(visita):
    form = visita.capture(curp=CURP, correo="ana@gmial.com").form("form-captura")
    page = visita.send_capture(form, curp=CURP, correo="ana@gmai.com", typed="")
    assert "¿Quisiste escribir ana@gmail.com?" in page.text


@pytest.mark.parametrize(
    "correo", ["ana@mail.com", "ana@gmx.com", "ana@tecnm.mx", "ana@escuela.edu.mx", "ana@live.mx"]
)
def test_real_mailboxes_are_not_asked_about(visita, correo):
    assert visita.capture(curp=CURP, correo=correo).url == WAIT


# --- the challenge ----------------------------------------------------------------------


def test_image_has_a_voice_and_a_way_without_senses(visita):
    page = visita.get(PASO1)
    audio = page.of("audio")
    assert audio["src"].startswith("/captcha/audio/")
    assert audio["preload"] == "none"
    assert "controls" in audio
    link = next(a for tag, a in page.doc.elements if tag == "a" and "download" in a)
    assert link["href"] == audio["src"]
    work = next(a for _, a in page.doc.elements if a.get("id") == "trabajo")
    assert "hidden" in work  # until a script can do it
    assert work["data-pedir"] == WORK


def test_work_of_the_machine_takes_the_place_of_the_characters(visita):
    form = visita.get(PASO1).form("form-captura")
    asked = visita.client.post(WORK).json()
    done = {"trabajo": asked["reto"], "solucion": solve(asked["reto"], asked["bits"])}
    assert visita.send_capture(form, curp=CURP, correo=CORREO, typed="", **done).url == WAIT
    # A second press is the same one; another person needs their own.
    assert visita.send_capture(form, curp=CURP, correo=CORREO, typed="", **done).url == WAIT
    page = visita.send_capture(form, curp=CURP, correo="otra@example.org", typed="", **done)
    assert "La prueba que resolvió tu equipo ya caducó" in page.text
    assert Solicitud.objects.count() == 1


def test_work_is_not_asked_for_twice_when_a_field_was_wrong(visita):
    form = visita.get(PASO1).form("form-captura")
    asked = visita.client.post(WORK).json()
    done = {"trabajo": asked["reto"], "solucion": solve(asked["reto"], asked["bits"])}
    page = visita.send_capture(form, curp="1230", correo=CORREO, typed="", **done)
    assert "Ya pasaste la prueba" in page.text
    again = page.form("form-captura")
    assert visita.send_capture(again, curp=CURP, correo=CORREO, typed="").url == WAIT


def test_work_not_done_is_refused(visita):
    form = visita.get(PASO1).form("form-captura")
    asked = visita.client.post(WORK).json()
    page = visita.send_capture(
        form, curp=CURP, correo=CORREO, typed="", trabajo=asked["reto"], solucion="1,2,3"
    )
    assert "La prueba que resolvió tu equipo ya caducó" in page.text
    assert page.title.startswith("Error: ")
    assert not Solicitud.objects.exists()
    # The image still stands for who can read it.
    form = page.form("form-captura")
    right = answer(form["captcha_llave"])
    assert visita.send_capture(form, curp=CURP, correo=CORREO, typed=right).url == WAIT


def test_work_needs_the_page_of_this_browser():
    strict = Visita(csrf=True)
    assert strict.client.post(WORK).status_code == 403
