"""A set-up of production that lacks nothing, and the processes that start on it."""

import base64
import http.client
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from imss_portal.demo.embebido import OWNER, RUNTIME, Postgres
from imss_portal.demo.pila import Pila

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
HOST = "nss.tec-taxco.edu.mx"
GUNICORN = (
    "imss_portal.wsgi",
    "--worker-class",
    "gthread",
    "--threads",
    "4",
    "--workers",
    "1",
    "--no-control-socket",
    "--worker-tmp-dir",
    "/tmp",
)


def key(name: str) -> str:
    return f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def complete(folder: Path) -> dict[str, str]:
    """Return the environment of a portal that may serve the world; no server is behind it."""
    return {
        "PATH": os.environ["PATH"],
        "DATOS_DIR": str(folder / "demo"),
        "MODO": "produccion",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "URL_PORTAL": f"https://{HOST}",
        "ALLOWED_HOSTS": HOST,
        "PROXIES_CONFIABLES": "127.0.0.1",
        "DATABASE_URL": "postgres://servicio@/portal?host=/nonexistent",
        "DATABASE_OWNER_URL": "postgres://dueno@/portal?host=/nonexistent",
        "REDIS_URL": "redis+socket:///nonexistent/valkey.sock",
        "EMAIL_URL": "smtp+tls://portal:secreta@correo.tec-taxco.edu.mx:587",
        "CORREO_REMITENTE": "Portal NSS <nss@tec-taxco.edu.mx>",
        "EMISOR_NOMBRE": "Instituto Tecnológico de Taxco",
        "EMISOR_CONTACTO": "Servicios Escolares, edificio A, lunes a viernes de 9 a 15 h",
        "EMISOR_DOMICILIO": "Calle Uno 1, Taxco, Guerrero.",
        "INVOCANTE": "ittaxco",
        "LLAVES_DATOS": key("p1"),
        "LLAVES_INDICE": key("i1"),
        "DOCUMENTOS_DIR": str(folder / "documentos"),
        "STATIC_ROOT": str(folder / "estaticos"),
    }


def start(env: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """Run one of the portal's processes, which is expected to end by itself."""
    return subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def on(
    env: dict[str, str], postgres: Postgres, name: str, *, serves: str = RUNTIME
) -> dict[str, str]:
    """Point a set-up to one database of a running server."""
    return env | {
        "DATABASE_URL": postgres.url(serves, name),
        "DATABASE_OWNER_URL": postgres.url(OWNER, name),
    }


def without_owner(env: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if name != "DATABASE_OWNER_URL"}


@contextmanager
def new_base(stack: Pila, folder: Path, name: str) -> Iterator[dict[str, str]]:
    """A production set-up with tables of its own and nothing in them; gone afterwards."""
    assert stack.postgres
    stack.postgres.sql(f"CREATE DATABASE {name} OWNER {OWNER}")
    env = on(complete(folder), stack.postgres, name)
    env |= {"REDIS_URL": stack.env["REDIS_URL"], "STATIC_ROOT": stack.env["STATIC_ROOT"]}
    try:
        run(env, "migrate", "--noinput", "-v0")
        yield env
    finally:
        stack.postgres.sql(f"DROP DATABASE {name} WITH (FORCE)")


def run(env: dict[str, str], *order: str) -> str:
    done = start(env, "python", "manage.py", *order)
    assert done.returncode == 0, done.stderr
    return done.stdout


def load_prefix(env: dict[str, str], folder: Path) -> str:
    (csv := folder / "prefijos.csv").write_text("prefijo\n51\n")
    return run(env, "cargar_prefijos", str(csv), "--aplicar")


class Trabajador:
    """A worker, as long as the block lasts."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env

    def __enter__(self) -> Self:
        command = worker("-l", "warning")
        self.child = subprocess.Popen(
            [str(BIN / command[0]), *command[1:]],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.child.kill()
        self.child.wait(10)

    def answers(self) -> bool:
        assert self.child.poll() is None, "the worker ended by itself"
        ping = ("celery", "-A", "imss_portal", "inspect", "ping", "-t", "2")
        return "pong" in start(self.env, *ping).stdout


def start_web(env: dict[str, str], door: str) -> subprocess.CompletedProcess[str]:
    return start(env, "gunicorn", *GUNICORN, "--bind", door)


def worker(*more: str) -> tuple[str, ...]:
    return ("celery", "-A", "imss_portal", "worker", "-P", "solo", *more)


def beat(folder: Path) -> tuple[str, ...]:
    return ("celery", "-A", "imss_portal", "beat", "-s", str(folder / "agenda"), "-l", "warning")


class Web:
    """The web server on a port of this machine, as long as the block lasts."""

    def __init__(self, env: dict[str, str], port: int) -> None:
        self.env, self.port = env, port

    def __enter__(self) -> Self:
        command = [str(BIN / "gunicorn"), *GUNICORN, "--bind", f"127.0.0.1:{self.port}"]
        self.said = tempfile.TemporaryFile("w+")  # a pipe that nobody reads would hold it back
        self.child = subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdout=self.said, stderr=self.said
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.child.terminate()
        self.child.wait(timeout=40)
        self.said.close()

    def ask(self, path: str, **headers: str) -> http.client.HTTPResponse:
        """Return the answer, as a proxy before the portal would get it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        known = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        connection.request("GET", path, headers=known | headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def answers(self) -> bool:
        self.said.seek(0)
        assert self.child.poll() is None, self.said.read()
        try:
            return self.ask("/salud/lista").status == 200
        except OSError:
            return False
