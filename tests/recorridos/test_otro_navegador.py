"""Who may see what: another browser, another mailbox, another day."""

import pytest

from tests.recorridos.visitante import TRAMITE, Persona

pytestmark = [pytest.mark.pila, pytest.mark.navegador]
NO_SESSION = "Tu sesión terminó o no hay un trámite abierto en este navegador"


def test_link_in_another_browser_asks_for_the_curp_and_opens_only_there(abrir, desconocida):
    # Given a capture at the school's computer
    school, phone = abrir(desconocida), abrir(desconocida)
    school.capture()
    # When the link is opened on the phone
    phone.follow_link()
    # Then it asks for the end of the CURP, and does not take another one
    phone.type_last4("ZZZ9")
    assert "quedan" in phone.error_of("Últimos cuatro caracteres")
    phone.type_last4(desconocida.curp[-4:].lower())
    phone.waits_for("inconclusa")
    # And the school's computer still shows nothing
    assert school.open(TRAMITE).status == 403
    assert school.title() == NO_SESSION
    assert desconocida.curp not in school.text()


def test_first_browser_goes_on_by_the_code(abrir, desconocida):
    # Given a capture whose link was used on the phone
    school, phone = abrir(desconocida), abrir(desconocida)
    school.capture()
    phone.follow_link()
    phone.type_last4(desconocida.curp[-4:])
    phone.waits_for("inconclusa")
    # When a wrong code and then the right one are typed at the school's computer
    right = school.buzon.leer_codigo()
    school.type_code(f"{(int(right) + 1) % 1_000_000:06}")
    assert "quedan" in school.error_of("Código de seis dígitos")
    school.type_code()
    # Then both see the same case
    school.waits_for("inconclusa")
    assert school.folio() == phone.folio()


def test_used_link_opens_nothing_in_a_third_browser(abrir, desconocida):
    # Given a link already used
    student, stranger = abrir(desconocida), abrir(desconocida)
    student.capture()
    student.confirm()
    student.waits_for("inconclusa")
    # When somebody else opens it
    answer = stranger.open(student.buzon.leer_liga())
    # Then it says so and offers the way, and nothing of the case
    assert answer.status == 410
    assert stranger.title() == "Esta liga ya se usó"
    assert student.folio() not in stranger.text()
    # And in the student's own browser it leads back to the case
    student.open(student.buzon.leer_liga())
    student.waits_for("inconclusa")


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
