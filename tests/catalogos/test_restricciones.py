"""Each constraint, by its name, refuses the row it was written against."""

from datetime import date

import pytest
from django.apps.registry import Apps
from django.db import IntegrityError, transaction

from catalogos.models import (
    Asentamiento,
    Cobertura,
    Competencia,
    Delegacion,
    Entidad,
    Municipio,
    Subdelegacion,
    UnidadMedica,
    VersionCatalogo,
)
from catalogos.services.entidades import seed_entidades
from comun import reloj

pytestmark = pytest.mark.django_db


@pytest.fixture
def taxco():
    return Municipio.objects.create(
        entidad_id="GR", clave_inegi="055", nombre="Taxco", nombre_normalizado="taxco"
    )


@pytest.fixture
def guerrero():
    return Delegacion.objects.create(clave="12", nombre="Guerrero")


@pytest.fixture
def umf(guerrero):
    return UnidadMedica.objects.create(**clinic(guerrero))


def clinic(office, **changes):
    row = {"delegacion": office, "numero": "5", "tipo": "UMF", "nombre": "UMF 5"}
    return {**row, "entidad_id": "GR", "fuente": "prueba", **changes}


def place(municipio, **changes):
    row = {"cp": "40200", "nombre": "Centro", "nombre_normalizado": "centro", "tipo": "Colonia"}
    return {**row, "municipio": municipio, "fuente": "sepomex", **changes}


def refused(name, model, *rows):
    *before, last = rows
    with transaction.atomic():
        for row in before:
            model.objects.create(**row)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            model.objects.create(**last)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("entidad_clave_curp_is_two_letters", {"clave_curp": "1A"}),
        ("entidad_clave_inegi_is_two_digits", {"clave_inegi": "9"}),
    ],
)
def test_entidad(name, changes):
    refused(name, Entidad, {"clave_curp": "XX", "nombre": "Otra", **changes})


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("municipio_name_once_per_entidad", {"clave_inegi": "001"}),
        ("municipio_clave_once_per_entidad", {"nombre_normalizado": "otro"}),
        ("municipio_clave_inegi_is_three_digits", {"clave_inegi": "55"}),
        ("municipio_has_a_name", {"nombre_normalizado": "", "clave_inegi": None}),
    ],
)
def test_municipio(taxco, name, changes):
    row = {"entidad_id": "GR", "clave_inegi": "055", "nombre_normalizado": "taxco"}
    refused(name, Municipio, {**row, "nombre": "Taxco", **changes})


def test_municipio_of_the_same_name_stands_in_another_entidad(taxco):
    Municipio.objects.create(entidad_id="JC", nombre="Taxco", nombre_normalizado="taxco")
    assert Municipio.objects.filter(nombre="Taxco").count() == 2


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("asentamiento_cp_is_five_digits", {"cp": "4020"}),
        ("asentamiento_has_a_name", {"nombre": ""}),
    ],
)
def test_asentamiento(taxco, name, changes):
    refused(name, Asentamiento, place(taxco, **changes))


def test_asentamiento_repeats_only_with_another_n(taxco):
    Asentamiento.objects.create(**place(taxco))
    Asentamiento.objects.create(**place(taxco, n=2))
    refused("asentamiento_once_per_fuente_and_place", Asentamiento, place(taxco))


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("delegacion_clave_is_two_digits", {"clave": "1", "nombre": "Una"}),
        ("delegacion_has_a_name", {"clave": "01", "nombre": ""}),
        ("catalogos_delegacion_clave_key", {"clave": "12", "nombre": "Otra"}),
    ],
)
def test_delegacion(guerrero, name, row):
    refused(name, Delegacion, row)


def test_subdelegacion(guerrero):
    row = {"delegacion": guerrero, "clave": "03"}
    refused("subdelegacion_clave_once_per_delegacion", Subdelegacion, row, row)
    refused("subdelegacion_clave_is_two_digits", Subdelegacion, {**row, "clave": "3"})


def test_competencia_is_one_while_vigente(guerrero, taxco):
    row = {"municipio": taxco, "delegacion": guerrero}
    Competencia.objects.create(**row, vigente=False)
    refused("competencia_one_vigente_per_municipio", Competencia, row, row)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("unidad_without_clues_once_per_delegacion_and_name", {}),
        ("unidad_without_clues_has_delegacion_and_numero", {"delegacion": None}),
        ("unidad_without_clues_has_delegacion_and_numero", {"numero": ""}),
        ("unidad_clues_has_its_shape", {"clues": "GRIMS1"}),
        ("unidad_cp_is_five_digits_or_unknown", {"cp": "4020", "numero": "6"}),
        ("unidad_tipo_has_family_medicine", {"tipo": "UMR"}),
        ("unidad_has_a_name", {"nombre": ""}),
    ],
)
def test_unidad(guerrero, umf, name, changes):
    refused(name, UnidadMedica, clinic(guerrero, **changes))


def test_unidad_with_clues_is_known_by_it(guerrero, umf):
    twins = [clinic(guerrero, clues=f"GRIMS00000{n}") for n in (1, 2)]
    UnidadMedica.objects.bulk_create(UnidadMedica(**twin) for twin in twins)
    refused("catalogos_unidadmedica_clues_key", UnidadMedica, twins[0])


def test_cobertura(taxco, umf):
    row = {"cp": "40200", "municipio": taxco, "unidad": umf}
    whole = {"municipio": taxco, "unidad": umf}
    once = "cobertura_open_once_per_place_and_unidad"
    refused(once, Cobertura, row, row)
    refused(once, Cobertura, whole, whole)
    refused("cobertura_cp_is_five_digits", Cobertura, {**row, "cp": "4020"})
    days = {"desde": date(2026, 2, 1), "hasta": date(2026, 1, 1)}
    refused("cobertura_begins_before_it_ends", Cobertura, {**row, **days})


def test_version():
    row = {"catalogo": "cobertura", "fuente": "f", "filas": 1, "aplicada_en": reloj.now()}
    refused("version_hash_is_sha256_in_hex", VersionCatalogo, {**row, "hash": "abc"})
    refused(
        "version_catalogo_is_known", VersionCatalogo, {**row, "hash": "0" * 64, "catalogo": "x"}
    )


def test_entidades_are_there_with_their_keys():
    Entidad.objects.filter(clave_curp="DF").update(nombre="Otra")
    seed_entidades()  # harmless to repeat, and it puts right what was not
    assert Entidad.objects.count() == 33
    city = Entidad.objects.get(clave_curp="DF")
    assert (city.clave_inegi, city.nombre) == ("09", "Ciudad de México")
    abroad = Entidad.objects.get(clave_curp="NE")
    assert (abroad.clave_inegi, abroad.nombre) == (None, "Nacido en el extranjero")


def test_entidades_are_not_looked_for_before_their_table():
    seed_entidades(apps=Apps())
