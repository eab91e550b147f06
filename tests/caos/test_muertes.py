"""Kill the worker at each fault point, lose the broker: each procedure ends by itself, once."""

import email
import email.policy
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest

from comun.caos import POINTS
from imss_portal.demo.estudiante import Direccion, Estudiante
from imss_portal.demo.pila import Pila
from imss_portal.demo.recorrido import DOCUMENTOS, next_person

pytestmark = [pytest.mark.pila, pytest.mark.timeout(600)]

ENDS_WITHIN = 60  # s after the last thing the student does


@pytest.fixture
def begin(pila: Pila, estudiante):
    """A student who already proved their mailbox and is asked for an address."""

    def make(tag: str) -> Estudiante:
        assert pila.entorno
        curp = next_person("asignado", entorno=pila.entorno, folder=pila.folder)
        student = estudiante(curp, f"{tag}@example.org")
        student.capturar()
        return student

    return make


def finish(student: Estudiante) -> None:
    student.confirmar_por_liga()
    student.esperar("requiere_domicilio", seconds=ENDS_WITHIN)
    student.dar_domicilio(Direccion())
    student.elegir_unidad()
    student.concluir()
    student.esperar("concluida", seconds=ENDS_WITHIN)


def query(pila: Pila, sql: str, *params: object) -> list[tuple]:
    connection = psycopg2.connect(pila.env["DATABASE_OWNER_URL"])
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()
    finally:
        connection.close()


def letters_with_documents(pila: Pila, student: Estudiante) -> list[str]:
    """Return the Message-IDs of the mails that brought both PDFs to the student."""
    found = []
    for path in Path(pila.env["BUZON_DIR"]).glob("*.eml"):
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if letter["To"] == student.correo and len(list(letter.iter_attachments())) == 2:
            found.append(letter["Message-ID"])
    return found


def check_ended_once(pila: Pila, student: Estudiante, tmp_path: Path) -> None:
    """One number, dense series, both genuine PDFs, one or two copies of one mail."""
    folio = student.folio
    rows = query(
        pila,
        "SELECT n.nss FROM tramites_solicitud s JOIN nss_numero n USING (asegurado_id)"
        " WHERE s.folio = %s AND s.estado = 'concluida'",
        folio,
    )
    assert len(rows) == 1
    tipos = query(pila, "SELECT tipo FROM constancias_constancia WHERE folio = %s", folio)
    assert sorted(t for (t,) in tipos) == sorted(DOCUMENTOS)
    gaps = query(
        pila,
        "SELECT s.id FROM nss_serie s LEFT JOIN nss_numero n ON n.serie_id = s.id"
        " WHERE s.anio_alta = (SELECT anio_alta FROM nss_serie WHERE id ="
        " (SELECT serie_id FROM nss_numero WHERE nss = %s))"
        " GROUP BY s.id HAVING count(n.id) <> s.siguiente",
        rows[0][0],
    )
    assert gaps == []
    for tipo in DOCUMENTOS:
        pila.manage("verificar_constancia", str(student.descargar(tipo, tmp_path)))
    ids = letters_with_documents(pila, student)
    assert len(ids) in (1, 2)
    assert len(set(ids)) == 1


@pytest.mark.parametrize("punto", POINTS)
def test_killed_at(punto, pila, begin, tmp_path):
    student = begin(f"caos-{punto}".replace("_", "-"))
    armed = Path(pila.env["CAOS_DIR"]) / punto
    if punto in ("tras_reclamar", "tras_smtp"):  # met before the documents too: wait for the mail
        student.leer_liga()
    armed.touch()
    finish(student)
    assert not armed.exists(), "nobody died: the point was never met"
    check_ended_once(pila, student, tmp_path)


def test_whole_worker_killed_again_and_again(pila, begin, tmp_path):
    student = begin("caos-maestro")
    with ThreadPoolExecutor(1) as pool:
        walk = pool.submit(finish, student)
        for _ in range(3):
            time.sleep(1.5)
            pila.kill_worker()
            pila.start_worker()
        walk.result(timeout=180)
    check_ended_once(pila, student, tmp_path)


def test_broker_flushed_between_every_step(pila, begin, tmp_path):
    student = begin("caos-cola")
    with ThreadPoolExecutor(1) as pool:
        walk = pool.submit(finish, student)
        while not walk.done():
            pila.flush_broker()
            time.sleep(0.3)
        walk.result()
    check_ended_once(pila, student, tmp_path)


def test_what_was_asked_while_nobody_worked_is_done_later(pila, begin, tmp_path):
    student = begin("caos-ausente")
    student.leer_liga()
    pila.stop_worker()
    student.confirmar_por_liga()
    assert student.pagina.status == 200
    pila.flush_broker()
    pila.start_worker()
    student.esperar("requiere_domicilio", seconds=ENDS_WITHIN)


def test_broker_gone_nobody_waits_and_nothing_is_lost(pila, begin, tmp_path):
    assert pila.valkey, "the tests' broker is ours to stop"
    pila.valkey.stop()
    begun = time.monotonic()
    student = begin("caos-sin-cola")
    assert time.monotonic() - begun < 5, "capture, redirect and waiting page"
    assert student.pagina.status == 200
    pila.valkey.start()
    finish(student)
    check_ended_once(pila, student, tmp_path)
