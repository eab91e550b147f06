"""Which number a person holds: by key, by earlier key, by everything else. Never a guess."""

from datetime import UTC, datetime

import pytest

from nss.models import Numero, PrefijoSerie
from nss.services import Lugar, assign_nss, locate
from nss.services.registro import replace_curp
from tests.nss.personas import identidad

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)


@pytest.fixture(autouse=True)
def everybody():
    PrefijoSerie.objects.create(prefijo="00")


def given(n: int) -> Numero:
    return assign_nss(titular=identidad(n), lugar=Lugar(), now=NOW).numero


def kind(n: int, **changes) -> str:
    return locate(identidad=identidad(n, **changes)).kind


def test_unknown_person_has_none():
    given(1)
    found = locate(identidad=identidad(2))
    assert (found.kind, found.numero) == ("ninguno", None)


def test_known_key_has_its_number():
    numero = given(1)
    found = locate(identidad=identidad(1))
    assert (found.kind, found.numero.nss) == ("vigente", numero.nss)


def test_new_key_has_the_number_of_the_old_one():
    numero = given(1)
    found = locate(identidad=identidad(2, curps_anteriores=(identidad(1).curp,)))
    assert found.numero == numero


def test_both_keys_find_the_number_after_the_change():
    numero = given(1)
    new = identidad(2)
    for _ in range(2):  # the second time changes nothing
        replace_curp(asegurado_id=numero.asegurado_id, identidad=new)
    assert locate(identidad=new).numero == numero
    assert locate(identidad=identidad(1)).numero == numero
    assert Numero.objects.get().asegurado.identidad == new


def test_two_registered_keys_of_one_person_are_two_numbers():
    given(1)
    given(2)
    assert kind(2, curps_anteriores=(identidad(1).curp,)) == "varios_nss"


def test_number_to_be_cleared_is_not_shown():
    given(1)
    Numero.objects.update(estado="por_aclarar")
    found = locate(identidad=identidad(1))
    assert (found.kind, found.numero) == ("varios_nss", None)


@pytest.mark.parametrize("estado", ["unificado", "separado"])
def test_settled_numbers_do_not_count(estado):
    given(1)
    Numero.objects.update(estado=estado)
    assert kind(1) == "ninguno"


def test_alike_person_under_another_key_is_a_homonym():
    given(1)
    assert kind(1, curp=identidad(7).curp) == "homonimia"


def test_spelling_does_not_hide_a_homonym():
    given(1)
    name = identidad(1).nombres.lower()
    assert kind(1, curp=identidad(7).curp, nombres=f"{name} ") == "homonimia"


@pytest.mark.parametrize(
    "change", [{"sexo": "H"}, {"entidad": "GR"}, {"nombres": "OTRA"}, {"segundo_apellido": ""}]
)
def test_one_different_fact_is_another_person(change):
    given(1)
    assert kind(1, curp=identidad(7).curp, **change) == "ninguno"


def test_look_up_takes_two_queries(django_assert_num_queries):
    given(1)
    with django_assert_num_queries(2):
        locate(identidad=identidad(1))
    with django_assert_num_queries(2):
        locate(identidad=identidad(2))
