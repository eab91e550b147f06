"""`cargar_prefijos`: the file is the whole list; dry by default, all or nothing."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalogos.models import Delegacion, Subdelegacion
from nss.models import PrefijoSerie
from nss.services import Lugar, assign_nss
from tests.nss.personas import identidad

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
HEADER = "prefijo,delegacion,subdelegacion,orden"


@pytest.fixture
def taxco():
    guerrero = Delegacion.objects.create(clave="12", nombre="Guerrero")
    return Subdelegacion.objects.create(delegacion=guerrero, clave="03", nombre="Iguala")


@pytest.fixture
def load(tmp_path, taxco):
    def run(*lines: str, aplicar: bool = True, header: str = HEADER) -> str:
        path, out = tmp_path / "prefijos.csv", StringIO()
        path.write_text("\n".join([header, *lines]))
        call_command("cargar_prefijos", str(path), aplicar=aplicar, stdout=out)
        return out.getvalue()

    return run


def active() -> set[str]:
    return set(PrefijoSerie.objects.filter(activo=True).values_list("prefijo", flat=True))


def test_dry_run_tells_and_keeps_nothing(load):
    PrefijoSerie.objects.create(prefijo="00")
    told = load("51,,,1", aplicar=False)
    assert "nuevos 1, cambian 0, iguales 0, se apagan 1" in told
    assert "En seco" in told
    assert active() == {"00"}


def test_loaded_prefixes_take_the_place_of_the_demos(load):
    PrefijoSerie.objects.create(prefijo="00")
    assert "Se apagan: 00" in load("51,12,3,1", "52,12,,2", "97,,,3")
    assert active() == {"51", "52", "97"}
    assert PrefijoSerie.objects.get(prefijo="00").activo is False


def test_next_number_comes_from_the_loaded_prefix_of_the_place(load, taxco):
    load("97,,,1", "51,12,3,1")
    lugar = Lugar(delegacion_id=taxco.delegacion_id, subdelegacion_id=taxco.pk)
    assert assign_nss(titular=identidad(1), lugar=lugar, now=NOW).numero.nss[:2] == "51"
    assert assign_nss(titular=identidad(2), lugar=Lugar(), now=NOW).numero.nss[:2] == "97"


def test_same_file_again_changes_nothing(load):
    load("51,12,3,1", "97,,,2")
    assert "nuevos 0, cambian 0, iguales 2, se apagan 0" in load("51,12,3,1", "97,,,2")


def test_new_order_and_return_of_a_prefix_are_changes(load):
    load("51,,,1", "52,,,2")
    load("51,,,1")
    assert active() == {"51"}
    assert "nuevos 0, cambian 2" in load("51,,,2", "52,,,1")
    assert list(PrefijoSerie.objects.values_list("prefijo", flat=True)) == ["52", "51"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("00,,,1", "es el de la demostración"),
        ("5,,,1", "deben ser dos dígitos"),
        ("AB,,,1", "deben ser dos dígitos"),
        ("51,99,,1", "delegación 99: no está"),
        ("51,12,44,1", "subdelegación 12-44: no está"),
        ("51,,03,1", "subdelegación —-03: no está"),
        ("51,,,uno", "debe ser un número"),
    ],
)
def test_wrong_line_is_named_and_nothing_is_kept(load, line, said):
    with pytest.raises(CommandError, match="línea 3") as told:
        load("97,,,1", line)
    assert said in str(told.value)
    assert active() == set()


def test_place_told_twice_is_refused(load):
    with pytest.raises(CommandError, match="ya están en otra línea"):
        load("51,12,,1", "51,12,,2")


def test_file_without_prefixes_would_turn_all_off_and_is_refused(load):
    PrefijoSerie.objects.create(prefijo="97")
    with pytest.raises(CommandError, match="no tiene ningún prefijo"):
        load()
    assert active() == {"97"}


def test_file_without_the_column_is_refused(load):
    with pytest.raises(CommandError, match="faltan las columnas prefijo"):
        load("51", header="serie")
