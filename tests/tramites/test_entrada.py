"""From the home page to Paso 1, without JavaScript: each state an address, each old address a way."""

import pytest
from django.core.management import call_command

from tests.tramites.escena import PASO1
from tests.tramites.visita import Visita

pytestmark = pytest.mark.django_db
FICHA, INTRO = "/tramites/imss-02-008/", "/tramites/imss-02-008/iniciar/"
WELCOME, SITE = "/tramites/imss-02-008/bienvenida/", "/afiliatealimss/"
FROM_FICHA = PASO1 + "?desde=ficha"


@pytest.fixture
def visita(db):
    call_command("cargar_fichas", "--aplicar", verbosity=0)
    return Visita()


# --- the way of seeds 000 and 003 ---------------------------------------------------------


def test_way_of_seed_000_leads_by_links_to_the_form(visita):
    way = [
        ("/", "/para/derechohabientes/"),
        ("/para/derechohabientes/", "/para/derechohabientes/empleo/"),
        ("/para/derechohabientes/empleo/", FICHA),
        (FICHA, INTRO),
        (INTRO, WELCOME),
        (WELCOME, FROM_FICHA),
    ]
    for here, there in way:
        assert there in visita.get(here).links()
    page = visita.get(FROM_FICHA)
    assert page.status == 200
    for label in ("LIMPIAR", "BUSCAR"):
        assert label in page.text


def test_stage_shows_the_three_numbered_steps_and_both_fichas(visita):
    assert "Paso 1 Elige una etapa" in visita.get("/para/derechohabientes/").text
    page = visita.get("/para/derechohabientes/empleo/")
    for words in (
        "Etapa de la vida: Empleo",
        "Paso 2 Selecciona una categoría",
        "Paso 3 Elige la ficha deseada",
        "Homoclave IMSS-02-066. Modalidades B, E, H, K, N",
        "Homoclave IMSS-02-008",
        "Trámite digitalizado",
    ):
        assert words in page.text


@pytest.mark.parametrize(
    ("categoria", "words"),
    [("servicios-en-linea", "Constancia de vigencia de derechos"), ("salud", "no hay fichas")],
)
def test_each_category_has_its_address(visita, categoria, words):
    page = visita.get(f"/para/derechohabientes/empleo/{categoria}/")
    assert words in page.text
    assert "IMSS-02-066" not in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/para/nadie/",
        "/para/derechohabientes/ninguna/",
        "/para/derechohabientes/empleo/ninguna/",
        "/tramites/imss-99-999/",
    ],
)
def test_address_of_nothing_is_not_found(visita, path):
    assert visita.get(path).status == 404


@pytest.mark.parametrize("publico", ["patrones", "escuelas"])
def test_audience_without_fichas_is_told_so(visita, publico):
    assert "todavía no tiene trámites para ti" in visita.get(f"/para/{publico}/").text


def test_ficha_008_has_its_three_tiles_and_what_to_expect(visita):
    page = visita.get(FICHA)
    assert INTRO in page.links()
    for words in (
        "Homoclave IMSS-02-008",
        "Ya puedes hacer tu trámite por internet:",
        "Ten a la mano tu CURP",
        "Ten una cuenta de correo electrónico",
        "Trámite digitalizado",
        "cinco minutos",
        "gratuito",
        "11 dígitos",
        "Otras formas",
        "ya tienes un número",
        "Consulta de trámites",
    ):
        assert words in page.text


@pytest.mark.parametrize("path", ["/tramites/imss-02-066/", "/vigencia/"])
def test_ficha_of_what_is_not_offered_says_so_and_begins_nothing(visita, path):
    page = visita.get(path)
    assert "Todavía no se ofrece aquí" in page.text
    assert INTRO not in page.links()


def test_welcome_is_the_same_in_the_dialog_and_in_its_page(visita):
    intro, welcome = visita.get(INTRO), visita.get(WELCOME)
    for page in (intro, welcome):
        assert "Bienvenido" in page.text
        assert "único, permanente e intransferible" in page.text
        assert {FROM_FICHA, FICHA} <= set(page.links())  # Aceptar, Cancelar
    assert intro.of("dialog")["aria-labelledby"] == "titulo-bienvenida"
    assert "open" not in intro.of("dialog")


def test_two_doors_are_one_form_with_other_labels(visita):
    ficha, deep = visita.get(FROM_FICHA), visita.get(PASO1)
    assert {*ficha.form("form-captura")} - {*deep.form("form-captura")} == {"desde"}
    assert "BUSCAR" not in deep.text
    page = visita.send_capture(ficha.form("form-captura"), curp="1230", correo="ana@example.org")
    assert "BUSCAR" in page.text  # a mistake keeps the door
    assert FROM_FICHA in page.links()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/gestionAsegurados-web-externo/asignacionNSS", PASO1),
        ("/gestionasegurados-web-externo/asignacionnss/", PASO1),
        ("/gestionAsegurados-web-externo/vigencia", "/vigencia/"),
        ("/tramites/imss02008", FICHA),
        ("/tramites/IMSS02008/", FICHA),
        ("/afiliatealimss", SITE),
        ("/AfiliateAlImss", SITE),
    ],
)
def test_old_address_leads_to_its_page_at_once(visita, old, new):
    page = visita.get(old)
    assert (page.status, page.url) == (301, new)
    assert visita.get(new).status == 200


# --- search ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "nss",
        "NSS",
        "IMSS-02-008",
        "imss02008",
        "número de seguridad social",
        "numero de seguro social",
        "NUMERO  DE SEGURIDAD SOSIAL",
        "localizacion de nss",
        "asignasion",
        "¿cómo saco mi número de seguro?",
        "seguro facultativo",
    ],
)
def test_search_reaches_the_ficha_in_one_step(visita, typed):
    page = visita.get("/buscar/", {"q": typed})
    assert (page.status, page.url) == (302, FICHA + "?buscado=1")
    assert "responde a tu búsqueda" in visita.get(page.url).text


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("cambiar de clinica", "/tramites/imss-02-066/"),
        ("benificiarios", "/tramites/imss-02-066/"),
        ("vigencia", "/tramites/vigencia/"),
    ],
)
def test_search_reaches_the_other_fichas(visita, typed, there):
    assert visita.get("/buscar/", {"q": typed}).url == there + "?buscado=1"


@pytest.mark.parametrize("typed", ["pasaporte", "<b>x</b>", "%", "'; drop", "zzzz", "\0"])
def test_search_without_answer_offers_all(visita, typed):
    page = visita.get("/buscar/", {"q": typed})
    assert page.status == 200
    assert FICHA in page.links()
    assert "<b>x</b>" not in page.html


@pytest.mark.parametrize(
    "typed", ["LORA070514MGRPVNA4", "ana@example.org", "mi nss es 12 34 56 7890-1"]
)
def test_search_never_repeats_a_persons_datum(visita, typed):
    page = visita.get("/buscar/", {"q": typed})
    assert "No escribas aquí tus datos personales" in page.text
    assert typed not in page.html
