"""Numbers that come from elsewhere: recorded once, never given again by a series."""

from datetime import UTC, date, datetime

import pytest

from nss.errors import NumeroEnUso
from nss.models import Asegurado, Numero, PrefijoSerie, Serie
from nss.services import Lugar, assign_nss, locate
from nss.services.registro import NumeroAjeno, register_numero, replace_curp
from nss.values import Nss
from tests.nss.personas import identidad

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)


def foreign(consecutivo: int, estado: Numero.Estado = Numero.Estado.VIGENTE) -> NumeroAjeno:
    nss = Nss.compose(prefijo="00", alta=26, nacimiento=4, consecutivo=consecutivo)
    return NumeroAjeno(nss=nss, estado=estado, fecha_alta=date(2026, 1, 1))


def register(n: int, numero: NumeroAjeno) -> bool:
    return register_numero(titular=identidad(n), numero=numero, now=NOW)


def test_registered_number_is_located():
    assert register(1, foreign(5))
    assert locate(identidad=identidad(1)).numero.nss == foreign(5).nss
    assert Numero.objects.get().serie is None


def test_registering_twice_changes_nothing():
    assert register(1, foreign(5))
    assert not register(1, foreign(5))
    assert (Numero.objects.count(), Asegurado.objects.count()) == (1, 1)


def test_series_goes_on_after_a_registered_number():
    PrefijoSerie.objects.create(prefijo="00")
    register(1, foreign(5))
    register(2, foreign(3))
    given = assign_nss(titular=identidad(3), lugar=Lugar(), now=NOW).numero
    assert given.consecutivo == 6


def test_number_of_somebody_else_is_refused():
    register(1, foreign(5))
    with pytest.raises(NumeroEnUso):
        register(2, foreign(5))
    assert Asegurado.objects.count() == 1


def test_second_number_in_force_is_refused_and_one_to_be_cleared_is_not():
    register(1, foreign(5))
    with pytest.raises(NumeroEnUso):
        register(1, foreign(6))
    assert register(1, foreign(6, Numero.Estado.POR_ACLARAR))
    assert locate(identidad=identidad(1)).kind == "varios_nss"


def test_number_under_an_earlier_key_reaches_its_owner():
    register(1, foreign(5))
    row = Asegurado.objects.get()
    replace_curp(asegurado_id=row.pk, identidad=identidad(2))
    assert register(1, foreign(6, Numero.Estado.POR_ACLARAR))
    assert Asegurado.objects.count() == 1


def test_last_consecutive_from_elsewhere_closes_the_series():
    register(1, foreign(9_999))
    assert Serie.objects.get().siguiente == 10_000
