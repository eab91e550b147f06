"""`cargar_umf`: the CLUES list by its headers, our own list, and what each may touch."""

import csv
import io

import pytest
from django.core.management import CommandError
from openpyxl import Workbook

from catalogos.lectura.entidades import DATOS as PROPIOS
from catalogos.models import Cobertura, Delegacion, UnidadMedica, VersionCatalogo
from tests.catalogos.conftest import DATOS, run

pytestmark = pytest.mark.django_db

OAXACA = DATOS / "clues_oaxaca.csv"
TAXCO = {
    "CLUES": "GRIMS000005",
    "NOMBRE DE LA UNIDAD": "UMF 5 TAXCO",
    "NOMBRE DE TIPOLOGIA": "HOSPITAL GENERAL DE SUBZONA CON MEDICINA FAMILIAR",
    "ENTIDAD": "GUERRERO",
    "CLAVE DEL MUNICIPIO": "055",
    "MUNICIPIO": "TAXCO DE ALARCON",
    "TIPO DE VIALIDAD": "AVENIDA",
    "VIALIDAD": "DE LOS PLATEROS",
    "NUMERO EXTERIOR": "330",
    "ASENTAMIENTO": "CENTRO",
    "CODIGO POSTAL": "40200",
    "ESTATUS DE OPERACION": "EN OPERACION",
}


@pytest.fixture
def clues(tmp_path):
    """Write a CLUES file: rows are dicts over the clinic of Taxco."""

    def write(*rows, name="CLUES_202610.csv"):
        out = io.StringIO()
        writer = csv.DictWriter(out, TAXCO)
        writer.writeheader()
        writer.writerows({**TAXCO, **row} for row in rows)
        path = tmp_path / name
        path.write_text(out.getvalue(), encoding="utf-8")
        return path

    return write


def test_own_list_is_loaded_as_it_is_and_nothing_is_invented(minimo):
    assert UnidadMedica.objects.count() == 497
    assert UnidadMedica.objects.filter(vigente=False).count() == 6
    assert UnidadMedica.objects.exclude(municipio=None).count() == 397
    assert UnidadMedica.objects.exclude(cp="").count() == 72
    assert not UnidadMedica.objects.exclude(horario="").exists()
    assert not UnidadMedica.objects.filter(fuente="").exists()
    papaloapan = UnidadMedica.objects.filter(delegacion__clave="32", entidad="OC")
    assert papaloapan.count() == 10
    assert UnidadMedica.objects.get(numero="5-A").etiqueta.startswith("UMF 5-A")


def test_repeated_numbers_are_different_clinics(minimo):
    named = UnidadMedica.objects.filter(delegacion__clave="34", numero="1")
    assert {unit.tipo for unit in named} == {"UMF", "HGZMF"}


def test_clues_file_is_dry_by_default(db):
    said = run("cargar_umf", OAXACA)
    assert "nuevos 10, cambian 0, se retiran 0, iguales 0" in said
    assert not UnidadMedica.objects.exists()


def test_clues_rows_are_read_by_header(db):
    run("cargar_umf", OAXACA, "--aplicar", "--corte", "2026-04-30")
    ixtepec = UnidadMedica.objects.get(clues="OCIMS000030")
    assert (ixtepec.numero, ixtepec.tipo, ixtepec.cp) == ("23", "UMF", "70110")
    assert ixtepec.calle_numero == "VENUSTIANO CARRANZA S/N"
    assert (ixtepec.entidad_id, ixtepec.municipio.clave_inegi) == ("OC", "014")
    assert (ixtepec.delegacion, ixtepec.horario) == (None, "")
    out = UnidadMedica.objects.get(clues="OCIMS000054")
    assert (out.vigente, out.cp, out.calle_numero, out.domicilio) == (False, "", "", "")
    version = VersionCatalogo.objects.get()
    assert (version.fuente, str(version.fecha_corte)) == ("clues_oaxaca.csv", "2026-04-30")


def test_same_clues_twice_changes_nothing(db):
    run("cargar_umf", OAXACA, "--aplicar")
    said = run("cargar_umf", OAXACA, "--aplicar")
    assert "nuevos 0, cambian 0, se retiran 0, iguales 10" in said
    assert VersionCatalogo.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"CLUES": "GRIMB000001"},
        {"CLUES": "GRSSA000001"},
        {"NOMBRE DE TIPOLOGIA": "UNIDAD MÉDICA RURAL"},
        {"NOMBRE DE TIPOLOGIA": "BRIGADA DE SALUD"},
    ],
)
def test_units_of_others_and_without_family_medicine_are_left_out(clues, other):
    with pytest.raises(CommandError, match="no trae unidades del IMSS"):
        run("cargar_umf", clues(other), "--aplicar")


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"CLUES": "GRIMS12"}, "línea 3: la CLUES «GRIMS12» no tiene su forma"),
        ({"CODIGO POSTAL": "4020"}, "línea 3: el código postal «4020»"),
        ({"ENTIDAD": "ATLÁNTIDA"}, "línea 3: la entidad no se reconoce"),
        ({"NOMBRE DE LA UNIDAD": ""}, "línea 3: falta el nombre"),
        ({}, "línea 3: repite la CLUES GRIMS000005"),
    ],
)
def test_bad_line_of_clues_is_named_and_nothing_is_loaded(clues, bad, told):
    with pytest.raises(CommandError, match=told):
        run("cargar_umf", clues({}, bad), "--aplicar")
    assert not UnidadMedica.objects.exists()


