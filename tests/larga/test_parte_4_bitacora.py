"""1,000 single tamperings of the audit chain, and how long 10,000 entries take."""

import random
import time
from collections import Counter

import pytest
from django.db import transaction

from comun import auditoria
from tests.comun.forja import FORJAS, chain

pytestmark = [pytest.mark.larga, pytest.mark.timeout(1800), pytest.mark.django_db]
SIZE, TIMES, ENTRIES = 300, 1000, 10_000
SEED = 4
AT_MOST = 5  # s


def test_each_of_1000_tamperings_is_named(medida):
    chain(SIZE)
    whole, dice, named = auditoria.head(), random.Random(SEED), Counter()
    for n in range(TIMES):
        forge = FORJAS[n % len(FORJAS)]
        here = transaction.savepoint()
        wanted = forge(dice, SIZE)
        named[{one.n for one in auditoria.examine([whole])} == wanted] += 1
        transaction.savepoint_rollback(here)
    chain(ENTRIES - SIZE)
    begun = time.perf_counter()
    assert list(auditoria.examine()) == []
    seconds = time.perf_counter() - begun
    figures = {
        "alteraciones": TIMES,
        "señaladas con el asiento exacto": named[True],
        "clases": len(FORJAS),
        "asientos revisados": ENTRIES,
        "segundos": round(seconds, 2),
    }
    medida("bitacora", figures, semilla=SEED)
    assert named == {True: TIMES}
    assert seconds <= AT_MOST
