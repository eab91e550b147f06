"""Guide 002: the microsite, Paso 1, and both its ends: a number found, a number assigned."""

import pytest

from nss.values import Nss
from tests.recorridos.pantallas import Guia, Pantalla

pytestmark = [pytest.mark.pila, pytest.mark.navegador]
ADDRESS = "/afiliatealimss"
VIGENCIA = "/gestionAsegurados-web-externo/vigencia"
FRAME = ("Trámites", "Gobierno", "Participa", "Datos", "Buscar")
BAR = ("Paso 1 Iniciar trámite", "Paso 2 Ingresar domicilio", "Paso 3 Finalizar trámite")
TABLE = (
    "Tu Número de Seguridad Social (NSS) ha sido enviado a tu correo electrónico.",
    *("Folio", "Fecha", "Documento", "Tarjeta de Número de Seguridad Social"),
    *("Reenviar", "Ver", "Descargar", "Finalizar trámite"),
)

MICROSITE = Pantalla(
    "002.1",
    (
        *FRAME,
        "Si eres estudiante de prepa o universidad pública tienes IMSS. ¡Pasa la voz!",
        *("Tienes IMSS", "tienes derecho a los servicios médicos del IMSS"),
        "Paso 1: Obtén o localiza tu Número de Seguridad Social",
        "Paso 2: Verifica que tu escuela te haya inscrito",
        "Paso 3: Regístrate en la clínica que te corresponde",
        *("el mismo para toda la vida", "7 millones", "Es su derecho"),
        *("Facebook", "Pasa la voz"),
    ),
)
FORM = Pantalla(
    "002.3",
    (
        *("Asignación o localización de NSS", "Paso 1 Iniciar trámite", "CURP"),
        "Para realizar la consulta o asignación de tu Número de Seguridad Social (NSS), debes"
        " tener a la mano:",
        *("Correo electrónico válido, el cual será asociado a tu CURP", "Campos obligatorios"),
        "Continuar",
    ),
)
WAIT = Pantalla("002.4", ("Tu petición se está procesando", "Espera un momento"))
FOUND = Pantalla(
    "002.5",
    ("Paso 1 Iniciar trámite", "Paso 2 Finalizar trámite", "Tu NSS es:", "CURP", "Nombre", *TABLE),
)
NOT_FOUND = Pantalla(
    "002.7",
    (*BAR, "No se encontró un número asociado a tu CURP, se te asignará uno.", "CURP", "Nombre"),
)
ADDRESS_FORM = Pantalla(
    "002.7b",
    (
        *BAR,
        *("Código postal*", "Aceptar", "Estado", "Municipio o alcaldía", "Selecciona tu colonia*"),
        *("Calle*", "Número exterior*", "Número interior", "* Campos obligatorios"),
    ),
)
ASSIGNING = Pantalla("002.7c", ("Asignamos tu Número de Seguridad Social",))
ASSIGNED = Pantalla("002.8", (*BAR, "Asignación de NSS exitosa", "CURP", "Nombre", *TABLE))
VALIDITY = Pantalla(
    "002.9",
    (
        *("Constancia de vigencia de derechos", "CURP", "Número de Seguridad Social"),
        "Ten una cuenta de correo electrónico",
    ),
)


def begin(guide, student):
    """The microsite, Paso 1 and the wait; the worker starts again at its end."""
    student.open(ADDRESS)
    guide.reads(student.page, "002.1")
    student.click("Empezar el paso 1")
    guide.reads(student.page, "002.3")
    student.type_capture()
    student.press("Continuar")
    student.reads("Revisa tu correo")
    student.follow_link()
    with student.nobody_works():
        student.press("Confirmar y continuar")
        student.reads("Tu petición se está procesando")
        guide.reads(student.page, "002.4")


def test_guide_002_finds_the_number(abrir, con_numero):
    guide, student = Guia(MICROSITE, FORM, WAIT, FOUND), abrir(con_numero())
    begin(guide, student)
    assert Nss(student.number())
    assert len(student.steps()) == 2
    student.mail_is_sent()
    guide.reads(student.page, "002.5")
    guide.walked()
    # The microsite of this browser now tells that step 1 is done.
    student.open(ADDRESS)
    assert student.page.locator("[data-avance=hecho]").count() == 1


def test_guide_002_assigns_one(abrir, sin_numero):
    guide = Guia(MICROSITE, FORM, WAIT, NOT_FOUND, ADDRESS_FORM, ASSIGNING, ASSIGNED, VALIDITY)
    student = abrir(sin_numero())
    begin(guide, student)
    student.reads("¿Eres tú?")
    assert student.persona.curp in student.text()
    guide.reads(student.page, "002.7")
    student.says_it_is_them()
    student.type_address()
    guide.reads(student.page, "002.7b")
    student.press("CONTINUAR")
    student.press("CONTINUAR")
    with student.nobody_works():
        student.press("CONCLUIR")
        student.reads("Tu petición se está procesando")
        guide.reads(student.page, "002.7c")
    assert Nss(student.number())
    student.mail_is_sent()
    guide.reads(student.page, "002.8")
    student.press("Finalizar trámite")
    student.reads("El trámite ha sido concluido")
    student.open(VIGENCIA)
    guide.reads(student.page, "002.9")
    guide.walked()
