"""The stack starts whole, stops whole, and belongs to one owner at a time."""

import os
import signal
import socket
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import psycopg2
import pytest

from imss_portal.demo.entorno import EnMarcha, running
from imss_portal.demo.opciones import Opciones
from imss_portal.demo.pila import Pila, PilaFallida
from imss_portal.demo.puertos import PuertoOcupado, free_port, listening
from tests.conftest import SEPOMEX
from tests.pila.procesos import none_left, running_under

pytestmark = pytest.mark.pila
MANY = 8  # Postgres and its helpers, broker, mail, web, worker with its child and beat
ROOT = Path(__file__).resolve().parent.parent.parent


def manage(folder: Path, *args: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Run manage.py as a shell without a portal of its own would, on the stack of `folder`."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "DATOS_DIR": str(folder)}
    command = [sys.executable, str(ROOT / "manage.py"), *args]
    return subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=timeout, check=False
    )


def count_people(url: str) -> int:
    connection = psycopg2.connect(url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM nss_personapadron")
        (count,) = cursor.fetchone()
    connection.close()
    return count


@pytest.fixture
def other(tmp_path, opciones):
    """A stack of the test's own, gone afterwards."""
    stack = Pila(tmp_path, opciones(tmp_path))
    yield stack
    stack.discard()


def test_stop_leaves_no_process_and_start_again_finds_the_data(other):
    other.start()
    begun = running_under(other.folder)
    people = count_people(other.env["DATABASE_URL"])
    other.stop()
    left = none_left(other.folder, within=5)
    other.start()
    assert len(begun) >= MANY
    assert left == set()
    assert people > 60
    assert count_people(other.env["DATABASE_URL"]) == people


def test_death_of_the_owner_takes_everything_with_it(tmp_path):
    script = f"""
        import time
        from pathlib import Path
        from imss_portal.demo.opciones import Opciones
        from imss_portal.demo.pila import Pila
        folder = Path({str(tmp_path)!r})
        Pila(folder, Opciones.de_pruebas(folder, Path({str(SEPOMEX)!r}))).start()
        print("listo", flush=True)
        time.sleep(600)
    """
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    owner = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert owner.stdout.readline() == "listo\n"
        assert len(running_under(tmp_path)) >= MANY
    finally:
        owner.send_signal(signal.SIGKILL)
        owner.communicate()
    assert none_left(tmp_path, within=20) == set()
    Pila(tmp_path).discard()


def test_second_start_of_a_folder_is_refused_with_its_address(pila, opciones):
    twin = Pila(pila.folder, opciones(pila.folder))
    with pytest.raises(EnMarcha, match=pila.env["URL_PORTAL"]):
        twin.start()
    pila.check()


def test_second_demo_says_that_one_runs_and_starts_nothing(pila):
    before = running_under(pila.folder)
    second = manage(pila.folder, "demo")
    assert second.returncode == 1
    assert "Ya hay una demostración en marcha" in second.stderr
    assert running_under(pila.folder) == before


def test_wiping_a_running_demo_is_refused(pila):
    wiping = manage(pila.folder, "demo", "--limpia")
    assert wiping.returncode == 1
    assert "en marcha" in wiping.stderr
    assert count_people(pila.env["DATABASE_URL"]) > 0


def test_environment_file_is_its_owners_alone(pila):
    files = [pila.folder / "entorno.json", *(pila.folder / "llaves").iterdir()]
    assert len(files) >= 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(pila.folder.stat().st_mode) & 0o077 == 0


def test_running_stack_is_found_by_its_folder(pila, tmp_path):
    found = running(pila.folder)
    assert found == pila.entorno
    assert found.pid == os.getpid()
    assert running(tmp_path) is None


def test_web_holds_neither_the_seal_nor_the_owners_address(pila):
    pid = pila.procesos["web"].child.pid
    environ = Path(f"/proc/{pid}/environ").read_bytes()
    assert b"DATABASE_URL=" in environ
    assert b"LLAVE_SELLO=" not in environ
    assert b"DATABASE_OWNER_URL=" not in environ


def test_killed_worker_and_lost_broker_come_back(pila):
    old = pila.procesos["trabajador"].child.pid
    pila.kill_worker()
    pila.flush_broker()
    pila.restart_worker()
    assert not Path(f"/proc/{old}").exists()
    pila.check()
    assert pila.answers()


def test_busy_port_is_passed_over_and_refused_when_asked_for(tmp_path):
    with listening(0) as door:
        busy = door.getsockname()[1]
        assert free_port(busy) != busy
        stack = Pila(tmp_path, Opciones(puerto=busy))
        with pytest.raises(PuertoOcupado, match=str(busy)):
            stack.start()
        stack.discard()
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", busy))


def test_half_a_database_is_refused_and_nothing_stays(tmp_path):
    stack = Pila(tmp_path, Opciones(ajustes={"DATABASE_URL": "postgres://x@/y"}))
    with pytest.raises(PilaFallida, match="van juntas"):
        stack.start()
    assert none_left(tmp_path, within=2) == set()
