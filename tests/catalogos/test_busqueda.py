"""Find a colonia by a name half remembered: what is written first, what resembles it next."""

import pytest
from django.db import connection

from catalogos.models import Asentamiento
from catalogos.rules import normalise
from catalogos.services import find_asentamientos
from catalogos.services.busqueda import AT_MOST
from tests.tramites.escena import asentamiento, municipio

pytestmark = pytest.mark.django_db


@pytest.fixture
def taxco():
    donde = municipio("Taxco de Alarcón")
    for nombre in ("Centro", "Bermeja", "Pedro Martín", "Guadalupe Victoria", "Centro Histórico"):
        asentamiento(donde, "40200", nombre)
    return donde


def names(nombre, **where):
    return [place.nombre for place in find_asentamientos(nombre=nombre, entidad="GR", **where)]


def test_exact_name_comes_first_then_what_begins_with_it(taxco):
    assert names("centro")[:2] == ["Centro", "Centro Histórico"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bermeha", "Bermeja"),
        ("BERMEJÁ", "Bermeja"),
        ("vermeja", "Bermeja"),
        ("pedro martim", "Pedro Martín"),
        ("guadalpe victoria", "Guadalupe Victoria"),
        ("gudalupe", "Guadalupe Victoria"),
        ("colonia bermeja", "Bermeja"),
        ("sentro", "Centro"),
    ],
)
def test_typos_accents_and_kinds_are_forgiven(taxco, typed, meant):
    assert meant in names(typed)
    assert meant in names(typed, municipio_id=taxco.pk)


def test_other_states_and_retired_colonias_are_left_out(taxco):
    assert find_asentamientos(nombre="bermeja", entidad="CL") == []
    Asentamiento.objects.filter(nombre="Bermeja").update(vigente=False)
    assert "Bermeja" not in names("bermeja")


@pytest.mark.parametrize("typed", ["", "a", "  -- ", "%%%", "col", "💧💧💧"])
def test_too_little_finds_nothing(taxco, typed):
    assert names(typed) == []


@pytest.mark.parametrize("typed", ["cen%tro", "cen_tro", "'; DROP TABLE x; --", "\\centro"])
def test_marks_are_only_text(taxco, typed):
    names(typed)
    assert Asentamiento.objects.count() == 5


def test_at_most_twenty_in_three_queries(taxco, django_assert_max_num_queries):
    for n in range(30):
        asentamiento(taxco, "40201", f"Loma {n:02}")
    with django_assert_max_num_queries(2):
        places = find_asentamientos(nombre="loma", entidad="GR")
        assert {place.municipio.entidad.nombre for place in places} == {"Guerrero"}
    assert len(places) == AT_MOST


def test_index_serves_the_guessing(taxco):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM catalogos_asentamiento WHERE nombre_normalizado %%> %s",
            [normalise("bermeha")],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "asentamiento_like_nombre" in plan
