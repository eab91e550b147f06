"""Look-ups by postal code: one query each, whatever the number of colonias."""

import pytest
from django.db import connection

from catalogos.models import Asentamiento
from tests.catalogos.conftest import run

pytestmark = pytest.mark.django_db


def test_colonias_of_a_code_take_one_query(minimo, django_assert_num_queries):
    with django_assert_num_queries(1):
        shown = [
            (a.nombre, a.tipo, a.municipio.nombre, a.municipio.entidad.nombre)
            for a in Asentamiento.objects.at("63010")
        ]
    assert shown == [
        ("Amado Nervo", "Colonia", "Tepic", "Nayarit"),
        ("Amado Nervo", "Fraccionamiento", "Tepic", "Nayarit"),
        ("Paseo de La Constitución", "Fraccionamiento", "Tepic", "Nayarit"),
        ("Sacristán", "Colonia", "Tepic", "Nayarit"),
    ]


def test_three_hundred_colonias_come_in_order_and_one_query(sepomex, django_assert_num_queries):
    names = [f"{first} {n:03}" for n in range(100) for first in ("Ñandú", "Ébano", "Zapote")]
    run("cargar_sepomex", sepomex(*({"d_asenta": name} for name in names)), "--aplicar")
    with django_assert_num_queries(1):
        found = [a.nombre for a in Asentamiento.objects.at("40200")]
    assert len(found) == 300
    assert [found[n] for n in (0, 100, 200)] == ["Ébano 000", "Ñandú 000", "Zapote 000"]


def test_retired_rows_are_not_offered(sepomex):
    run("cargar_sepomex", sepomex({"d_asenta": "Vieja"}), "--aplicar")
    run("cargar_sepomex", sepomex({"d_asenta": "Nueva"}), "--aplicar")
    assert [a.nombre for a in Asentamiento.objects.at("40200")] == ["Nueva"]


@pytest.mark.parametrize("cp", ["00000", "", "402000", "40200'; --", "á"])
def test_unknown_code_has_nothing(minimo, cp):
    assert list(Asentamiento.objects.at(cp)) == []
    assert Asentamiento.objects.municipio_of(cp) is None


def test_municipio_of_a_code_takes_one_query(minimo, django_assert_num_queries):
    with django_assert_num_queries(1):
        municipio = Asentamiento.objects.municipio_of("06600")
        assert (municipio.nombre, municipio.entidad.nombre) == ("Cuauhtémoc", "Ciudad de México")


def test_code_is_found_by_an_index(minimo):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalogos_asentamiento")  # whatever a bigger load left behind
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Asentamiento.objects.filter(cp="40200", vigente=True).explain()
    assert "asentamiento_vigentes_by_cp" in plan or "asentamiento_once_per_fuente" in plan
