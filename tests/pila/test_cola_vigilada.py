"""The broker as docker-compose.yml has it: each user has its own keys, and what is forged moves nobody."""

import secrets
import socket
import subprocess
import time
import uuid
from dataclasses import replace

import psycopg2
import pytest
import redis
from kombu import Connection
from redis.exceptions import AuthenticationError, NoPermissionError

from imss_portal.demo.estudiante import Direccion, Estudiante
from imss_portal.demo.pila import Pila
from imss_portal.demo.procesos import await_true
from imss_portal.demo.puertos import free_port
from imss_portal.demo.recorrido import next_person
from imss_portal.demo.valkey import _valkey_bin
from tests.conftest import PORTS
from tests.pila.puesta import BIN
from tests.pila.test_compose import COMPOSE, ROOT
from tramites.enums import ASIGNAR, DOCUMENTAR, IDENTIFICAR, MOVES

pytestmark = [pytest.mark.pila, pytest.mark.timeout(300)]
USERS = COMPOSE["configs"]["cola"]["content"]
# Each would change, empty or tell of the server, or reach the other's keys.
NEVER = (
    ("CONFIG", "GET", "*"),
    ("CONFIG", "SET", "dir", "/tmp"),
    ("FLUSHALL",),
    ("FLUSHDB",),
    ("KEYS", "*"),
    ("SHUTDOWN",),
    ("SAVE",),
    ("REPLICAOF", "127.0.0.1", "1"),
    ("MONITOR",),
    ("ACL", "LIST"),
    ("CLIENT", "LIST"),
    ("SCRIPT", "FLUSH"),
    ("MODULE", "LIST"),
    ("SCAN", "0"),
    ("RANDOMKEY",),
)
OF_THE_OTHER = {"cola": ("SET", ":1:limite", "0"), "cache": ("LPUSH", "portal", "x")}


