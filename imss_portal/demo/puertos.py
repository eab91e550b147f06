"""Loopback ports: found free, and handed over open so that nobody takes them in between."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

LOOPBACK = "127.0.0.1"
TRIED = 50


class PuertoOcupado(RuntimeError):
    """The port that was asked for belongs to somebody else."""


def asked_port(port: int) -> int:
    """Return `port` if nobody holds it.

    Raises
        PuertoOcupado: somebody does.
    """
    with listening(port):
        return port


def free_port(first: int) -> int:
    """Return the first port from `first` up that nobody holds; any free one past TRIED of them."""
    for port in (*range(first, first + TRIED), 0):
        try:
            with listening(port) as door:
                found: int = door.getsockname()[1]
                return found
        except PuertoOcupado:
            continue
    raise PuertoOcupado("No hay ningún puerto libre")


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """Lend a listening socket; its copy in a child outlives ours."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((LOOPBACK, port))
        door.listen(128)
    except OSError as exc:
        door.close()
        raise PuertoOcupado(f"El puerto {port} está ocupado: elige otro con PUERTO=") from exc
    try:
        yield door
    finally:
        door.close()
