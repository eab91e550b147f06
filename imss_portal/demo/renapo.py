"""A population registry to practise with: it speaks docs/fuente-de-identidad.md, and fails on demand.

Bytes are written by hand on the socket: most faults are of the line and not of the words.
"""

import json
import random
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from nss.enums import Estatus
from nss.fuentes.esquema import VERSION
from nss.values import Curp, Identidad

LookUp = Callable[[Curp], Identidad | None]
LATEST = 20  # s that a hanging or dripping connection is held
SLOW, DRIP = 1.0, 0.2  # s
HUGE = 5_000_000  # bytes
BUENA = "ninguna"
STRANGER = Curp("HEGG560427MVZRRL04")  # a published example, of nobody


class Simulador:
    """Serves at `url` in threads of this process; `falla` is "ninguna" or a name of FALLAS."""

    def __init__(
        self,
        look_up: LookUp,
        *,
        puerto: int = 0,
        falla: str = BUENA,
        tls: ssl.SSLContext | None = None,
        semilla: int = 1,
    ) -> None:
        self.look_up, self.falla, self.tls = look_up, falla, tls
        self.pedidos = 0
        self.credenciales: list[str] = []
        self.azar = random.Random(semilla)
        self._door = socket.create_server(("127.0.0.1", puerto), backlog=128)
        self.puerto = int(self._door.getsockname()[1])
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.puerto}/identidad"
        threading.Thread(target=self._serve, daemon=True).start()

    def stop(self) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            threading.Thread(target=self._attend, args=(line,), daemon=True).start()

    def _attend(self, line: socket.socket) -> None:
        with suppress(OSError, ValueError):
            line.settimeout(LATEST)
            if self.tls:
                line = self.tls.wrap_socket(line, server_side=True)
            path, headers, body = read_request(line)
            if path == "/falla":  # how another process changes what is wrong
                self.falla = body.decode() if body.decode() in FALLAS else BUENA
                line.sendall(http(b"{}"))
            else:
                self.pedidos += 1
                self.credenciales.append(headers.get("authorization", ""))
                asked = Curp(json.loads(body)["curp"])
                FALLAS[self.falla](self, line, asked)
        with suppress(OSError):
            line.close()

    def answer(self, asked: Curp, **changes: Any) -> dict[str, Any]:
        """Return the envelope of an honest answer; `changes` are of the persona."""
        found = self.look_up(asked)
        persona = found.as_json() | changes if found else None
        return {
            "version": VERSION,
            "curp_consultada": str(asked),
            "encontrada": found is not None,
            "persona": persona,
        }


def read_request(line: socket.socket) -> tuple[str, dict[str, str], bytes]:
    """Return path, headers by lower-case name, and body of one HTTP/1.1 request."""
    text = line.makefile("rb")
    path = text.readline().split()[1].decode()
    headers: dict[str, str] = {}
    while head := text.readline().strip():
        name, _, value = head.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    return path, headers, text.read(int(headers.get("content-length", "0")))


def http(
    body: bytes, *, status: str = "200 OK", kind: str = "application/json", extra: str = ""
) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}{extra}Connection: close\r\n\r\n".encode() + body


def as_json(answer: object) -> bytes:
    return json.dumps(answer, ensure_ascii=False).encode()


Falla = Callable[[Simulador, socket.socket, Curp], None]


# --- of the line -------------------------------------------------------------------------


def _slow(one: Simulador, line: socket.socket, asked: Curp) -> None:
    time.sleep(SLOW)
    _honest(one, line, asked)


def _drip(one: Simulador, line: socket.socket, asked: Curp) -> None:
    _drop_by_drop(line, http(as_json(one.answer(asked))).partition(b"\r\n\r\n"))


def _drip_head(one: Simulador, line: socket.socket, asked: Curp) -> None:
    _drop_by_drop(line, (b"", b"", http(as_json(one.answer(asked)))))


def _drop_by_drop(line: socket.socket, parts: tuple[bytes, bytes, bytes]) -> None:
    line.sendall(parts[0] + parts[1])
    end = time.monotonic() + LATEST
    for byte in parts[2]:
        line.sendall(bytes([byte]))
        time.sleep(DRIP)
        if time.monotonic() > end:
            return


def _hang(one: Simulador, line: socket.socket, asked: Curp) -> None:
    line.recv(1)  # until the other side leaves, or LATEST


def _close(one: Simulador, line: socket.socket, asked: Curp) -> None:
    return


