"""The journeys of the three outcomes in Chromium, with JavaScript and without."""

import pytest

from nss.values import Nss
from tests.recorridos.visitante import TRAMITE, Visitante

pytestmark = [pytest.mark.pila, pytest.mark.navegador]
both = pytest.mark.parametrize("javascript", [True, False], ids=["con-js", "sin-js"])
PAPERS = ("Número de Seguridad Social", "Tarjeta de Número de Seguridad Social")


def assert_papers(student: Visitante) -> None:
    """ "Ver" opens each paper in the browser, "Descargar" saves it."""
    for name in PAPERS:
        shown = student.page.get_by_role("link", name=f"Ver {name} (PDF)", exact=True)
        answer = student.context.request.get(shown.get_attribute("href"))
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"].startswith("inline;")
        assert answer.headers["cache-control"] == "no-store, private"
        with student.page.expect_download() as saving:
            student.page.get_by_role("link", name=f"Descargar {name} (PDF)", exact=True).click()
        assert saving.value.suggested_filename.endswith(".pdf")
        assert saving.value.path().read_bytes() == answer.body()
        assert answer.body().startswith(b"%PDF-")


@both
def test_localizado_ends_with_the_number_and_both_papers(abrir, con_numero):
    # Given a student who has a number already
    student = abrir(con_numero())
    # When they prove their mailbox
    student.capture()
    student.confirm()
    # Then the page shows the number by itself, in two steps, and gives both papers
    assert Nss(student.number())
    assert "Tu NSS es:" in student.text()
    assert student.steps() == ["Paso 1 Iniciar trámite (terminado)", "Paso 2 Finalizar trámite"]
    assert student.fact("CURP") == student.persona.curp
    assert_papers(student)
    # And "Finalizar trámite" says what comes next and closes the session
    student.press("Finalizar trámite")
    student.reads("El trámite ha sido concluido")
    assert student.open(TRAMITE).status == 403


@both
def test_asignado_in_taxco_shows_its_clinic_and_gets_a_number(abrir, sin_numero):
    # Given a student without a number who lives in Taxco
    student = abrir(sin_numero())
    student.capture()
    student.confirm()
    student.says_it_is_them()
    # When they mistype the postal code, and then give the address of 40200
    student.type_cp("99998")
    assert "No encontramos el código postal 99998" in student.error_of("Código postal")
    student.type_address("40200")
    assert (student.fact("Estado"), student.fact("Municipio o alcaldía")) == (
        "Guerrero",
        "Taxco de Alarcón",
    )
    student.press("CONTINUAR")
    # Then the page shows the clinic of that address, as the Institute's does
    student.reads("Unidades médicas localizadas a partir del domicilio")
    assert student.fact("Delegación") == "12 Guerrero"
    assert student.fact("Subdelegación") == "3 Iguala"
    assert student.fact("Unidad Médica Familiar") == "5 UMF 005"
    assert "AV. DE LOS PLATEROS NO. 330" in student.fact("Dirección")
    # And after the last look they get a number, in three steps
    student.press("CONTINUAR")
    student.reads("Revisa tus datos")
    assert student.fact("Calle") == "Avenida de los Plateros"
    student.press("CONCLUIR")
    assert Nss(student.number())
    assert "Asignación de NSS exitosa" in student.text()
    assert len(student.steps()) == 3
    assert_papers(student)


@both
def test_inconcluso_says_why_and_gives_a_slip(abrir, desconocida):
    # Given a student whose CURP the registry does not have
    student = abrir(desconocida)
    # When they prove their mailbox
    student.capture()
    student.confirm()
    # Then the page says why, what to bring and where, and shows no number
    student.waits_for("inconclusa")
    student.reads("Tu trámite no se pudo terminar por internet")
    assert "No encontramos tu CURP en el registro de población" in student.text()
    assert "Acta de nacimiento" in student.text()
    assert student.page.locator("[data-nss]").count() == 0
    # And the slip carries the case
    folio = student.folio()
    student.page.get_by_role("link", name="Comprobante para imprimir").click()
    student.reads("Comprobante de trámite inconcluso")
    assert student.fact("Folio de tu caso") == folio
    assert student.fact("CURP") == student.persona.curp
