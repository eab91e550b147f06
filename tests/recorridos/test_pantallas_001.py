"""Guide 001: from the printed address of the form to the number, by the link of the mail."""

import pytest

from nss.values import Nss
from tests.recorridos.pantallas import Guia, Pantalla

pytestmark = [pytest.mark.pila, pytest.mark.navegador]
ADDRESS = "/gestionAsegurados-web-externo/asignacionNSS"

FORM = Pantalla(
    "001.1",
    (
        "Para realizar la consulta o asignación de tu Número de Seguridad Social (NSS), debes"
        " tener a la mano:",
        *("Correo electrónico válido, el cual será asociado a tu CURP", "CURP*"),
        *("¿No te sabes tu CURP?", "Correo electrónico*", "Confirma tu correo electrónico*"),
        *("Escribe los caracteres de la imagen*", "mayúsculas y minúsculas"),
        *("* Campos obligatorios", "Continuar"),
    ),
)
SENT = Pantalla(
    "001.5",
    (
        "Para continuar con tu trámite te hemos enviado una liga de confirmación a tu correo"
        " electrónico",
    ),
)
MAIL = Pantalla(
    "001.6",
    (
        "Servicio Digital: Solicitud de Asignación o Localización de NSS",
        "Estimado(a) Asegurado(a):",
        "Hemos recibido una solicitud de Asignación o Localización de Número de Seguridad Social.",
        *("confirma que este correo electrónico es tuyo", "en la siguiente liga"),
    ),
)
LINK = Pantalla("001.7", ("Solicitud de Asignación o Localización de NSS",))
NUMBER = Pantalla(
    "001.8",
    (
        *("Asignación o localización de NSS", "Bienvenido", "Salir"),
        *("Paso 1 Iniciar trámite", "Paso 2 Finalizar trámite", "Tu NSS es:"),
    ),
)
PAPERS = Pantalla(
    "001.9",
    (
        "Tu Número de Seguridad Social (NSS) ha sido enviado a tu correo electrónico.",
        *("Folio", "Fecha", "Documento", "Número de Seguridad Social"),
        *("Tarjeta de Número de Seguridad Social", "Reenviar", "Ver", "Descargar"),
    ),
)


def test_guide_001_ends_with_the_number_and_its_papers(abrir, con_numero):
    guide = Guia(FORM, SENT, MAIL, LINK, NUMBER, PAPERS)
    student = abrir(con_numero())
    student.open(ADDRESS)
    guide.reads(student.page, "001.1")
    student.type_capture()
    student.press("Continuar")
    student.reads("Revisa tu correo")
    guide.reads(student.page, "001.5")
    student.open_mail()
    guide.reads(student.page, "001.6")
    student.page.locator("main a[href*='/c/']").first.click()
    student.reads("Confirma tu correo electrónico")
    guide.reads(student.page, "001.7")
    student.press("Confirmar y continuar")
    assert Nss(student.number())
    assert len(student.steps()) == 2
    guide.reads(student.page, "001.8")
    student.mail_is_sent()
    guide.reads(student.page, "001.9")
    guide.walked()
    for name in ("Número de Seguridad Social", "Tarjeta de Número de Seguridad Social"):
        with student.page.expect_download() as saving:
            student.page.get_by_role("link", name=f"Descargar {name} (PDF)", exact=True).click()
        assert saving.value.path().read_bytes().startswith(b"%PDF-")
