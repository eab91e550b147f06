"""One number per CURP, consecutive, from the first series of the place with room."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from catalogos.models import Delegacion, Subdelegacion
from nss.errors import NumeroPorAclarar, SerieAgotada
from nss.models import Asegurado, CurpAnterior, Numero, PrefijoSerie, Serie, curp_index
from nss.services import Lugar, assign_nss, locate, room_for
from nss.services.lote import Alta, assign_many
from tests.nss.personas import identidad

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
TODAY = date(2026, 11, 21)
ANYWHERE = Lugar()
FULL = 10_000


@pytest.fixture
def everybody():
    return PrefijoSerie.objects.create(prefijo="00")


def given(n: int, lugar: Lugar = ANYWHERE, now: datetime = NOW, **changes) -> Numero:
    return assign_nss(titular=identidad(n, **changes), lugar=lugar, now=now).numero


def test_numbers_of_a_series_follow_each_other(everybody):
    assert [given(n).nss[:10] for n in range(3)] == ["0026040000", "0026040001", "0026040002"]
    assert Serie.objects.get().siguiente == 3


def test_given_number_is_the_row_of_the_table(everybody):
    asignacion = assign_nss(titular=identidad(1), lugar=ANYWHERE, now=NOW)
    stored = Numero.objects.select_related("asegurado").get()
    assert asignacion.created
    assert asignacion.numero == stored
    for name in ("nss", "asegurado_id", "serie_id", "consecutivo", "estado", "fecha_alta"):
        assert getattr(asignacion.numero, name) == getattr(stored, name)
    assert asignacion.numero.asegurado.identidad == stored.asegurado.identidad == identidad(1)


def test_second_request_reads_the_first_number(everybody):
    first = assign_nss(titular=identidad(1), lugar=ANYWHERE, now=NOW)
    again = assign_nss(titular=identidad(1), lugar=ANYWHERE, now=NOW)
    assert (again.created, again.numero.nss) == (False, first.numero.nss)
    assert Serie.objects.get().siguiente == 1


def test_place_is_kept_with_the_person(everybody):
    given(1, lugar=Lugar(entidad="GR"))
    assert Asegurado.objects.get().entidad == "GR"


@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (datetime(2027, 1, 1, 5, 59, tzinfo=UTC), "26"),  # 23:59 of 31 December in Mexico
        (datetime(2027, 1, 1, 6, 0, tzinfo=UTC), "27"),
    ],
)
def test_year_of_alta_is_mexicos(everybody, moment, year):
    assert given(1, now=moment).nss[2:4] == year


def test_births_a_century_apart_share_one_counter(everybody):
    old = given(1, birth=date(1926, 5, 5))
    new = given(2, birth=date(2026, 5, 5))
    assert (old.nss[:10], new.nss[:10]) == ("0026260000", "0026260001")


def test_order_is_subdelegacion_then_delegacion_then_everybody(everybody):
    delegacion = Delegacion.objects.create(clave="12", nombre="Guerrero")
    sub = Subdelegacion.objects.create(delegacion=delegacion, clave="03", nombre="Iguala")
    PrefijoSerie.objects.create(prefijo="73", delegacion=delegacion, orden=0)
    PrefijoSerie.objects.create(prefijo="75", subdelegacion=sub, orden=9)
    PrefijoSerie.objects.create(prefijo="74", subdelegacion=sub, orden=2)
    PrefijoSerie.objects.create(prefijo="72", subdelegacion=sub, orden=1, activo=False)
    lugar = Lugar(delegacion_id=delegacion.pk, subdelegacion_id=sub.pk)
    prefixes = []
    for n in range(4):
        numero = given(n, lugar=lugar)
        prefixes.append(numero.nss[:2])
        Serie.objects.filter(pk=numero.serie_id).update(siguiente=FULL)
    assert prefixes == ["74", "75", "73", "00"]
    with pytest.raises(SerieAgotada):
        given(9, lugar=lugar)
    assert not room_for(lugar, identidad(9), NOW)
    assert room_for(lugar, identidad(9, birth=date(2005, 1, 1)), NOW)


def test_place_without_prefixes_of_its_own_takes_everybodys(everybody):
    delegacion = Delegacion.objects.create(clave="12", nombre="Guerrero")
    other = Delegacion.objects.create(clave="14", nombre="Jalisco")
    PrefijoSerie.objects.create(prefijo="54", delegacion=other)
    assert given(1, lugar=Lugar(delegacion_id=delegacion.pk)).nss[:2] == "00"


def test_series_gives_9999_and_then_says_it_is_full(everybody):
    Serie.objects.create(prefijo="00", anio_alta=26, anio_nacimiento=4, siguiente=9_999)
    assert room_for(ANYWHERE, identidad(1), NOW)
    assert given(1).consecutivo == 9_999
    assert not room_for(ANYWHERE, identidad(2), NOW)
    with pytest.raises(SerieAgotada):
        given(2)


def test_refused_person_is_not_registered(everybody):
    Serie.objects.create(prefijo="00", anio_alta=26, anio_nacimiento=4, siguiente=FULL)
    with pytest.raises(SerieAgotada) as caught:
        given(1)
    assert not Asegurado.objects.exists()
    assert caught.value.advice
    assert identidad(1).curp not in str(caught.value)


def test_no_prefix_at_all_is_a_full_series():
    with pytest.raises(SerieAgotada):
        given(1)


def test_rolled_back_number_is_given_again(everybody):
    with transaction.atomic():
        lost = given(1)
        transaction.set_rollback(True)
    assert given(2).nss == lost.nss


def test_new_key_gets_the_number_of_the_old_one(everybody):
    old = given(1)
    new = assign_nss(
        titular=identidad(2, curps_anteriores=(identidad(1).curp,)), lugar=ANYWHERE, now=NOW
    )
    assert (new.created, new.numero.nss) == (False, old.nss)


def test_old_key_of_a_registered_person_gets_no_second_number(everybody):
    first = given(1)
    CurpAnterior.objects.create(curp_idx=curp_index(identidad(2).curp), asegurado=first.asegurado)
    assert given(2).nss == first.nss


def test_registered_person_without_number_gets_one(everybody):
    first = given(1)
    Numero.objects.update(estado=Numero.Estado.UNIFICADO)
    again = assign_nss(titular=identidad(1), lugar=ANYWHERE, now=NOW)
    assert again.created
    assert again.numero.asegurado_id == first.asegurado_id


def test_number_to_be_cleared_blocks_a_new_one(everybody):
    given(1)
    Numero.objects.update(estado=Numero.Estado.POR_ACLARAR)
    with pytest.raises(NumeroPorAclarar):
        given(1)


def test_assignment_takes_three_statements(everybody, django_assert_num_queries):
    given(1)
    with django_assert_num_queries(5):  # savepoint, person, series of the place, number, release
        given(2)


def test_many_at_once_fill_one_series_after_another(everybody):
    PrefijoSerie.objects.create(prefijo="01", orden=1)
    Serie.objects.create(prefijo="00", anio_alta=26, anio_nacimiento=4, siguiente=9_997)
    altas = [Alta(titular=identidad(n), fecha=TODAY) for n in range(5)]
    assert assign_many(altas=altas, lugar=ANYWHERE, now=NOW) == 5
    bodies = [numero.nss[:10] for numero in Numero.objects.order_by("nss")]
    assert bodies == ["0026049997", "0026049998", "0026049999", "0126040000", "0126040001"]


def test_many_at_once_skip_the_registered(everybody):
    first = given(1)
    altas = [Alta(titular=identidad(n), fecha=TODAY) for n in range(3)]
    assert assign_many(altas=altas, lugar=ANYWHERE, now=NOW) == 2
    assert locate(identidad=identidad(1)).numero == first
    assert assign_many(altas=altas, lugar=ANYWHERE, now=NOW) == 0
    assert assign_many(altas=[], lugar=ANYWHERE, now=NOW) == 0


def test_many_at_once_are_all_or_none(everybody):
    Serie.objects.create(prefijo="00", anio_alta=26, anio_nacimiento=4, siguiente=9_999)
    altas = [Alta(titular=identidad(n), fecha=TODAY) for n in range(2)]
    with pytest.raises(SerieAgotada):
        assign_many(altas=altas, lugar=ANYWHERE, now=NOW)
    assert not Asegurado.objects.exists()
    assert Serie.objects.get().siguiente == 9_999
