"""A set-up of production that lacks nothing, and the processes that start on it."""

import base64
import http.client
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
HOST = "nss.tec-taxco.edu.mx"
GUNICORN = ("imss_portal.wsgi", "--workers", "1", "--no-control-socket", "--worker-tmp-dir", "/tmp")


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
        self.child = subprocess.Popen(
            command, cwd=ROOT, env=self.env, text=True, stderr=subprocess.PIPE
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.child.terminate()
        self.child.communicate(timeout=20)

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
        assert self.child.poll() is None, self.child.communicate()[1]
        try:
            return self.ask("/salud/lista").status == 200
        except OSError:
            return False
