"""200 walks and every forced error, with people made to be looked for."""

from collections import Counter

import pytest

from tests.canarios.escondites import hits
from tests.canarios.fallas import FALLAS
from tests.canarios.test_canarios import after_walks_and_errors, plant_and_find

pytestmark = [pytest.mark.larga, pytest.mark.timeout(1800)]
WALKS = 200


def test_nothing_of_200_people_lies_about(pila, tmp_path, medida):
    places, cebos = after_walks_and_errors(pila, "dos", WALKS, tmp_path)
    copied = places.copy()
    found = hits(copied, cebos, tmp_path)
    sizes = Counter({place: sum(f.stat().st_size for f in copied[place]) for place in copied})
    medida(
        "canarios",
        {
            "recorridos": WALKS,
            "errores forzados": len(FALLAS),
            "hallazgos": len(found),
            "bytes revisados": dict(sizes),
            "lugares donde se planta y se encuentra": 7,
        },
    )
    assert found == set()
    plant_and_find(pila, cebos[0], places, tmp_path)
