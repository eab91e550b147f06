"""The source hangs: no page waits for it, and whoever was waiting goes on when it comes back."""

import time
import urllib.request
from contextlib import contextmanager

import psycopg2
import pytest

from imss_portal.demo.estudiante import CAPTURA, TRAMITE
from imss_portal.demo.pila import Pila
from imss_portal.demo.recorrido import next_person

pytestmark = [pytest.mark.pila, pytest.mark.timeout(600)]

WAITING = ("confirmada", "en_espera_identidad")
PAGE_WITHIN, BACK_WITHIN = 2, 60  # s


@contextmanager
def renapo(pila: Pila, falla: str):
    """Run the simulator as the stack's source; yield how to change what is wrong with it."""
    own = {name: pila.env.get(name) for name in ("FUENTE_IDENTIDAD", "IDENTIDAD_URL")}
    served = pila._begin("simular_renapo", "--falla", falla)
    assert served.child.stdout
    url = served.child.stdout.readline().strip()
    pila.env |= {"FUENTE_IDENTIDAD": "http", "IDENTIDAD_URL": url}
    again(pila)

    def change(now: str) -> None:
        urllib.request.urlopen(url.replace("/identidad", "/falla"), now.encode(), timeout=5).close()

    try:
        yield change
    finally:
        for name, value in own.items():
            pila.env.pop(name)
            if value is not None:
                pila.env[name] = value
        again(pila)
        served.child.terminate()
        served.child.communicate()
        pila.flush_broker()  # the breaker's memory too


def again(pila: Pila) -> None:
    """Another worker, at once: the outbox has whatever the one before had in hand."""
    pila.kill_worker()
    pila.start_worker()


def let_time_pass(pila: Pila) -> None:
    """Those who wait for the source have waited a quarter of an hour."""
    connection = psycopg2.connect(pila.env["DATABASE_OWNER_URL"])
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tramites_solicitud SET movida_en = movida_en - interval '16 minutes'"
            " WHERE estado = 'en_espera_identidad'"
        )
    connection.close()


def walk_while_it_hangs(pila: Pila, estudiante, *, students: int, seconds: float):
    """Return the seconds of every page asked for while the source hangs, and how many went on."""
    assert pila.entorno
    people = []
    for n in range(students):
        curp = next_person("asignado", entorno=pila.entorno, folder=pila.folder)
        people.append(estudiante(curp, f"espera-{time.time_ns()}-{n}@example.org"))
    times: list[float] = []
    with renapo(pila, "cuelga") as change:
        for student in people:
            _timed(times, student.capturar)
            student.leer_liga()
            _timed(times, student.confirmar_por_liga)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for student in people:
                _timed(times, lambda student=student: student.web.abrir(CAPTURA))
                _timed(times, lambda student=student: look(student))
                assert student.pagina.marca("estado") in WAITING
        change("ninguna")
        pila.flush_broker()  # the half minute of the breaker
        gone_on = sum(comes_back(pila, student) for student in people)
    return times, gone_on


def _timed(times: list[float], step) -> None:
    begun = time.monotonic()
    step()
    times.append(time.monotonic() - begun)


def look(student) -> str:
    student.pagina = student.web.abrir(TRAMITE)
    return student.pagina.marca("estado")


def comes_back(pila: Pila, student) -> bool:
    end = time.monotonic() + BACK_WITHIN
    while look(student) != "requiere_domicilio":
        let_time_pass(pila)
        if time.monotonic() > end:
            return False
        time.sleep(0.5)
    return True


def test_no_page_waits_for_a_source_that_hangs(pila, estudiante):
    times, gone_on = walk_while_it_hangs(pila, estudiante, students=1, seconds=3)
    assert len(times) > 10
    assert max(times) < PAGE_WITHIN
    assert gone_on == 1
