"""One link, fifty presses at once: one wins, the others are told that it was used."""

import pytest

from tests.nss.personas import identidad
from tests.tramites.carrera import PRESSES, race, rest_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


def test_of_fifty_presses_of_one_link_one_wins_each_time(begin):
    for n in range(ROUNDS):
        who = identidad(n)
        tramite = begin(who.curp, f"persona{n}@example.org")
        assert race(tramite.token, who.curp) == {"gana": 1, "usada": PRESSES - 1}
        assert rest_of(tramite.id) == (1, 1)
