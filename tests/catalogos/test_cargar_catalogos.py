"""The portal's own lists, and those of offices and coverage that an operator brings."""

import pytest
from django.core.management import CommandError
from openpyxl import Workbook

from catalogos.enums import Catalogo
from catalogos.models import (
    Cobertura,
    Competencia,
    Delegacion,
    Municipio,
    Subdelegacion,
    UnidadMedica,
    VersionCatalogo,
)
from tests.catalogos.conftest import run

pytestmark = pytest.mark.django_db


def write(path, *lines):
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def test_dry_run_counts_all_and_keeps_nothing():
    said = run("cargar_catalogos")
    for catalogue, count in (
        ("Delegaciones", 35),
        ("Subdelegaciones", 133),
        ("Municipios de cada subdelegación", 84),
        ("Unidades de medicina familiar", 497),
        ("Zonas de las unidades", 61),
    ):
        assert f"{catalogue}: nuevos {count}, cambian 0, se retiran 0, iguales 0" in said
    assert "En seco" in said
    assert not Delegacion.objects.exists()
    assert not VersionCatalogo.objects.exists()


def test_loading_twice_is_loading_once(minimo):
    versions = VersionCatalogo.objects.count()
    said = run("cargar_catalogos", "--aplicar")
    assert said.count("nuevos 0, cambian 0, se retiran 0") == 5
    assert VersionCatalogo.objects.count() == versions
    assert UnidadMedica.objects.count() == 497
    assert Cobertura.objects.count() == 61


def test_names_are_shown_only_where_the_pair_is_known(minimo):
    named = Subdelegacion.objects.exclude(nombre="").select_related("delegacion")
    assert [(s.delegacion.clave, s.clave, s.nombre) for s in named] == [("12", "03", "Iguala")]
    other = Subdelegacion.objects.select_related("delegacion").get(
        delegacion__clave="12", clave="01"
    )
    assert other.etiqueta == "Subdelegación 12-01"
    assert Delegacion.objects.get(clave="12").etiqueta == "12 Guerrero"


def test_competencia_crosses_the_border_of_an_entidad(minimo):
    panuco = Competencia.objects.get(municipio__nombre="Pánuco", municipio__entidad="VZ")
    assert (panuco.delegacion.clave, panuco.subdelegacion) == ("29", None)


def test_catalogues_may_come_before_the_postal_codes(db):
    run("cargar_catalogos", "--aplicar")
    assert Competencia.objects.get(municipio__nombre="Taxco de Alarcón").subdelegacion.clave == "03"


@pytest.fixture
def diccionario(tmp_path):
    """The dictionary sheet of the Institute's open data, as xlsx."""

    def make(*rows):
        book = Workbook()
        book.active.append(["Diccionario de datos"])
        sheet = book.create_sheet("delegación-subdelegación")
        sheet.append(
            ["cve_delegacion", "descripción delegación", "cve_subdelegacion",
             "descripción subdelegación"]
        )  # fmt: skip
        for row in rows:
            sheet.append(row)
        path = tmp_path / "diccionario_de_datos.xlsx"
        book.save(path)
        return path

    return make


def test_dictionary_gives_names_and_retires(minimo, diccionario):
    path = diccionario([12, "Guerrero", 1, "Acapulco"], [12, "Guerrero", 3, ""])
    assert "nuevos 0, cambian 1, se retiran 131, iguales 1" in run("cargar_subdelegaciones", path)
    run("cargar_subdelegaciones", path, "--aplicar")
    guerrero = Subdelegacion.objects.filter(delegacion__clave="12").order_by("clave")
    shown = [(s.clave, s.nombre, s.vigente) for s in guerrero]
    assert shown[0] == ("01", "Acapulco", True)
    assert shown[2] == ("03", "Iguala", True)  # an empty name does not erase a known one
    assert (shown[1][2], shown[3][2]) == (False, False)
    assert Subdelegacion.objects.count() == 133
    said = run("cargar_catalogos", "--aplicar")
    assert "Subdelegaciones: se queda la versión de «diccionario_de_datos.xlsx»" in said


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([[99, "Otra", 1, "Una"]], "línea 2: no existe la delegación 99"),
        ([[12, "Guerrero", "x", "Una"]], "línea 2: la clave de la delegación"),
        (
            [[12, "Guerrero", 1, "Una"], [12, "Guerrero", 1, "Dos"]],
            "línea 3: repite 12-01 de la línea 2",
        ),
    ],
)
def test_bad_line_of_the_dictionary_is_named(minimo, diccionario, rows, told):
    with pytest.raises(CommandError, match=told):
        run("cargar_subdelegaciones", diccionario(*rows), "--aplicar")
    assert Subdelegacion.objects.filter(vigente=True).count() == 133


ZONES = "cp,colonia,municipio,estado_inegi,delegacion_clave,umf_numero,clues,desde"


