"""The whole country: the load against a bare COPY of the same rows, in the same run."""

import io
import time

import pytest
from django.db import connection, transaction

from catalogos.lectura.sepomex import read_package
from catalogos.models import Asentamiento
from catalogos.services.asentamientos import COLUMNS, load_asentamientos
from comun import reloj
from tests.catalogos.conftest import run

MAX_RATIO = 6
ROWS = 145_468
TWIN = """
DROP TABLE IF EXISTS gemela;
CREATE UNLOGGED TABLE gemela (LIKE catalogos_asentamiento INCLUDING ALL);
ALTER TABLE gemela ALTER vigente SET DEFAULT true, SET LOGGED
"""


def seconds(action) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def bare_copy(rows: io.StringIO) -> float:
    """Copy the rows into an empty table with the same keys, indexes and checks."""
    with connection.cursor() as cursor:
        cursor.execute(TWIN)
        rows.seek(0)
        copy = (
            f"COPY gemela ({COLUMNS}) FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL (ciudad, zona))"
        )
        return seconds(lambda: cursor.copy_expert(copy, rows))


def load() -> None:
    """All of it: read, check, normalise, compare, write, commit."""
    with transaction.atomic():
        load_asentamientos(read_package(), now=reloj.now())


def empty_and_load() -> float:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE catalogos_asentamiento, catalogos_versioncatalogo")
    return seconds(load)


@pytest.mark.django_db(transaction=True)
def test_load_of_the_country_takes_at_most_six_bare_copies(capsys):
    first = min(empty_and_load() for _ in range(2))
    rows = io.StringIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY (SELECT {COLUMNS} FROM catalogos_asentamiento ORDER BY id) TO STDOUT"
            " WITH (FORMAT csv)",
            rows,
        )
        bare = min(bare_copy(rows) for _ in range(3))
        cursor.execute("SELECT count(*) FROM gemela")
        assert cursor.fetchone() == (ROWS,)
        cursor.execute("DROP TABLE gemela")
    again = seconds(load)
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{ROWS} filas: COPY {bare:.2f} s, carga {first:.2f} s ({first / bare:.1f} x),"
            f" otra vez {again:.2f} s ({again / bare:.1f} x)"
        )
    assert Asentamiento.objects.vigentes().count() == ROWS
    assert first <= MAX_RATIO * bare
    assert again <= MAX_RATIO * bare


@pytest.mark.django_db
def test_package_warns_that_it_is_of_2018():
    said = run("cargar_sepomex", "--paquete")
    assert "datos de 2018" in said
    assert f"nuevos {ROWS}" in said
    assert not Asentamiento.objects.exists()


@pytest.mark.django_db
def test_official_file_retires_the_package(sepomex):
    run("cargar_sepomex", "--paquete", "--aplicar")
    guerrero = Asentamiento.objects.filter(municipio__entidad="GR")
    others = Asentamiento.objects.vigentes().exclude(municipio__entidad="GR").count()
    before = guerrero.count()
    run("cargar_sepomex", sepomex({"d_asenta": "Taxco de Alarcón Centro"}), "--aplicar")
    assert [row.fuente for row in guerrero.vigentes()] == ["sepomex"]
    assert guerrero.count() == before + 1
    assert Asentamiento.objects.vigentes().exclude(municipio__entidad="GR").count() == others
