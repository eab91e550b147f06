"""The whole corpus of messy journeys, and how often the portal had to say "Error:" on the way."""

import time
from collections import Counter

import pytest
from django.db import transaction

from tests.desorden.conftest import mundo  # noqa: F401 - a fixture
from tests.desorden.juez import CASOS, walk
from tests.desorden.tabla import PENDIENTES

pytestmark = [pytest.mark.larga, pytest.mark.timeout(1800)]
AT_LEAST = 0.99


@pytest.mark.usefixtures("mundo")
def test_messy_journeys_end_well(medida):
    ends, failed, errors, begun = Counter(), {}, Counter(), time.monotonic()
    for caso in CASOS:
        here = transaction.savepoint()
        try:
            acta = walk(caso)
        except Exception as exc:
            failed[caso["id"]] = f"{type(exc).__name__}: {exc}"[:200]
        else:
            ends["numero" if acta.fin == "numero" else "inconcluso util"] += 1
            errors[bool(acta.errores)] += 1
        transaction.savepoint_rollback(here)
    figures = {
        "casos": len(CASOS),
        **ends,
        "a la primera": errors[False],
        "con un aviso de error": errors[True],
        "terminan bien": round(ends.total() / len(CASOS), 4),
        "los demas": failed,
        "segundos": round(time.monotonic() - begun, 1),
    }
    medida("desorden", figures)
    assert ends.total() >= AT_LEAST * len(CASOS), failed
    assert set(failed) <= set(PENDIENTES)
