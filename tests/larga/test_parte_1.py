"""The big numbers of the core: bare start, many at the counter, the country's postal codes."""

import io
import json
import os
import re
import signal
import subprocess
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection

from nss.models import Asegurado, Numero, PrefijoSerie, Serie
from nss.services import Lugar, assign_nss
from tests.catalogos import test_carga_grande as carga
from tests.larga.conftest import ROOT
from tests.nss.personas import identidad
from tests.nss.test_concurrencia import CLIENTS, assert_dense, at_once

pytestmark = [pytest.mark.larga, pytest.mark.timeout(1800)]

PEOPLE = 20_000
READY = re.compile(r"Listo en ([\d.]+) s")


@pytest.mark.django_db(transaction=True)
def test_20000_people_by_64_clients_over_three_series_and_a_year_change(medida):
    for orden, prefijo in enumerate(("90", "00", "01")):
        PrefijoSerie.objects.create(prefijo=prefijo, orden=orden)
    full = [
        Serie.objects.create(prefijo="90", anio_alta=alta, anio_nacimiento=4, siguiente=10_000)
        for alta in (26, 27)
    ]
    # 2026-12-31 23:59 and 2027-01-01 00:00 in Mexico: the number bears the local year.
    nows = (datetime(2027, 1, 1, 5, 59, tzinfo=UTC), datetime(2027, 1, 1, 6, 0, tzinfo=UTC))
    jobs = [(identidad(n, birth=date(2004, 3, 9)), nows[n >= PEOPLE // 2]) for n in range(PEOPLE)]

    def ask(job):
        titular, now = job
        return assign_nss(titular=titular, lugar=Lugar(), now=now).numero.nss

    begun = time.perf_counter()
    numbers = at_once(jobs, ask)
    seconds = time.perf_counter() - begun
    assert len(set(numbers)) == Numero.objects.count() == Asegurado.objects.count() == PEOPLE
    assert_dense(skip=full)
    years = Counter(number[2:4] for number in numbers)
    assert years == {"26": PEOPLE // 2, "27": PEOPLE // 2}
    medida(
        "asignacion",
        {
            "personas": PEOPLE,
            "clientes": CLIENTS,
            "duplicados": PEOPLE - len(set(numbers)),
            "huecos": 0,
            "por_segundo": round(PEOPLE / seconds),
        },
    )


@pytest.mark.django_db(transaction=True)
def test_country_of_postal_codes_against_bare_copy(medida):
    loads = [carga.empty_and_load() for _ in range(3)]
    rows = io.StringIO()
    with connection.cursor() as cursor:
        out = f"COPY (SELECT {carga.COLUMNS} FROM catalogos_asentamiento) TO STDOUT (FORMAT csv)"
        cursor.copy_expert(out, rows)
        bare = [carga.bare_copy(rows) for _ in range(3)]
        cursor.execute("DROP TABLE gemela")
        plain = [plain_copy(cursor, rows) for _ in range(3)]
    medida(
        "carga_sepomex",
        {
            "filas": carga.ROWS,
            "carga_s": [round(s, 2) for s in loads],
            "copy_s": [round(s, 2) for s in bare],
            "copy_sin_llaves_ni_indices_s": [round(s, 2) for s in plain],
            "razon": round(min(loads) / min(bare), 2),
            "razon_sin_llaves_ni_indices": round(min(loads) / min(plain), 2),
            "limite": carga.MAX_RATIO,
        },
    )
    assert min(loads) <= carga.MAX_RATIO * min(bare)


def plain_copy(cursor, rows: io.StringIO) -> float:
    """Copy the same rows into a table without keys, indexes or checks: nobody could use it."""
    columns = f"SELECT {carga.COLUMNS} FROM catalogos_asentamiento LIMIT 0"
    cursor.execute(f"DROP TABLE IF EXISTS llana; CREATE TABLE llana AS {columns}")
    rows.seek(0)
    begun = time.perf_counter()
    cursor.copy_expert("COPY llana FROM STDIN WITH (FORMAT csv)", rows)
    seconds = time.perf_counter() - begun
    cursor.execute("DROP TABLE llana")
    return seconds


def start_demo(clone: Path, env: dict[str, str]) -> tuple[subprocess.Popen[str], float, str]:
    """Run `make demo` until it serves; return it, the seconds from nothing, and what it said."""
    begun, said = time.monotonic(), []
    process = subprocess.Popen(
        ["make", "demo"],
        cwd=clone,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    assert process.stdout
    for line in process.stdout:
        said.append(line)
        if READY.search(line):
            return process, time.monotonic() - begun, "".join(said)
    raise AssertionError("make demo ended:\n" + "".join(said))


def stop_demo(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGINT)
    process.wait(60)


def recorrido(clone: Path, env: dict[str, str], **variables: str) -> dict[str, object]:
    command = ["make", "-s", "recorrido", *(f"{k}={v}" for k, v in variables.items())]
    done = subprocess.run(command, cwd=clone, env=env, capture_output=True, text=True, check=True)
    result: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def test_fresh_clone_starts_walks_and_starts_again(medida, tmp_path):
    clone = tmp_path / "portal"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    ours = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
    env = {k: v for k, v in os.environ.items() if k not in ours}
    process, first, said = start_demo(clone, env)
    try:
        assert re.search(r"NSS \d{11}", said), "the sample procedure did not end"
        walks = {
            caso: recorrido(clone, env, CASO=caso)
            for caso in ("localizado", "asignado", "inconcluso")
        }
    finally:
        stop_demo(process)
    process, second, _ = start_demo(clone, env)
    stop_demo(process)
    medida(
        "arranque",
        {
            "primera_vez_s": round(first, 1),
            "segunda_vez_s": round(second, 1),
            "recorridos_s": {caso: walk["segundos"] for caso, walk in walks.items()},
        },
    )
    assert first <= 120
    assert second <= 25
