"""The frame and the microsite: each menu a real page, the three steps, how far a person came."""

import pytest
from django.conf import settings
from django.core.management import call_command

from comun import reloj
from tests.nss.personas import identidad
from tests.tramites.escena import MINE, PASO1, catalogue, in_padron, proved, with_number
from tests.tramites.visita import Visita
from tramites.enums import Estado, Razon
from tramites.models import Solicitud

pytestmark = pytest.mark.django_db
FICHA, INTRO = "/tramites/imss-02-008/", "/tramites/imss-02-008/iniciar/"
SITE = "/afiliatealimss/"


@pytest.fixture
def visita(db):
    call_command("cargar_fichas", "--aplicar", verbosity=0)
    return Visita()


def test_microsite_tells_the_three_steps_and_shares_by_plain_links(visita):
    page = visita.get(SITE)
    for words in (
        "Paso 1: Obtén o localiza tu Número de Seguridad Social",
        "Paso 2: Verifica que tu escuela te haya inscrito al IMSS",
        "Paso 3: Regístrate en la clínica que te corresponde",
        "7 millones",
        "Pasa la voz",
        "Más adelante",
    ):
        assert words.lower() in page.text.lower()
    assert {PASO1, INTRO} <= set(page.links())
    outside = [link for link in page.links() if link.startswith("http")]
    assert len(outside) == 3
    sources = [a["src"] for tag, a in page.doc.elements if "src" in a and tag != "a"]
    assert all(src.startswith("/") for src in sources)
    assert page.mark("avance") is None


@pytest.mark.parametrize(
    ("numbered", "marca"), [(True, "hecho"), (False, "curso")], ids=["located", "to assign"]
)
def test_microsite_tells_how_far_a_proved_person_came(visita, attend_all, numbered, marca):
    persona = in_padron(identidad(1))
    if numbered:
        numero = with_number(persona)
    mine = proved(persona, attend_all)
    assert mine.get(SITE).mark("avance") == "curso"  # proved, and not looked at yet
    attend_all()
    page = mine.get(SITE)
    assert page.mark("avance") == marca
    assert MINE in page.links()
    assert "no-store" in page.response["Cache-Control"]
    for secret in (persona.curp, persona.nombres, *([numero.nss] if numbered else [])):
        assert secret not in page.html
    assert visita.get(SITE).mark("avance") is None  # another browser


def test_microsite_sends_who_could_not_finish_to_the_reason(visita, attend_all):
    mine = proved(in_padron(identidad(1)), attend_all)
    Solicitud.objects.get().advance(
        Estado.INCONCLUSA, now=reloj.now(), razon=Razon.CURP_NO_ENCONTRADA
    )
    assert mine.get(SITE).mark("avance") == "alto"


@pytest.mark.parametrize(
    "name",
    ["conoce", "transparencia", "directorio", "contacto", "gobierno", "participa", "datos"],
)
def test_every_menu_leads_to_a_real_page(visita, name):
    page = visita.get(f"/{name}/")
    assert page.status == 200
    assert f"/{name}/" in page.links()
    current = [a["href"] for tag, a in page.doc.elements if tag == "a" and "aria-current" in a]
    assert set(current) == {f"/{name}/"}


def test_contact_and_who_answers_are_those_of_the_issuer(visita):
    assert settings.EMISOR_CONTACTO in visita.get("/contacto/").text
    assert settings.EMISOR_NOMBRE in visita.get("/transparencia/").text


def test_directory_lists_the_offices_of_the_catalogue(visita, django_assert_max_num_queries):
    assert "todavía no está cargado" in visita.get("/directorio/").text
    catalogue()
    with django_assert_max_num_queries(3):
        text = visita.get("/directorio/").text
    assert "12 Guerrero" in text
    assert "3 Iguala" in text


def test_all_components_are_shown_together(visita):
    page = visita.get("/componentes/")
    assert page.status == 200
    folder = settings.BASE_DIR / "templates"
    shown = (folder / "sitio/componentes.html").read_text()
    shown += "".join(
        path.read_text() for path in folder.rglob("*.html") if path.name == "base.html"
    )
    shown += "".join(path.read_text() for path in (folder / "components").glob("*.html"))
    names = {path.name for path in (folder / "components").glob("*.html")}
    assert {name for name in names if f"components/{name}" not in shown} == set()


def test_components_are_not_shown_outside_the_demo(visita, settings):
    settings.DEMO = False
    assert visita.get("/componentes/").status == 404


def test_entrance_asks_the_database_for_the_time_and_the_fichas(
    visita, django_assert_max_num_queries
):
    for path in ("/", "/para/derechohabientes/empleo/", FICHA, "/tramites/"):
        with django_assert_max_num_queries(2):
            visita.get(path)