def test_coverage_of_the_operator_replaces_ours_and_keeps_the_past(minimo, tmp_path):
    path = write(tmp_path / "zonas.csv", ZONES, "40321,,Taxco de Alarcón,12,12,5,,2026-01-15")
    said = run("cargar_cobertura", path, "--aplicar")
    assert "nuevos 1, cambian 0, se retiran 61, iguales 0" in said
    row = Cobertura.objects.get(hasta=None)
    assert (row.cp, row.unidad.numero, str(row.desde)) == ("40321", "5", "2026-01-15")
    assert Cobertura.objects.exclude(hasta=None).count() == 61
    assert "nuevos 0, cambian 0, se retiran 0, iguales 1" in run("cargar_cobertura", path)


def test_coverage_names_a_clinic_by_its_clues(minimo, tmp_path):
    line = "71243,Aquiles Serdán,Santa Lucía del Camino,20,,,OCIMS000351,"
    run("cargar_cobertura", write(tmp_path / "zonas.csv", ZONES, line), "--aplicar")
    row = Cobertura.objects.get(hasta=None)
    assert (row.colonia_normalizada, row.unidad.numero) == ("aquiles serdan", "65")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("4020,,Taxco,12,12,5,,", "línea 2: el código postal «4020»"),
        (",,Taxco,12,12,5,,", "línea 2: falta el código postal o la colonia"),
        ("40200,(todo el municipio),Taxco,12,12,5,,", "línea 2: «todo el municipio» no lleva"),
        ("40200,,,12,12,5,,", "línea 2: el estado o el municipio"),
        ("40200,,Taxco,99,12,5,,", "línea 2: el estado o el municipio"),
        ("40200,,Taxco,12,12,,,", "línea 2: falta la unidad"),
        ("40200,,Taxco,12,12,777,,", "línea 2: no hay unidad vigente con la delegación 12"),
        ("40200,,Durango,10,10,1,,", "línea 2: hay 2 unidades con la delegación 10"),
        ("40200,,Taxco,12,,,GRIMS999999,", "línea 2: no hay unidad vigente con la CLUES"),
        ("40200,,Taxco,12,12,5,,ayer", "línea 2: la fecha «ayer»"),
        ("40200,,Taxco,12,12,5,,2026-13", "línea 2: la fecha «2026-13»"),
        ("40200,,Taxco,12,12,5,,\n40200,,Taxco,12,12,5,,", "línea 3: repite"),
    ],
)
def test_bad_line_of_coverage_is_named_and_nothing_changes(minimo, tmp_path, line, told):
    with pytest.raises(CommandError, match=told):
        run("cargar_cobertura", write(tmp_path / "zonas.csv", ZONES, line), "--aplicar")
    assert Cobertura.objects.filter(hasta=None).count() == 61


OFFICES = "cve_estado_inegi,cve_mun_inegi,municipio,delegacion_clave,subdelegacion_clave"


def test_competencia_of_the_operator_replaces_ours(minimo, tmp_path):
    path = write(tmp_path / "oficinas.csv", OFFICES, "12,001,Acapulco de Juárez,12,01")
    assert "nuevos 1, cambian 0, se retiran 84" in run("cargar_competencia", path, "--aplicar")
    row = Competencia.objects.get(vigente=True)
    assert (row.municipio.nombre, row.subdelegacion.clave) == ("Acapulco de Juárez", "01")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("12,001,Acapulco,77,01", "línea 2: no existe la oficina 77-01"),
        ("12,001,Acapulco,12,88", "línea 2: no existe la oficina 12-88"),
        ("12,001,,12,01", "línea 2: el estado, el municipio o las claves"),
        ("12,055,Taxco,12,03\n12,055,Taxco,12,01", "línea 3: repite el municipio de la línea 2"),
    ],
)
def test_bad_line_of_competencia_is_named(minimo, tmp_path, line, told):
    with pytest.raises(CommandError, match=told):
        run("cargar_competencia", write(tmp_path / "o.csv", OFFICES, line), "--aplicar")
    assert Competencia.objects.filter(vigente=True).count() == 84


def test_each_catalogue_keeps_its_version(minimo):
    kept = VersionCatalogo.objects.values_list("catalogo", "filas")
    assert dict(kept) == {
        Catalogo.ASENTAMIENTOS: 24,
        Catalogo.DELEGACIONES: 35,
        Catalogo.SUBDELEGACIONES: 133,
        Catalogo.COMPETENCIA: 84,
        Catalogo.UNIDADES: 497,
        Catalogo.COBERTURA: 61,
    }


def test_coverage_of_a_retired_clinic_ends_and_is_told(minimo):
    UnidadMedica.objects.filter(delegacion__clave="12", numero="5").update(vigente=False)
    units = VersionCatalogo.objects.current(Catalogo.UNIDADES)
    VersionCatalogo.objects.filter(pk=units.pk).update(fuente="lista del operador")
    said = run("cargar_catalogos", "--aplicar")
    assert "Aviso: 1 líneas nombran unidades que ya no están en la lista" in said
    assert Cobertura.objects.get(cp="40200").hasta is not None


def test_municipio_without_its_key_gets_it_from_the_offices(db):
    known = Municipio.objects.create(
        entidad_id="GR", nombre="Taxco de Alarcón", nombre_normalizado="taxco de alarcon"
    )
    run("cargar_catalogos", "--aplicar")
    known.refresh_from_db()
    assert known.clave_inegi == "055"