@pytest.fixture(scope="module")
def cola(tmp_path_factory):
    """Run a broker with the users of the file; yield the address of each."""
    folder, port = tmp_path_factory.mktemp("cola"), free_port(PORTS)
    keys = {"CLAVE_COLA": secrets.token_hex(16), "CLAVE_CACHE": secrets.token_hex(16)}
    text = USERS
    for name, key in keys.items():
        text = text.replace(f"${{{name}:?}}", key)
    assert "$" not in text
    (folder / "usuarios.acl").write_text(text)
    command = [_valkey_bin(), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    command += ["--aclfile", str(folder / "usuarios.acl"), "--dir", str(folder)]
    with (folder / "registro").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _await(port, process)
        yield {
            "cola": f"redis://cola:{keys['CLAVE_COLA']}@127.0.0.1:{port}/0",
            "cache": f"redis://cache:{keys['CLAVE_CACHE']}@127.0.0.1:{port}/0",
            "nadie": f"redis://127.0.0.1:{port}/0",
            "vigia": f"redis://vigia:x@127.0.0.1:{port}/0",
        }
    finally:
        process.terminate()
        process.wait(20)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        assert process.poll() is None
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the broker did not start")


@pytest.fixture(scope="module")
def portal(cola, tmp_path_factory, opciones):
    """A whole portal on that broker."""
    folder = tmp_path_factory.mktemp("vigilado")
    made = opciones(folder)
    where = {"REDIS_URL": cola["cola"], "CACHE_URL": cola["cache"]}
    stack = Pila(folder, replace(made, ajustes={**made.ajustes, **where}))
    try:
        stack.start()
        yield stack
    finally:
        stack.discard()


def refused(url: str, *command: str) -> bool:
    link = redis.Redis.from_url(url)
    try:
        link.execute_command(*command)
    except (NoPermissionError, AuthenticationError):
        return True
    finally:
        link.close()
    return False


@pytest.mark.parametrize("command", NEVER, ids=lambda command: " ".join(command[:2]))
@pytest.mark.parametrize("user", ["cola", "cache", "vigia"])
def test_no_user_rules_the_server(cola, user, command):
    assert refused(cola[user], *command)


def test_nobody_comes_in_without_a_name(cola):
    assert refused(cola["nadie"], "PING")
    assert refused(cola["cola"].replace("@", "x@"), "PING")


@pytest.mark.parametrize("user", OF_THE_OTHER)
def test_each_has_its_own_keys(cola, user):
    other = "cache" if user == "cola" else "cola"
    assert refused(cola[user], *OF_THE_OTHER[user])
    assert not refused(cola[other], *OF_THE_OTHER[user])
    redis.Redis.from_url(cola[other]).delete(OF_THE_OTHER[user][1])


def test_who_watches_may_only_call(cola):
    link = redis.Redis.from_url(cola["vigia"])
    assert link.execute_command("PING")
    assert refused(cola["vigia"], "GET", "portal")


def rows(portal: Pila, query: str, *values: object) -> list[tuple]:
    connection = psycopg2.connect(portal.env["DATABASE_OWNER_URL"])
    with connection, connection.cursor() as cursor:
        cursor.execute(query, values)
        found = cursor.fetchall()
    connection.close()
    return found


def forge(url: str, pendientes: list[int]) -> None:
    """Leave bells for rows that are done, that never were, and for verbs that are no step."""
    with Connection(url) as link:
        send = link.Producer(routing_key="portal").publish
        for task, args in (
            *(("comun.atender", [pk]) for pk in pendientes for _ in range(3)),
            *(("comun.atender", [pk]) for pk in (0, -1, 2**62)),
            ("comun.atender", ["1 OR 1=1"]),
            ("tramites.services.asignacion.assign", []),
            *((name, [str(uuid.uuid4())]) for name in (IDENTIFICAR, ASIGNAR, DOCUMENTAR)),
        ):
            head = {"task": task, "id": str(uuid.uuid4()), "lang": "py"}
            send([args, {}, {}], serializer="json", headers=head)


def test_the_worker_answers_who_asks_for_its_health(portal):
    """What the healthcheck of the compose file runs."""
    asked = [str(BIN / "celery"), "-A", "imss_portal", "inspect", "ping", "-t", "10"]
    options = {"cwd": ROOT, "env": portal.env, "capture_output": True, "text": True}

    def answers() -> bool:  # a worker that just began has yet to listen
        return "pong" in subprocess.run(asked, check=False, **options).stdout

    await_true(answers, seconds=60, what="El trabajador")


def test_a_procedure_walks_on_it_and_forged_bells_move_nobody(portal, cola):
    assert portal.entorno
    people = [
        next_person(caso, entorno=portal.entorno, folder=portal.folder)
        for caso in ("localizado", "asignado")
    ]
    first, second = (
        Estudiante(portal.entorno, curp=curp, correo=f"vigilada{n}@example.org")
        for n, curp in enumerate(people)
    )
    first.capturar()
    first.confirmar_por_codigo()
    first.esperar("concluida")
    second.capturar()
    second.confirmar_por_codigo()
    second.esperar("requiere_domicilio")

    before = rows(portal, "SELECT id, estado FROM tramites_solicitud ORDER BY id")
    numbers = rows(portal, "SELECT count(*) FROM nss_numero")
    forge(cola["cola"], [pk for (pk,) in rows(portal, "SELECT id FROM comun_pendiente")])
    link = redis.Redis.from_url(cola["cola"])
    end = time.monotonic() + 60
    while link.llen("portal") and time.monotonic() < end:
        time.sleep(0.2)
    portal.check()
    time.sleep(1)

    assert rows(portal, "SELECT id, estado FROM tramites_solicitud ORDER BY id") == before
    assert rows(portal, "SELECT count(*) FROM nss_numero") == numbers
    legal = {(origin.value, to.value) for origin, after in MOVES.items() for to in after}
    moves = set(rows(portal, "SELECT origen, destino FROM tramites_movimiento"))
    assert moves <= legal
    second.dar_domicilio(Direccion())
    second.elegir_unidad()
    second.concluir()
    second.esperar("concluida")
