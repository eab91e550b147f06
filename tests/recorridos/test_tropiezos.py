"""What goes wrong at a keyboard: slips, haste, "atrás", reload, a lost session."""

import pytest

from tests.recorridos.visitante import CAPTURA, DOMICILIO, REVISION, TRAMITE, UNIDAD, Visitante

pytestmark = [pytest.mark.pila, pytest.mark.navegador]
both = pytest.mark.parametrize("javascript", [True, False], ids=["con-js", "sin-js"])
NO_SESSION = "Tu sesión terminó o no hay un trámite abierto en este navegador"


def assert_reload_and_back_are_harmless(student: Visitante) -> None:
    """The page is itself after a reload, and after "atrás" and "adelante"."""
    title, page = student.title(), student.page
    page.reload()
    assert student.title() == title
    page.go_back()
    assert student.title()  # some page of ours
    page.go_forward()
    assert student.title() == title


@both
def test_wrong_characters_keep_what_was_typed(abrir, desconocida):
    # Given Paso 1 all right but for the image
    student = abrir(desconocida)
    student.open(CAPTURA)
    before = student.page.locator(".captcha img").get_attribute("src")
    student.type_capture(captcha="zzzzz")
    # When it is sent
    student.press("Continuar")
    # Then it says so beside the image, which is a new one, and the rest is still there
    assert "Escribe los de la imagen nueva" in student.error_of("Escribe los caracteres")
    assert student.page.locator(".captcha img").get_attribute("src") != before
    assert student.typed("CURP") == desconocida.curp
    assert student.typed("Correo electrónico") == desconocida.correo
    assert student.typed("Confirma tu correo") == desconocida.correo
    # And with the right ones it goes on
    student.type_capture()
    student.press("Continuar")
    student.reads("Revisa tu correo")


@both
def test_two_presses_are_one(abrir, desconocida):
    # Given a person who clicks twice on everything
    student = abrir(desconocida)
    student.open(CAPTURA)
    student.type_capture()
    # When they send Paso 1, and then the button of the link
    student.button("Continuar").dblclick()
    student.reads("Revisa tu correo")
    student.follow_link()
    student.button("Confirmar y continuar").dblclick()
    # Then there is one case and one mail
    student.look_again("Tu trámite no se pudo terminar por internet")
    assert len(student.mails()) == 1


@both
def test_back_and_reload_lose_nothing_on_any_page(abrir, sin_numero):
    student = abrir(sin_numero())
    student.open("/")
    student.page.get_by_role("link", name="INICIAR", exact=True).click()
    assert_reload_and_back_are_harmless(student)
    student.type_capture()
    student.press("Continuar")
    student.reads("Revisa tu correo")
    assert_reload_and_back_are_harmless(student)
    student.confirm()
    student.look_again("¿Eres tú?")
    assert_reload_and_back_are_harmless(student)
    student.says_it_is_them()
    assert_reload_and_back_are_harmless(student)
    # A later step waits for this one
    for path in (REVISION, UNIDAD, TRAMITE):
        student.open(path)
        student.reads("Ingresa tu domicilio")
    student.type_address()
    student.press("CONTINUAR")
    student.reads("Unidades médicas localizadas a partir del domicilio")
    assert_reload_and_back_are_harmless(student)
    # "REGRESAR" shows the address as it was given
    student.page.get_by_role("link", name="REGRESAR").click()
    assert student.typed("Calle") == "Avenida de los Plateros"
    student.press("CONTINUAR")
    student.press("CONTINUAR")
    student.reads("Revisa tus datos")
    assert_reload_and_back_are_harmless(student)
    student.button("CONCLUIR").dblclick()
    student.look_again("Tu Número de Seguridad Social")
    number, folio = student.number(), student.folio()
    # "Atrás" and an old address show the result, and ask for nothing again
    assert_reload_and_back_are_harmless(student)
    student.open(REVISION)
    assert (student.number(), student.folio()) == (number, folio)
    # After "Finalizar trámite", "atrás" shows nothing to whoever sits down next
    student.press("Finalizar trámite")
    student.reads("El trámite ha sido concluido")
    student.page.go_back()
    student.reads(NO_SESSION)
    assert number not in student.text()


def test_deep_links_without_a_session_say_what_to_do(abrir, desconocida):
    stranger = abrir(desconocida)
    for path in (TRAMITE, DOMICILIO, UNIDAD, REVISION, f"{TRAMITE}comprobante-inconcluso/"):
        assert stranger.open(path).status == 403
        assert stranger.title() == NO_SESSION
        link = stranger.page.get_by_role("link", name="Escribir mi CURP y mi correo")
        assert link.get_attribute("href") == CAPTURA


def test_lost_session_goes_on_with_the_same_folio(abrir, sin_numero):
    # Given an address half typed when the session is lost
    who = sin_numero()
    student = abrir(who)
    student.capture()
    student.confirm()
    student.says_it_is_them()
    student.type_address()
    folio = student.folio()
    student.context.clear_cookies()
    # When it is sent, the page says that the session ended, not that something failed
    student.press("CONTINUAR")
    student.reads("Tu sesión terminó antes de enviar el formulario")
    # And with the CURP, the mailbox and the code of the new mail, it goes on
    student.page.get_by_role("link", name="Ir al formulario").click()
    student.type_capture()
    student.buzon.olvidar_correos()
    student.press("Continuar")
    student.reads("Revisa tu correo")
    student.type_code()
    student.reads("Ingresa tu domicilio")
    assert student.folio() == folio


def test_the_watch_bites(abrir, desconocida, vigias):
    # Given a page that asks a stranger for an image
    student = abrir(desconocida)
    student.open("/")
    student.page.evaluate("new Image().src = 'http://127.0.0.2:9/x.png'")
    student.page.wait_for_timeout(200)
    # Then the watch says so
    (watch,) = vigias
    assert any(fault.startswith("console: ") for fault in watch.faults)
    watch.faults.clear()
