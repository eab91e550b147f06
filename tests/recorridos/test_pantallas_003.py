"""Guide 003: the ficha, the welcome, BUSCAR, and the sheet that goes to Servicios Escolares."""

import pytest

from nss.values import Nss
from tests.recorridos.pantallas import Guia, Pantalla

pytestmark = [pytest.mark.pila, pytest.mark.navegador]
ADDRESS = "/tramites/imss02008"

FICHA = Pantalla(
    "003.2",
    (
        *("Inicio", "Conoce", "Transparencia", "Directorio", "Contacto", "Buscar"),
        *("Consulta de trámites", "Asignación o localización del Número de Seguridad Social"),
        "Homoclave IMSS-02-008",
        "¡Ahora también puedes obtener o localizar tu NSS a través de Internet!",
        *("Ya puedes hacer tu trámite por internet:", "Ten a la mano tu CURP"),
        *("Ten una cuenta de correo electrónico", "Trámite digitalizado"),
        *("Sigue las instrucciones para iniciar tu trámite", "¿Ya trabajaste o trabajas?"),
    ),
)
INTRO = Pantalla("003.3", ("Asignación de Número de Seguridad Social", "no presencial", "INICIAR"))
WELCOME = Pantalla(
    "003.4",
    (
        *("Trámite de Asignación de Número de Seguridad Social", "Bienvenido"),
        "En esta página podrás recuperar u obtener tu Número de Seguridad Social.",
        "El número que obtengas es único, permanente e intransferible.",
        *("CURP", "Correo electrónico", "Aceptar", "Cancelar"),
    ),
)
FORM = Pantalla(
    "003.5",
    ("Paso 1", "Consulta de personas físicas por CURP", "mayúsculas y minúsculas", "BUSCAR"),
)
NUMBER = Pantalla("003.6", ("IMPRIMIR NSS", "Servicios Escolares", "enviado a tu correo"))
NEXT = Pantalla(
    "003.7",
    (
        *("Servicios Escolares", "Tu escuela te inscribe", "Pregunta", "único"),
        *("toda la vida", "prácticas, viajes de estudio y empleos"),
    ),
)


def test_guide_003_ends_at_servicios_escolares(abrir, con_numero):
    guide = Guia(FICHA, INTRO, WELCOME, FORM, NUMBER, NEXT)
    student = abrir(con_numero())
    student.open(ADDRESS)
    crumbs = student.page.get_by_role("navigation", name="Estás en").get_by_role("listitem")
    assert [crumb.inner_text() for crumb in crumbs.all()][:2] == ["Inicio", "Consulta de trámites"]
    guide.reads(student.page, "003.2")
    student.click("Trámite digitalizado")
    guide.reads(student.page, "003.3")
    student.click("INICIAR")
    student.page.get_by_role("dialog", name="Bienvenido").wait_for()
    guide.reads(student.page, "003.4")
    student.click("Aceptar")
    guide.reads(student.page, "003.5")
    student.type_capture()
    student.press("BUSCAR")
    student.reads("Revisa tu correo")
    student.type_code()
    assert Nss(student.number())
    student.mail_is_sent()
    guide.reads(student.page, "003.6")
    student.press("ACEPTAR")
    student.reads("El trámite ha sido concluido")
    guide.reads(student.page, "003.7")
    guide.walked()
