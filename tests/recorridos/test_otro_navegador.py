"""Who may see what: another browser, another mailbox, another day."""

import pytest

from tests.recorridos.visitante import CONFIRMACION, TRAMITE, Persona

pytestmark = [pytest.mark.pila, pytest.mark.navegador]
NO_SESSION = "Tu sesión terminó o no hay un trámite abierto en este navegador"


def test_link_in_another_browser_opens_only_there_and_the_first_goes_on_by_code(abrir, desconocida):
    # Given a capture at the school's computer
    school, phone, stranger = abrir(desconocida), abrir(desconocida), abrir(desconocida)
    school.capture()
    link, code = school.buzon.leer_liga(), school.buzon.leer_codigo()

    # When the link is opened on the phone, it asks for the end of the CURP
    phone.follow_link()
    phone.type_last4("ZZZ9")
    assert "quedan" in phone.error_of("Últimos cuatro caracteres")
    phone.type_last4(desconocida.curp[-4:].lower())
    phone.waits_for("inconclusa")
    # Then the school's computer still shows nothing
    assert school.open(TRAMITE).status == 403
    assert school.title() == NO_SESSION

    # When the code is typed there, first a wrong one
    school.open(CONFIRMACION)
    school.type_code(f"{(int(code) + 1) % 1_000_000:06}")
    assert "quedan" in school.error_of("Código de seis dígitos")
    school.type_code(code)
    # Then both see the same case
    school.waits_for("inconclusa")
    assert school.folio() == phone.folio()

    # And the used link opens nothing to somebody else, and the case to its owner
    assert stranger.open(link).status == 410
    assert stranger.title() == "Esta liga ya se usó"
    assert phone.folio() not in stranger.text()
    phone.open(link)
    phone.waits_for("inconclusa")


def test_assigned_number_is_found_again_and_shown_to_no_other_mailbox(abrir, sin_numero):
    # Given somebody who was assigned a number
    who = sin_numero()
    student = abrir(who)
    student.capture()
    student.confirm()
    student.ask_for_number()
    number = student.number()
    student.press("Finalizar trámite")
    # When the same CURP and mailbox come again
    again = abrir(who)
    again.capture()
    again.confirm()
    # Then the same number is located, without asking for an address
    assert again.number() == number
    assert "Tu NSS es:" in again.text()
    # And for another mailbox the case is held and shows nothing
    other = abrir(Persona(curp=who.curp, correo="otra-persona@example.org"))
    other.capture()
    other.confirm()
    other.waits_for("retenida")
    other.reads("Tu solicitud está en revisión")
    assert other.page.locator("[data-nss]").count() == 0
    assert number not in "".join(other.page.content().split())
    assert who.correo not in other.page.content()
    assert other.open(f"{TRAMITE}documentos/constancia/").status == 404
