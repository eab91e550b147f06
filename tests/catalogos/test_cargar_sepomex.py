"""`cargar_sepomex`: dry by default, one transaction, retire and never delete."""

import pytest
from django.core.management import CommandError

from catalogos.models import Asentamiento, Municipio, VersionCatalogo
from tests.catalogos.conftest import MINIMO, run

pytestmark = pytest.mark.django_db


def names(**conditions):
    return set(Asentamiento.objects.filter(**conditions).values_list("nombre", flat=True))


def test_dry_run_tells_the_difference_and_keeps_nothing():
    said = run("cargar_sepomex", MINIMO)
    assert "nuevos 24, cambian 0, se retiran 0, iguales 0" in said
    assert "En seco: no se guardó nada" in said
    assert not Asentamiento.objects.exists()
    assert not Municipio.objects.exists()
    assert not VersionCatalogo.objects.exists()


def test_applied_load_keeps_rows_and_version():
    said = run("cargar_sepomex", MINIMO, "--aplicar", "--corte", "2026-10-01")
    assert "Guardado." in said
    taxco = Asentamiento.objects.get(cp="40200")
    assert (taxco.nombre, taxco.tipo, taxco.clave_sepomex) == (
        "Taxco de Alarcón Centro",
        "Colonia",
        "1949",
    )
    assert taxco.nombre_normalizado == "taxco de alarcon centro"
    assert (taxco.municipio.nombre, taxco.municipio.clave_inegi) == ("Taxco de Alarcón", "055")
    assert taxco.municipio.entidad_id == "GR"
    version = VersionCatalogo.objects.get()
    assert (version.fuente, version.filas, len(version.hash)) == ("minimo.txt", 24, 64)
    assert str(version.fecha_corte) == "2026-10-01"


def test_leading_zeros_survive():
    run("cargar_sepomex", MINIMO, "--aplicar")
    assert Asentamiento.objects.get(cp="06600").municipio.clave_inegi == "015"


def test_same_file_twice_changes_nothing():
    run("cargar_sepomex", MINIMO, "--aplicar")
    before = list(Asentamiento.objects.order_by("pk").values_list())
    said = run("cargar_sepomex", MINIMO, "--aplicar")
    assert "nuevos 0, cambian 0, se retiran 0, iguales 24" in said
    assert list(Asentamiento.objects.order_by("pk").values_list()) == before
    assert VersionCatalogo.objects.count() == 1


def test_next_file_adds_changes_and_retires(sepomex):
    one, two, three = ({"d_asenta": name} for name in ("Uno", "Dos", "Tres"))
    run("cargar_sepomex", sepomex(one, two), "--aplicar")
    old = Asentamiento.objects.get(nombre="Uno")
    said = run("cargar_sepomex", sepomex(one | {"d_zona": "Rural"}, three), "--aplicar")
    assert "nuevos 1, cambian 1, se retiran 1, iguales 0" in said
    assert "Se retiran, por ejemplo: 40200 Dos (Colonia)" in said
    assert names(vigente=True) == {"Uno", "Tres"}
    assert names() == {"Uno", "Dos", "Tres"}
    new = Asentamiento.objects.get(nombre="Uno")
    assert (new.pk, old.zona, new.zona) == (old.pk, "Urbano", "Rural")


def test_what_comes_back_is_in_force_again_with_its_id(sepomex):
    one, two = {"d_asenta": "Uno"}, {"d_asenta": "Dos"}
    run("cargar_sepomex", sepomex(one, two), "--aplicar")
    pk = Asentamiento.objects.get(nombre="Dos").pk
    run("cargar_sepomex", sepomex(one), "--aplicar")
    said = run("cargar_sepomex", sepomex(one, two), "--aplicar")
    assert "nuevos 1, cambian 0, se retiran 0, iguales 1" in said
    assert Asentamiento.objects.get(nombre="Dos", vigente=True).pk == pk
    assert VersionCatalogo.objects.count() == 3


def test_file_of_one_entidad_leaves_the_others_alone(sepomex):
    run("cargar_sepomex", MINIMO, "--aplicar")
    run("cargar_sepomex", sepomex({"d_asenta": "Nueva"}), "--aplicar")
    assert names(vigente=True, municipio__entidad="GR") == {"Nueva"}
    assert "Tepic Centro" in names(vigente=True)


def test_twin_rows_are_told_apart_whatever_their_order(sepomex):
    twin, other = (
        {"d_asenta": "Centro", "id_asenta_cpcons": "0007"},
        {
            "d_asenta": "Centro",
            "id_asenta_cpcons": "0003",
        },
    )
    run("cargar_sepomex", sepomex(twin, other), "--aplicar")
    rows = Asentamiento.objects.order_by("n").values_list("n", "clave_sepomex")
    assert list(rows) == [(1, "0003"), (2, "0007")]
    assert "iguales 2" in run("cargar_sepomex", sepomex(other, twin), "--aplicar")


def test_bad_line_loads_nothing(sepomex):
    with pytest.raises(CommandError, match="línea 4: el código postal"):
        run("cargar_sepomex", sepomex({}, {"d_codigo": "402"}), "--aplicar")
    assert not Asentamiento.objects.exists()


def test_municipio_known_by_name_gets_its_key(sepomex):
    known = Municipio.objects.create(
        entidad_id="GR", nombre="TAXCO DE ALARCON", nombre_normalizado="taxco de alarcon"
    )
    run("cargar_sepomex", sepomex({}), "--aplicar")
    known.refresh_from_db()
    assert (known.clave_inegi, known.nombre) == ("055", "Taxco de Alarcón")
    assert Municipio.objects.count() == 1


def test_municipio_renamed_by_the_source_keeps_its_row(sepomex):
    run("cargar_sepomex", sepomex({}), "--aplicar")
    run("cargar_sepomex", sepomex({"d_mnpio": "Taxco el Viejo"}), "--aplicar")
    assert [m.nombre for m in Municipio.objects.all()] == ["Taxco el Viejo"]


@pytest.mark.parametrize("arguments", [(), (MINIMO, "--paquete")])
def test_one_source_must_be_named(arguments):
    with pytest.raises(CommandError, match="Indica un archivo, o --paquete"):
        run("cargar_sepomex", *arguments)


def test_package_of_2018_does_not_replace_the_official_file():
    run("cargar_sepomex", MINIMO, "--aplicar")
    with pytest.raises(CommandError, match="lo harían retroceder"):
        run("cargar_sepomex", "--paquete", "--aplicar")


def test_quiet_run_says_nothing():
    assert run("cargar_sepomex", MINIMO, "--aplicar", "--verbosity", "0") == ""
    assert Asentamiento.objects.count() == 24
