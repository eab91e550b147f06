"""10,000 sealed values change key under five writers, and the one who changes them is killed 20 times."""

import random
import secrets
import time

import pytest

from comun import cripto, indices, testigo
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


INDEXED = 100_000


@pytest.mark.django_db(transaction=True)
def test_indexes_of_100000_people_get_another_key(settings, medida):
    before = settings.LLAVES_INDICE
    PersonaPadron.objects.bulk_create(
        (
            PersonaPadron(curp_idx=secrets.token_bytes(16), datos={"n": n}, estatus="AN")
            for n in range(INDEXED)
        ),
        batch_size=2_000,
    )
    known = PersonaPadron.objects.order_by("pk").values_list("pk", "curp_idx")[:1000]
    known = dict(known)
    settings.LLAVES_INDICE = [*ring_of("otra"), *before]
    begun = time.monotonic()
    done = indices.reindex_all()
    seconds = time.monotonic() - begun
    now = dict(PersonaPadron.objects.filter(pk__in=known).values_list("pk", "curp_idx"))
    wrong = sum(now[pk] != cripto.reindex(index) for pk, index in known.items())
    medida(
        "indices",
        {
            "filas": done["nss_personapadron"],
            "segundos": round(seconds, 1),
            "por_segundo": round(INDEXED / seconds),
            "mal_cubiertos_de_1000": wrong,
        },
    )
    settings.LLAVES_INDICE = before
    testigo.change()
    assert (done["nss_personapadron"], wrong) == (INDEXED, 0)
