"""Reads the PDF of a stranger in a process of its own that may not take long nor grow.

A PDF is a program for the one who reads it: a kilobyte may ask for gigabytes.
The reader is a fork (a few milliseconds, no second start of Python) with limits
of the kernel; whatever happens to it, the parent only sees that it said nothing.
"""

import contextlib
import faulthandler
import gc
import importlib
import io
import json
import logging
import os
import resource
import select
import signal
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, NoReturn

from constancias import firma
from constancias.errors import PdfUnreadable

LARGEST = 2 * 1024 * 1024  # bytes of a PDF; ours have 50 thousand
PAGES = 20  # ours have two
CPU, WALL = 5, 12  # s
MEMORY = 512 * 1024 * 1024  # bytes above what the process has already
TEXT = 200_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Lectura:
    """What a PDF says: its only signature, if it has exactly one, and its text."""

    firmada: bool  # by who it says, chained to an authority of ours, and whole
    entera: bool  # the signature covers the last byte
    serie: str  # of the certificate; "" without a signature that can be read
    texto: str


def read(pdf: bytes, *, autoridades: list[str], con_texto: bool = True) -> Lectura:
    """Return what `pdf` says; `autoridades` are PEM certificates to believe.

    Raises
        PdfUnreadable: no PDF, too large, too many pages, or reading it took too much.
    """
    if len(pdf) > LARGEST or not pdf:
        raise PdfUnreadable
    _load()

    def answer() -> dict[str, Any]:
        return asdict(_read(pdf, autoridades, con_texto))

    said = _apart(answer)
    if said is None:
        raise PdfUnreadable
    return Lectura(**said)


def _load() -> None:
    """Import in the parent what the child needs: there it would be paid for each time."""
    for heavy in ("pypdf", "pyhanko.pdf_utils.reader", "pyhanko.sign.validation"):
        importlib.import_module(heavy)


def _read(pdf: bytes, autoridades: list[str], con_texto: bool) -> Lectura:
    import pypdf  # noqa: PLC0415

    signature, broken, text = None, False, ""
    try:
        signature = firma.read(pdf, autoridades=autoridades)
    except PdfUnreadable:  # something added at its end breaks its index, not its words
        broken = True
    if con_texto:
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        if len(pages) > PAGES:
            raise PdfUnreadable
        with contextlib.suppress(Exception):  # a broken page has no text; its signature tells
            for page in pages:
                text += page.extract_text() + "\n"
    if broken and not text.strip():
        raise PdfUnreadable
    return Lectura(
        firmada=signature is not None and signature.valida,
        entera=signature is not None and signature.entera,
        serie=signature.serie if signature else "",
        texto=text[:TEXT],
    )


def _apart(answer: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
    """Run `answer` in a limited fork; return what it returned, or None if it did not get there."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(answer, writing)
    os.close(writing)
    try:
        said = _listen(reading)
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    try:
        whole: dict[str, Any] = json.loads(said)
    except ValueError:
        return None
    return whole


def _live(answer: Callable[[], dict[str, Any]], writing: int) -> NoReturn:
    """Be the child: nothing of the parent's (connections, exit handlers) is touched or closed."""
    code = 1
    try:
        for quiet in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
            signal.signal(quiet, signal.SIG_DFL)
        logging.disable(logging.CRITICAL)
        faulthandler.disable()
        gc.disable()  # it would copy every page it looks at
        _limit(resource.RLIMIT_CPU, CPU)
        _limit(resource.RLIMIT_AS, _size() + MEMORY)
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_FSIZE, 0)
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            json.dump(answer(), pipe)
        code = 0
    finally:
        os._exit(code)


def _limit(kind: int, most: int) -> None:
    _, ceiling = resource.getrlimit(kind)
    if ceiling != resource.RLIM_INFINITY:
        most = min(most, ceiling)
    resource.setrlimit(kind, (most, most))


def _size() -> int:
    """Return the bytes of address space this process has now."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - a fork opens little
        return int(file.read().split()[0]) * resource.getpagesize()


def _listen(reading: int) -> bytes:
    """Return what comes out of the pipe until it closes, for WALL seconds and no more than fits."""
    said, ends = bytearray(), time.monotonic() + WALL
    while (left := ends - time.monotonic()) > 0 and len(said) < TEXT * 8:
        ready, _, _ = select.select([reading], [], [], left)
        if not ready:
            break
        if not (more := os.read(reading, 65536)):
            break
        said += more
    return bytes(said)
