"""The big numbers of the link: machines that read the mail first, and many presses at once."""

import time

import pytest

from nss.values import Curp
from tests.nss.personas import identidad
from tests.recorridos.test_escaner import scan_and_go_on
from tests.tramites.carrera import PRESSES, race, rest_of
from tests.tramites.conftest import Tramite, attend_all, llave  # noqa: F401 - fixtures

pytestmark = [pytest.mark.larga, pytest.mark.timeout(3600)]
PEOPLE, ROUNDS = 100, 200


@pytest.mark.pila
@pytest.mark.navegador
def test_100_people_go_on_after_a_scanner(estudiante, pila, navegador, medida):
    begun = time.perf_counter()
    went, scanner = scan_and_go_on(
        estudiante, pila.env["URL_PORTAL"], navegador, people=PEOPLE, in_browser=PEOPLE, start=2_000
    )
    cifras = {
        "personas": PEOPLE,
        "siguieron": sum(went),
        "ligas_abiertas": scanner.abiertas,
        "formularios_enviados": scanner.enviadas,
        "botones_presionados": scanner.presionadas,
        "segundos": round(time.perf_counter() - begun, 1),
    }
    medida("escaner_de_correo", cifras)
    assert sum(went) == PEOPLE


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("llave")
def test_50_presses_of_one_link_200_times(attend_all, medida):  # noqa: F811
    winners, others = [], set()
    for n in range(ROUNDS):
        curp: Curp = identidad(n).curp
        tramite = Tramite(curp, f"persona{n}@example.org", attend_all)
        ends = race(tramite.token, curp)
        winners.append(ends.pop("gana", 0))
        others |= set(ends)
        assert rest_of(tramite.id) == (1, 1)
    medida(
        "una_liga_muchas_veces",
        {
            "rondas": ROUNDS,
            "a_la_vez": PRESSES,
            "ganadoras": sorted(set(winners)),
            "las_demas": sorted(others),
        },
    )
    assert set(winners) == {1}
    assert others == {"usada"}
