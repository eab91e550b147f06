"""Two hundred people whose CURP is known, fifty tries on each: what strangers got, and who was told."""

import random
import time

import pytest
from django.db import transaction

from tests.desorden.conftest import mundo  # noqa: F401 - a fixture
from tests.desorden.mundo import work
from tests.tramites.ataque import LAST_ACTA, SAME_YEAR, Botin, assault, victim
from tramites.models import IntentoActa

pytestmark = [pytest.mark.larga, pytest.mark.timeout(5400)]
VICTIMS, TRIES, SEED = 200, 50, 4


@pytest.mark.usefixtures("mundo")
def test_whole_curps_give_no_number_and_no_name(settings, medida):
    settings.PRUEBA_IDENTIDAD = "acta"
    luck, begun = random.Random(SEED), time.monotonic()
    botin, bound, judged = Botin(), 0, 0
    for n in range(1, VICTIMS + 1):
        here = transaction.savepoint()
        one = victim(n, luck, numbered=n % 2 == 0, bound=n % 4 in (0, 1))
        assault([one], tries=TRIES, work=work, first=n, botin=botin)
        bound += bool(one.correo)
        judged += IntentoActa.objects.count()
        transaction.savepoint_rollback(here)
    told = botin.avisos
    figures = {
        "victimas": VICTIMS,
        "con numero": VICTIMS // 2,
        "con correo vinculado": bound,
        "intentos": botin.intentos.total(),
        "intentos por modo": dict(botin.intentos),
        "respuestas juzgadas": judged,
        "aciertos que daria el azar": round(judged * SAME_YEAR / LAST_ACTA, 2),
        "paginas leidas": botin.paginas,
        "cartas recibidas": botin.cartas,
        "numeros vistos": len(botin.visto["nss"]),
        "nombres vistos": len(botin.visto["nombre"]),
        "documentos vistos": len(botin.visto["documento"]),
        "duenas avisadas": len(told),
        "aviso mas tardio (s)": round(max(told.values()), 3),
        "segundos": round(time.monotonic() - begun, 1),
    }
    medida("atacantes", figures, semilla=SEED)
    assert botin.intentos.total() == VICTIMS * TRIES
    assert botin.vacio, botin.visto
    assert len(told) == bound
    assert max(told.values()) <= 60
