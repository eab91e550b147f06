"""The address made easy: the code found by the colonia, and colonias that the catalogue lacks."""

import pytest

from catalogos.models import Asentamiento, Cobertura, Municipio, UnidadMedica
from tests.tramites import escena
from tests.tramites.escena import (
    ADDRESS,
    CHECK,
    CLINIC,
    MINE,
    SEARCH,
    TAXCO,
    UNA_COLONIA,
)
from tests.tramites.visita import Visita
from tramites.models import Solicitud

TYPED = {"calle": "Domicilio conocido", "numero_exterior": "S/N", "numero_interior": ""}
WRITTEN = {"cp": TAXCO, "asentamiento": "otra", "colonia_escrita": "Loma  Nueva"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def visita(at_address):
    return at_address


def only():
    return Solicitud.objects.get()


def search(visita, **fields):
    return visita.post(SEARCH, {"entidad": "GR", "accion": "buscar", **fields})


def found(page):
    return [a["value"] for tag, a in page.doc.elements if a.get("name") == "elegida"]


# --- no conozco mi código postal -----------------------------------------------------------


def test_address_leads_to_the_search(visita):
    assert SEARCH in visita.get(ADDRESS).links()
    page = visita.get(SEARCH)
    assert page.status == 200
    assert "Elige tu estado" in page.text


def test_state_brings_its_municipios(visita):
    page = visita.post(SEARCH, {"entidad": "GR", "accion": "estado"})
    assert "Taxco de Alarcón" in page.text
    assert "Error" not in page.title
    fragment = visita.post(SEARCH, {"entidad": "GR", "accion": "estado"}, htmx=True)
    assert fragment.html.strip() in page.html
    assert "Taxco" not in visita.post(SEARCH, {"entidad": "CL", "accion": "estado"}).text


@pytest.mark.parametrize(
    "typed",
    ["nandu", "ÑANDÚ", "ñandi", "col. Ñandú", "taxco", "alarcn", "pedro martin", "pdro martin"],
)
def test_colonia_is_found_with_typos_and_without_accents(visita, typed):
    page = search(visita, colonia=typed)
    assert found(page)
    assert TAXCO in page.text


def test_municipio_narrows_the_search(visita):
    iguala = Municipio.objects.get(nombre="Iguala")
    assert len(found(search(visita, colonia="centro"))) == 2
    page = search(visita, colonia="centro", municipio=iguala.pk)
    assert [Asentamiento.objects.get(pk=pk).municipio for pk in found(page)] == [iguala]


def test_chosen_colonia_fills_the_address(visita):
    pk = found(search(visita, colonia="ñandú"))[0]
    assert visita.post(SEARCH, {"elegida": pk}).url == ADDRESS
    form = visita.get(ADDRESS).form("form-domicilio")
    assert (form["cp"], form["asentamiento"]) == (TAXCO, pk)
    assert visita.post(ADDRESS, form | TYPED).url == CLINIC
    assert only().domicilio.colonia == "Ñandú"
    assert "colonia_elegida" not in visita.session


def test_nothing_found_says_how_to_go_on(visita):
    page = search(visita, colonia="zzzzzz")
    assert "No encontramos una colonia con ese nombre" in page.text
    assert page.form("form-buscar-cp")["colonia"] == "zzzzzz"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"colonia": ""}, "Escribe el nombre de tu colonia"),
        ({"colonia": "ab"}, "al menos tres letras"),
        ({"colonia": "centro", "entidad": ""}, "Elige tu estado."),
        ({"colonia": "centro", "entidad": "NE"}, "Elige un estado de la lista."),
        ({"colonia": "centro", "municipio": "0"}, "Elige un municipio de la lista."),
        ({"colonia": "cen\u202etro"}, "caracteres invisibles"),
    ],
)
def test_wrong_search_says_what_is_wrong(visita, fields, words):
    page = search(visita, **fields)
    assert page.title.startswith("Error: ")
    assert words in page.text


