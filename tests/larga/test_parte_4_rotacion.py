"""10,000 sealed values change key under five writers, and the one who changes them is killed 20 times."""

import random
import time

import pytest

from nss.models import PersonaPadron
from tests.comun.rotacion import (
    Writers,
    fill,
    keys_in_use,
    kill_midway,
    ring_of,
    rotator,
    unreadable,
)
from tests.comun.test_rotacion import NEW, rings  # noqa: F401 - a fixture

pytestmark = [pytest.mark.larga, pytest.mark.timeout(1800)]

PEOPLE, DOCUMENTS = 9_600, 400  # 10,000 rows, and the files of 400
WRITERS, KILLS, SEED = 5, 20, 4
EACH = (PEOPLE + 2 * DOCUMENTS) // (KILLS + 1)  # values between two kills, at most


@pytest.mark.django_db(transaction=True)
def test_10000_values_change_key_under_5_writers_and_20_kills(rings, settings, medida):  # noqa: F811
    fill(people=PEOPLE, documents=DOCUMENTS)
    total = keys_in_use().total()
    rings(NEW)
    chance, killed, begun = random.Random(SEED), 0, time.monotonic()
    with Writers(WRITERS, seed=SEED) as writers:
        while killed < KILLS:
            child = rotator(NEW, settings.DOCUMENTOS_DIR)
            killed += kill_midway(child, after=chance.randint(EACH // 4, EACH))
            assert len(keys_in_use()) == 2, "it ended before the last kill"
        last = rotator(NEW, settings.DOCUMENTOS_DIR)
        _, err = last.communicate(timeout=600)
    seconds = time.monotonic() - begun
    assert last.returncode == 0, err
    used = keys_in_use()
    rings(ring_of("nueva"))
    closed = unreadable()
    changes = sum(row.datos["veces"] for row in PersonaPadron.objects.iterator(chunk_size=500))
    medida(
        "rotacion",
        {
            "valores": total,
            "escritores": WRITERS,
            "muertes": killed,
            "actos_de_los_escritores": writers.done.total(),
            "lecturas_y_escrituras_fallidas": len(writers.faults),
            "escrituras_perdidas": writers.done["_change"] - changes,
            "en_la_llave_nueva_por_ciento": round(100 * used["nueva"] / used.total(), 2),
            "ilegibles_sin_la_vieja": closed,
            "segundos": round(seconds),
        },
        semilla=SEED,
    )
    assert writers.faults == []
    assert used.keys() == {"nueva"}
    assert (closed, writers.done["_change"] - changes) == (0, 0)
