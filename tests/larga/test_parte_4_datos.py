"""How soon a person has the copy of all that is kept of them, from the button to both files."""

import statistics

import pytest

from tests.pila.test_mis_datos import WITHIN, copy_of, with_number

pytestmark = [pytest.mark.larga, pytest.mark.pila]
PEOPLE = 20


def test_copies_come_within_a_minute(pila, medida):
    seconds, tables = [], []
    for _ in range(PEOPLE):
        told, _paper, took = copy_of(with_number(pila))
        seconds.append(took)
        tables.append(len(told["tablas"]))
    medida(
        "copia_de_datos",
        {
            "personas": PEOPLE,
            "mediana_s": round(statistics.median(seconds), 2),
            "maximo_s": round(max(seconds), 2),
            "limite_s": WITHIN,
            "tablas_por_copia": min(tables),
        },
    )
    assert max(seconds) < WITHIN
