"""Guide 004: the three alternatives, the boxes with one's data, the clinic, and "Paso 4"."""

import pytest

from nss.values import Nss
from tests.recorridos.pantallas import Guia, Pantalla

pytestmark = [pytest.mark.pila, pytest.mark.navegador]
both = pytest.mark.parametrize("javascript", [True, False], ids=["con-js", "sin-js"])
BAR = ("Paso 1 Iniciar trámite", "Paso 2 Ingresar domicilio", "Paso 3 Finalizar trámite")

HOME = Pantalla("004.1", ("Obtén o localiza tu Número de Seguridad Social",))
STEPS = Pantalla(
    "004.3",
    (
        "Paso 1: Obtén o localiza tu Número de Seguridad Social",
        "Paso 2: Verifica que tu escuela te haya inscrito al IMSS",
        "Paso 3: Regístrate en la clínica que te corresponde",
    ),
)
INTRO = Pantalla("004.4", ("INICIAR",))
WELCOME = Pantalla("004.5", ("Bienvenido", "Aceptar"))
FORM = Pantalla("004.6", ("CURP", "Correo electrónico", "Confirma tu correo", "caracteres"))
BOXES = Pantalla(
    "004.7",
    (
        *("¿Eres tú?", "CURP", "Nombre o nombres", "Primer apellido", "Segundo apellido", "Sexo"),
        *("Fecha de nacimiento", "Lugar de nacimiento", "continuar", "No soy yo"),
    ),
)
CODE = Pantalla("004.8", (*BAR, "Código postal", "¿No conoces tu código postal?", "colonia"))
REST = Pantalla("004.9", ("Calle", "Número exterior", "Número interior", "CONTINUAR"))
CLINIC = Pantalla(
    "004.10",
    (
        "Unidades médicas localizadas a partir del domicilio",
        *("Delegación", "12 GUERRERO", "Subdelegación", "3 IGUALA", "Unidad Médica Familiar"),
        *("5 UMF 005", "Dirección", "AV. DE LOS PLATEROS NO. 330", "REGRESAR"),
    ),
)
CHECK = Pantalla("004.10b", ("Revisa tus datos", "Cambiar", "REGRESAR", "CONCLUIR"))
DONE = Pantalla(
    "004.11",
    (
        *("Paso 4: Solicitud procesada", "fue concluida exitosamente"),
        *("Descargar comprobante del trámite", "DESCARGAR COMPROBANTE", "Trámite concluido"),
        *("El trámite ha sido concluido.", "Imprime dos", "secretaria de tu grupo"),
        *("oficina de afiliación", "IMPRIMIR NSS", "ACEPTAR"),
    ),
)
GUIDE = (HOME, STEPS, INTRO, WELCOME, FORM, BOXES, CODE, REST, CLINIC, CHECK, DONE)


def walk_to_the_boxes(guide, student):
    student.open("/")
    guide.reads(student.page, "004.1")
    student.click("Ver los tres pasos")
    guide.reads(student.page, "004.3")
    student.click("Leer antes de qué se trata")
    guide.reads(student.page, "004.4")
    student.click("INICIAR")
    student.page.get_by_role("heading", name="Bienvenido").wait_for()
    guide.reads(student.page, "004.5")
    student.click("Aceptar")
    guide.reads(student.page, "004.6")
    student.type_capture()
    student.press("BUSCAR")
    student.reads("Revisa tu correo")
    student.confirm()
    student.reads("¿Eres tú?")
    guide.reads(student.page, "004.7")


@both
def test_guide_004_ends_with_paso_4(abrir, sin_numero, javascript):
    guide, student = Guia(*GUIDE), abrir(sin_numero())
    walk_to_the_boxes(guide, student)
    student.says_it_is_them()
    student.type_cp("40200")
    guide.reads(student.page, "004.8")
    student.type_address("40200")
    guide.reads(student.page, "004.9")
    student.press("CONTINUAR")
    student.reads("Unidades médicas localizadas a partir del domicilio")
    guide.reads(student.page, "004.10")
    student.press("CONTINUAR")
    student.reads("Revisa tus datos")
    guide.reads(student.page, "004.10b")
    student.press("CONCLUIR")
    assert Nss(student.number())
    assert student.fact("Unidad de Medicina Familiar") == "UMF 5"
    student.mail_is_sent()
    assert student.folio() in student.page.locator("#cierre + p").inner_text()
    guide.reads(student.page, "004.11")
    guide.walked()
    with student.page.expect_download() as saving:
        student.page.get_by_role("link", name="DESCARGAR COMPROBANTE", exact=True).click()
    assert saving.value.path().read_bytes().startswith(b"%PDF-")
    student.press("ACEPTAR")
    student.reads("El trámite ha sido concluido")