@pytest.mark.parametrize("elegida", ["0", "x", "-1", "9" * 30, "1' OR 1=1"])
def test_colonia_that_is_not_there_is_not_chosen(visita, elegida):
    assert visita.post(SEARCH, {"elegida": elegida}).status == 200
    assert "colonia_elegida" not in visita.session


def test_search_is_part_of_an_open_procedure(visita):
    assert Visita().get(SEARCH).status == 403
    visita.post("/asignacion-nss/mi-tramite/no-soy-yo/")
    assert visita.get(SEARCH).url == MINE


# --- mi colonia no aparece -------------------------------------------------------------------


def test_colonia_of_ones_own_is_kept_as_written_and_flagged(visita):
    assert visita.post(ADDRESS, TYPED | WRITTEN).url == CLINIC
    kept = only().domicilio
    assert (kept.colonia, kept.colonia_propia, kept.cp) == ("Loma Nueva", True, TAXCO)
    assert kept.municipio == "Taxco de Alarcón"
    page = visita.follow(visita.post(CLINIC))
    assert "Loma Nueva (la escribiste tú)" in page.text
    form = visita.get(ADDRESS).form("form-domicilio")
    assert (form["asentamiento"], form["colonia_escrita"]) == ("otra", "Loma Nueva")


def test_clinic_of_ones_own_colonia_is_that_of_the_postal_code(visita):
    place = Asentamiento.objects.at(TAXCO)[0]
    other = UnidadMedica.objects.get(numero="30")
    Cobertura.objects.create(
        cp=TAXCO,
        municipio=place.municipio,
        colonia_normalizada=place.nombre_normalizado,
        unidad=other,
        fuente="prueba",
    )
    visita.post(ADDRESS, TYPED | WRITTEN)
    page = visita.get(CLINIC)
    assert "5 UMF 005" in page.text
    assert "Te corresponde por tu código postal 40200." in page.text


def test_number_is_assigned_to_who_wrote_their_colonia(visita, attend_all):
    escena.series()
    visita.post(ADDRESS, TYPED | WRITTEN)
    visita.post(CLINIC)
    visita.post(CHECK)
    attend_all()
    assert only().numero is not None
    assert only().verbo == "asignacion"


@pytest.mark.parametrize("written", ["", "  ", "---", "<b>\u202e"])
def test_own_colonia_needs_its_name(visita, written):
    page = visita.post(ADDRESS, TYPED | WRITTEN | {"colonia_escrita": written})
    assert page.status == 200
    assert page.title.startswith("Error: ")
    assert only().domicilio is None


def test_even_the_only_colonia_may_not_be_ones_own(visita):
    page = visita.post(ADDRESS, TYPED | WRITTEN | {"cp": UNA_COLONIA})
    assert page.url == CLINIC
    assert only().domicilio.colonia == "Loma Nueva"


def test_text_beside_a_listed_colonia_is_not_used(visita):
    pk = Asentamiento.objects.at(TAXCO)[0].pk
    visita.post(ADDRESS, TYPED | WRITTEN | {"asentamiento": pk})
    assert not only().domicilio.colonia_propia


# --- the clinic -------------------------------------------------------------------------------


def test_hours_are_shown_where_they_are_known(visita):
    visita.post(ADDRESS, TYPED | WRITTEN)
    assert "Horario" not in visita.get(CLINIC).text
    UnidadMedica.objects.filter(numero="5").update(horario="Lunes a viernes, 8:00 a 20:00")
    assert "Lunes a viernes, 8:00 a 20:00" in visita.get(CLINIC).text
    UnidadMedica.objects.filter(numero="4").update(horario="Todos los días")
    visita.post(
        ADDRESS, TYPED | {"cp": "40000", "asentamiento": Asentamiento.objects.at("40000")[0].pk}
    )
    page = visita.get(CLINIC)
    assert "Todos los días" in page.text
    assert "en Iguala hay 2 unidades" in page.text
