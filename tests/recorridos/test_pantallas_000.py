"""Guide 000: from the Institute's home page to the number, or to the reason why not."""

import pytest

from nss.values import Nss
from tests.recorridos.pantallas import Guia, Pantalla
from tests.recorridos.visitante import Visitante

pytestmark = [pytest.mark.pila, pytest.mark.navegador]
both = pytest.mark.parametrize("javascript", [True, False], ids=["con-js", "sin-js"])
MESSAGE = "Ten a la mano tu CURP"
PAPERS = ("Acta de nacimiento", "CURP", "Identificación oficial", "Pasaporte", "Cartilla")

HOME = Pantalla("000.1", ("Derechohabientes, pensionados y público en general",))
STAGES = Pantalla("000.2", ("Paso 1 Elige una etapa", "Empleo"))
FICHAS = Pantalla(
    "000.3",
    (
        *("Etapa de la vida: Empleo", "Paso 2 Selecciona una categoría", "Trámites"),
        *("Servicios en línea", "Salud", "Prestaciones", "Paso 3 Elige la ficha deseada"),
        *("Actualización en UMF", "Homoclave IMSS-02-066. Modalidades B, E, H, K, N"),
        "Actualiza los datos de tus beneficiarios para que sigan disfrutando de las prestaciones",
        *("Asignación o localización del Número de Seguridad Social", "Homoclave IMSS-02-008"),
        "El Número de Seguridad Social (NSS) es único, permanente e intransferible",
        *("Trámite digitalizado", "Ver más"),
    ),
)
FICHA = Pantalla(
    "000.4",
    (
        *("Homoclave IMSS-02-008", "Ya puedes hacer tu trámite por internet:", MESSAGE),
        *("Ten una cuenta de correo electrónico", "Trámite digitalizado"),
        "Sigue las instrucciones para iniciar tu trámite",
    ),
)
INTRO = Pantalla(
    "000.5.1", ("Asignación de Número de Seguridad Social", "no presencial", "INICIAR")
)
WELCOME = Pantalla(
    "000.5.2",
    (
        *("Trámite de Asignación de Número de Seguridad Social", "Bienvenido"),
        "En esta página podrás recuperar u obtener tu Número de Seguridad Social.",
        "El número que obtengas es único, permanente e intransferible.",
        *("Para facilitar tu proceso", "CURP", "Correo electrónico", "Aceptar", "Cancelar"),
    ),
)
FORM = Pantalla(
    "000.6",
    (
        *("Paso 1", "Consulta de personas físicas por CURP", "CURP", "Correo electrónico"),
        *("Confirma tu correo electrónico", "Escribe los caracteres de la imagen"),
        *("mayúsculas y minúsculas", "LIMPIAR", "BUSCAR"),
    ),
)
WAIT = Pantalla("000.7", ("Tu petición se está procesando", "Espera un momento"))
DONE = Pantalla(
    "000.8a",
    (
        *("Proceso concluido", "Ya cuentas con Número de Seguridad Social", "correo electrónico"),
        *("Servicios Escolares", "copia de tu CURP y de tu acta de nacimiento"),
        *("IMPRIMIR NSS", "ACEPTAR"),
    ),
)
NOT_DONE = Pantalla(
    "000.8b",
    (
        "no se pudo terminar por internet",
        "Servicios Escolares",
        "subdelegación",
        *PAPERS,
        "ACEPTAR",
    ),
)
BEFORE = (HOME, STAGES, FICHAS, FICHA, INTRO, WELCOME, FORM)


def walk_to_the_form(guide: Guia, student: Visitante, *, javascript: bool) -> None:
    """What the guide does with the mouse, screen by screen."""
    student.open("/")
    guide.reads(student.page, "000.1")
    student.click("Derechohabientes, pensionados y público en general")
    guide.reads(student.page, "000.2")
    student.click("Empleo")
    guide.reads(student.page, "000.3")
    student.click("Ver más sobre Asignación o localización del Número de Seguridad Social")
    guide.reads(student.page, "000.4")
    student.click("Trámite digitalizado")
    guide.reads(student.page, "000.5.1")
    student.click("INICIAR")
    student.page.get_by_role("heading", name="Bienvenido").wait_for()
    assert (student.page.get_by_role("dialog").count() == 1) == javascript
    guide.reads(student.page, "000.5.2")
    student.click("Aceptar")
    guide.reads(student.page, "000.6")


def send_and_wait(guide: Guia, student: Visitante) -> None:
    """BUSCAR, the link of the mail, and "su petición se está procesando"."""
    student.type_capture()
    student.press("BUSCAR")
    student.reads("Revisa tu correo")
    student.follow_link()
    with student.nobody_works():
        student.press("Confirmar y continuar")
        student.reads("Tu petición se está procesando")
        assert student.page.locator("[aria-live=polite]").count() == 1
        guide.reads(student.page, "000.7")


@both
def test_guide_000_ends_with_the_number(abrir, con_numero, javascript):
    guide, student = Guia(*BEFORE, WAIT, DONE), abrir(con_numero())
    walk_to_the_form(guide, student, javascript=javascript)
    send_and_wait(guide, student)
    assert Nss(student.number())
    guide.reads(student.page, "000.8a")
    guide.walked()
    printed = student.page.get_by_role("link", name="IMPRIMIR NSS").get_attribute("href")
    assert student.context.request.get(printed).body().startswith(b"%PDF-")
    student.press("ACEPTAR")
    student.reads("El trámite ha sido concluido")


@both
def test_guide_000_ends_inconcluso(abrir, desconocida, javascript):
    guide, student = Guia(*BEFORE, WAIT, NOT_DONE), abrir(desconocida)
    walk_to_the_form(guide, student, javascript=javascript)
    send_and_wait(guide, student)
    student.reads("Tu trámite no se pudo terminar por internet")
    guide.reads(student.page, "000.8b")
    guide.walked()
    student.press("ACEPTAR")
    student.reads("¿Qué trámite necesitas?")
    assert "Tu solicitud sigue guardada" in student.text()