def test_unit_without_a_number_is_told(clues):
    said = run("cargar_umf", clues({"NOMBRE DE LA UNIDAD": "UMF TAXCO"}), "--aplicar")
    assert "Aviso: 1 unidades no traen su número en el nombre" in said
    assert UnidadMedica.objects.get().etiqueta == "UMF TAXCO"


def test_workbook_and_csv_give_the_same(clues, tmp_path):
    made = Workbook()
    made.active.append(["Secretaría de Salud"])
    sheet = made.create_sheet("CLUES_202610")
    sheet.append(list(TAXCO))
    sheet.append(list(TAXCO.values()))
    path = tmp_path / "ESTABLECIMIENTO_SALUD_202610.xlsx"
    made.save(path)
    run("cargar_umf", path, "--aplicar")
    unit = UnidadMedica.objects.get()
    assert unit.domicilio == (
        "AVENIDA DE LOS PLATEROS 330 COL. CENTRO C.P. 40200 TAXCO DE ALARCON GUERRERO"
    )
    assert "cambian 1" in run("cargar_umf", clues({}), "--aplicar")  # only its source's name


def test_clues_takes_over_the_row_that_can_only_be_the_same_clinic(minimo, clues):
    known = UnidadMedica.objects.get(delegacion__clave="12", numero="5")
    run("cargar_umf", clues({}), "--aplicar")
    known.refresh_from_db()
    assert known.clues == "GRIMS000005"
    assert known.delegacion.clave == "12"
    assert Cobertura.objects.get(cp="40200").unidad == known


def test_clues_takes_over_nothing_when_two_clinics_could_be_it(minimo, clues):
    known = UnidadMedica.objects.get(delegacion__clave="12", numero="5")
    UnidadMedica.objects.create(
        delegacion=known.delegacion,
        numero="5",
        tipo="UMF",
        nombre="Otra 5",
        municipio=known.municipio,
        entidad=known.entidad,
        fuente="prueba",
    )
    run("cargar_umf", clues({}), "--aplicar")
    known.refresh_from_db()
    assert (known.clues, known.vigente) == (None, False)
    assert UnidadMedica.objects.get(clues="GRIMS000005").vigente


def test_clues_retires_only_in_the_entidades_it_brings(minimo, clues):
    run("cargar_umf", clues({}), "--aplicar")
    vigentes = UnidadMedica.objects.vigentes()
    assert [unit.clues for unit in vigentes.filter(entidad="GR")] == ["GRIMS000005"]
    assert vigentes.exclude(entidad="GR").count() == 491 - 11
    assert UnidadMedica.objects.count() == 497


def test_new_clinic_gets_the_delegacion_of_its_municipio(minimo, clues):
    new = {"CLUES": "GRIMS000077", "NOMBRE DE LA UNIDAD": "UMF 77"}
    run("cargar_umf", clues({}, new), "--aplicar")
    assert UnidadMedica.objects.get(clues="GRIMS000077").delegacion.clave == "12"


def test_what_clues_leaves_empty_does_not_erase(clues):
    run("cargar_umf", clues({}), "--aplicar")
    run("cargar_umf", clues({"CODIGO POSTAL": "99999", "VIALIDAD": ""}), "--aplicar")
    unit = UnidadMedica.objects.get()
    assert (unit.cp, unit.calle_numero) == ("40200", "AVENIDA DE LOS PLATEROS 330")


def test_list_of_the_operator_is_kept_by_cargar_catalogos(minimo, clues):
    run("cargar_umf", clues({}), "--aplicar")
    said = run("cargar_catalogos", "--aplicar")
    assert "Unidades de medicina familiar: se queda la versión de «CLUES_202610.csv»" in said
    assert UnidadMedica.objects.vigentes().filter(entidad="GR").count() == 1


OWN = "clues,delegacion_clave,umf_numero,nombre,tipo,calle_numero,cp,municipio,estado_inegi"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (",77,1,UMF 1,UMF,,,,12", "línea 2: no existe la delegación 77"),
        (",12,,UMF 1,UMF,,,,12", "línea 2: falta la delegación o el número"),
        (",12,1,UMF 1,UMR,,,,12", "línea 2: el tipo «UMR»"),
        (",12,1,UMF 1,UMF,,,,99", "línea 2: la entidad no se reconoce"),
        (",12,1,UMF 1,UMF,,,,12\n,12,1,UMF 1,UMF,,,,12", "línea 3: repite la unidad UMF 1"),
    ],
)
def test_bad_line_of_the_own_list_is_named(tmp_path, line, told):
    Delegacion.objects.create(clave="12", nombre="Guerrero")
    path = tmp_path / "propia.csv"
    path.write_text(f"{OWN}\n{line}\n")
    with pytest.raises(CommandError, match=told):
        run("cargar_umf", path, "--aplicar")
    assert not UnidadMedica.objects.exists()


def test_own_list_may_be_given_by_hand(minimo):
    said = run("cargar_umf", PROPIOS / "unidades.csv", "--aplicar")
    assert "nuevos 0, cambian 0, se retiran 0, iguales 497" in said