def _reset(one: Simulador, line: socket.socket, asked: Curp) -> None:
    whole = http(as_json(one.answer(asked)))
    line.sendall(whole[: len(whole) // 2])
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _cut(one: Simulador, line: socket.socket, asked: Curp) -> None:
    line.sendall(http(as_json(one.answer(asked)))[:-40])


def _huge(one: Simulador, line: socket.socket, asked: Curp) -> None:
    line.sendall(http(as_json(one.answer(asked)) + b" " * HUGE))


# --- of the envelope ---------------------------------------------------------------------


def _honest(one: Simulador, line: socket.socket, asked: Curp) -> None:
    line.sendall(http(as_json(one.answer(asked))))


def _status(status: str, extra: str = "") -> Falla:
    def fault(one: Simulador, line: socket.socket, asked: Curp) -> None:
        line.sendall(http(as_json(one.answer(asked)), status=status, extra=extra))

    return fault


def _redirect(one: Simulador, line: socket.socket, asked: Curp) -> None:
    extra = f"Location: {one.url}\r\n"
    line.sendall(http(b"", status="307 Temporary Redirect", extra=extra))


def _kind(one: Simulador, line: socket.socket, asked: Curp) -> None:
    line.sendall(http(as_json(one.answer(asked)), kind="text/html"))


def _garbage(one: Simulador, line: socket.socket, asked: Curp) -> None:
    line.sendall(http(one.azar.randbytes(300)))


def _half(one: Simulador, line: socket.socket, asked: Curp) -> None:
    whole = as_json(one.answer(asked))
    line.sendall(http(whole[: len(whole) // 2]))


def _list(one: Simulador, line: socket.socket, asked: Curp) -> None:
    line.sendall(http(as_json([one.answer(asked)])))


def _deep(one: Simulador, line: socket.socket, asked: Curp) -> None:
    line.sendall(http(b"[" * 30_000 + b"]" * 30_000))


def _echo(one: Simulador, line: socket.socket, asked: Curp) -> None:
    line.sendall(http(as_json(one.answer(asked) | {"curp_consultada": str(STRANGER)})))


def _silent_404(one: Simulador, line: socket.socket, asked: Curp) -> None:
    line.sendall(http(as_json({"encontrada": False}), status="404 Not Found"))


# --- of the person -----------------------------------------------------------------------


def _somebody_else(one: Simulador, line: socket.socket, asked: Curp) -> None:
    """All of the answer is another person's, but for the echo."""
    found = one.look_up(asked)
    if found:
        found = replace(found, curp=STRANGER, sexo="M", entidad="VZ")
        found = replace(found, fecha_nacimiento=STRANGER.fecha_nacimiento)
    answer = one.answer(asked) | {"persona": found.as_json() if found else None}
    line.sendall(http(as_json(answer)))


def _person(**changes: Any) -> Falla:
    """The person of the answer with these fields; `...` takes a field away."""

    def fault(one: Simulador, line: socket.socket, asked: Curp) -> None:
        answer = one.answer(asked)
        if answer["persona"]:
            answer["persona"] |= changes
            for name in [name for name, value in changes.items() if value is ...]:
                del answer["persona"][name]
        line.sendall(http(as_json(answer)))

    return fault


FALLAS: MappingProxyType[str, Falla] = MappingProxyType(
    {
        BUENA: _honest,
        "lenta": _slow,
        "goteo": _drip,
        "goteo_encabezado": _drip_head,
        "cuelga": _hang,
        "cierra": _close,
        "corta": _reset,
        "a_medias": _cut,
        "enorme": _huge,
        "e500": _status("500 Internal Server Error"),
        "e503": _status("503 Service Unavailable", "Retry-After: 60\r\n"),
        "e429": _status("429 Too Many Requests"),
        "e404": _silent_404,
        "redirige": _redirect,
        "tipo": _kind,
        "comprimida": _status("200 OK", "Content-Encoding: gzip\r\n"),
        "basura": _garbage,
        "medio_json": _half,
        "lista": _list,
        "honda": _deep,
        "otro_eco": _echo,
        "otra_persona": _somebody_else,
        "falta_campo": _person(nombres=...),
        "campo_de_mas": _person(telefono="7620000000"),
        "fecha_mala": _person(fecha_nacimiento="2007-02-30"),
        "otra_fecha": _person(fecha_nacimiento="1950-01-01"),
        "control": _person(nombres="ANA\u0007"),
        "bidi": _person(primer_apellido="LOPEZ\u202e"),
        "numero_por_texto": _person(nombres=7),
        "nombre_largo": _person(nombres="A" * 500),
        "estatus_desconocido": _person(estatus="ZZZ"),
        "estatus_vacio": _person(estatus=""),
        **{f"estatus_{estatus.value}": _person(estatus=estatus.value) for estatus in Estatus},
    }
)
# Those after which an honest client still has an answer.
BORNE = frozenset({BUENA, "lenta", *(f"estatus_{estatus.value}" for estatus in Estatus)})
BAD = tuple(name for name in FALLAS if name not in BORNE)
