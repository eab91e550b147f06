"""Sends Paso 1 and times the answer: one connection, one write, no delayed ACK in between."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from captcha.models import CaptchaStore
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection

from comun import reloj
from imss_portal.demo.puertos import free_port
from tests.conftest import PORTS
from tests.tramites.escena import PASO1
from tests.tramites.seis import Caso
from tests.tramites.visita import Visita

ROOT = Path(__file__).resolve().parents[3]
READ = "ABDEF"  # what every image of this test shows


@dataclass(slots=True)
class Visto:
    """What one CURP's answers looked like from outside."""

    caso: Caso
    respuestas: set[bytes] = field(default_factory=set)  # without what is chance
    segundos: list[float] = field(default_factory=list)


@contextmanager
def serving(folder: Path, slow: Sequence[str]) -> Iterator[int]:
    """Run gunicorn on the test's own database; the CURPs in `slow` take 2 ms more. Yield the port."""
    listed, port = folder / f"lentas-{secrets.token_hex(3)}", free_port(PORTS)
    listed.write_text("\n".join(slow))
    base = connection.settings_dict
    owner = os.environ["DATABASE_OWNER_URL"]
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "imss_portal.settings",
        "DATABASE_OWNER_URL": owner.replace("/portal?", f"/{base['NAME']}?"),
        "DATABASE_URL": os.environ["DATABASE_URL"].replace("/portal?", f"/{base['NAME']}?"),
        "URL_PORTAL": f"http://127.0.0.1:{port}",
        "REENVIO_SEGUNDOS": "100000",  # the later tries are the same submit: one mail each
        "LIMITE_MINUTO": "10000000",
        "LIMITE_HORA": "10000000",
        "DEMORA_DE": str(listed),
        "DEMORA_MS": "2",
    }
    command = [sys.executable, "-m", "gunicorn", "tests.larga.enumeracion.demora:application()"]
    command += [
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "1",
        "--threads",
        "2",
        "--keep-alive",
        "60",
    ]
    command += ["--worker-class", "gthread", "--no-control-socket", "--log-level", "error"]
    with (folder / "gunicorn.log").open("ab") as log:
        process = subprocess.Popen([*command], cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        _await(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _await(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("gunicorn did not start")


def visits(count: int) -> list[tuple[str, str]]:
    """Make `count` browsers that have the form before them; return (session, image) of each."""
    pairs, until = [(secrets.token_hex(16), secrets.token_hex(20)) for _ in range(count)], None
    until = reloj.now() + timedelta(hours=3)
    store = SessionStore()
    CaptchaStore.objects.bulk_create(
        CaptchaStore(challenge=READ, response=READ, hashkey=key, expiration=until)
        for _, key in pairs
    )
    Session.objects.bulk_create(
        (
            Session(
                session_key=sid, session_data=store.encode({"captchas": [key]}), expire_date=until
            )
            for sid, key in pairs
        ),
        batch_size=2000,
    )
    return pairs


class Conexion:
    """One kept-alive connection; what is sent goes in one segment."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.hidden: Mapping[str, str] = Visita().get(PASO1).form("form-captura")
        self.token = secrets.token_hex(16)
        self.socket = self._open()

    def _open(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), 30)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def enter(self, caso: Caso, visit: tuple[str, str]) -> tuple[float, bytes]:
        """Send Paso 1; return the seconds until the whole answer, and the answer."""
        session, key = visit
        fields = {
            **self.hidden,
            "csrfmiddlewaretoken": self.token,
            "accion": "continuar",
            "curp": str(caso.quien.curp),
            "correo": caso.correo,
            "correo_otra_vez": caso.correo,
            "captcha": READ,
            "captcha_llave": key,
        }
        body = urlencode(fields).encode()
        cookies = (
            f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={self.token}"
        )
        head = (
            f"POST {PASO1} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookies}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        begun = time.perf_counter()
        self.socket.sendall(head.encode() + body)
        answer = self._answer()
        return time.perf_counter() - begun, answer

    def _answer(self) -> bytes:
        got = b""
        while b"\r\n\r\n" not in got:
            part = self.socket.recv(65536)
            if not part:
                raise ConnectionError("closed")
            got += part
        return got
