"""One number per CURP, consecutive, from the first series of the place with room."""

from datetime import UTC, date, datetime

import pytest

from nss.errors import NumeroPorAclarar, SerieAgotada
from nss.models import Asegurado, CurpAnterior, Numero, PrefijoSerie, Serie, curp_index
from nss.services import Lugar, assign_nss, locate, room_for
from tests.nss.personas import identidad

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
ANYWHERE = Lugar()


@pytest.fixture
def everybody():
    return PrefijoSerie.objects.create(prefijo="00")


def test_first_number_of_a_series_ends_in_0000(everybody):
    given = assign_nss(titular=identidad(1), lugar=ANYWHERE, now=NOW)
    assert given.created
    assert given.numero.nss[:10] == "0026040000"
    assert Numero.objects.get().nss == given.numero.nss
    assert Serie.objects.get().siguiente == 1
