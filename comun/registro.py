"""The log: one JSON line per fact, made of what is known to name nobody.

Nothing passes because it looks harmless; it passes because it is listed. A
message is shown if it is a literal of the code that logged it, never if it was
put together on the way (an f-string may hold a name). What fills its gaps is
shown if it is a number, a UUID, a class or a word of ours. An exception leaves
its type and the lines it came through: its message may quote a person.
Pure Python: gunicorn reads it before Django is there.
"""

import json
import logging
import re
import secrets
import sys
import traceback
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from types import FrameType
from typing import Any
from uuid import UUID

# One request, and all the steps that it set going.
referencia: ContextVar[str] = ContextVar("referencia", default="")


def new_reference() -> str:
    return secrets.token_hex(4).upper()


HIDDEN = "…"
LEFT_OUT = "(texto omitido)"
FRAMES = 6  # innermost lines of an exception that are told
CAUSES = 3  # exceptions behind it that are named
DEEPEST = 15  # callers among whose literals a message is looked for
LARGEST = 10**9  # a longer number may be somebody's NSS
# Words of ours: a code, a step, lines of code; a folio or a serial number; a class; a reply of SMTP.
WORD = re.compile(
    r"[a-z][a-z0-9_.:-]{0,59}|[a-z_]+:\d+( > \w+:\d+)*|\d{23}|\d{20}"
    r"|([A-Z][a-z0-9]+){2,}|SMTP \d{3}"
)


def safe(value: object) -> object:
    """Return `value` if it is of a kind that names nobody, or what is left of it."""
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool | float | UUID):
        return value if not isinstance(value, UUID) else str(value)
    if isinstance(value, int):
        return value if abs(value) < LARGEST else HIDDEN
    if isinstance(value, BaseException):
        return type(value).__name__
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, Mapping):
        return {key: safe(one) for key, one in value.items() if isinstance(key, str)}
    return value if isinstance(value, str) and is_word(value) else HIDDEN


def is_word(text: str) -> bool:
    """Say if `text` is written as the code's words are: no person is kept in small letters.

    >>> [is_word(text) for text in ("folio_repetido", "outbox:72 > alta:9", "IntegrityError")]
    [True, True, True]
    >>> [is_word(text) for text in ("92919084431", "ana@example.org", "LÓPEZ", "Calle 5")]
    [False, False, False, False]
    """
    return bool(WORD.fullmatch(text))


def where(exc: BaseException) -> str:
    """Return the lines an exception came through, without its message: it may quote a person."""
    frames = traceback.extract_tb(exc.__traceback__)
    return " > ".join(f"{Path(f.filename).stem}:{f.lineno}" for f in frames[-FRAMES:])


def names_of(exc: BaseException) -> str:
    """Return the exception's type and those of its causes.

    >>> names_of(KeyError("ana@example.org"))
    'KeyError'
    """
    names: list[str] = []
    one: BaseException | None = exc
    while one is not None and len(names) <= CAUSES:
        names.append(type(one).__name__)
        one = one.__cause__ or one.__context__
    return " < ".join(names)


def said(record: logging.LogRecord) -> str:
    """Return the message, with only what may be shown in its gaps."""
    if not isinstance(record.msg, str) or not _is_literal(record.msg):
        return LEFT_OUT
    args: Any = record.args
    if not args:
        return record.msg
    try:
        return record.msg % (safe(args) if isinstance(args, Mapping) else tuple(map(safe, args)))
    except (TypeError, ValueError, KeyError):  # a gap for a number that was hidden
        return record.msg


def _is_literal(text: str) -> bool:
    """Say if `text` stands in the code of somebody who is logging right now."""
    frame: FrameType | None = sys._getframe(1)
    for _ in range(DEEPEST):
        if frame is None:
            return False
        if frame.f_globals.get("__name__") != __name__ and _holds(frame, text):
            return True
        frame = frame.f_back
    return False


def _holds(frame: FrameType, text: str) -> bool:
    of_module = frame.f_globals.values()
    return text in frame.f_code.co_consts or any(one is text for one in of_module)


# Fields that a caller may add (`extra=`), each with what makes it presentable.
FIELDS: dict[str, Callable[[Any], object]] = {
    "metodo": str,  # one of HTTP's
    "ruta": str,  # the pattern of the address, as it stands in the code
    "estado": safe,
    "ms": safe,
    "paso": safe,
    "objeto": safe,
    "codigo": safe,
    "n": safe,
    "cabeza": str,  # digest of the audit chain
}


class Lineas(logging.Formatter):
    """One JSON object per record, keys in Spanish as operators read them."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "hora": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "nivel": record.levelname,
            "origen": record.name,
            "dice": said(record),
        }
        if reference := referencia.get():
            line["referencia"] = reference
        for name, presentable in FIELDS.items():
            if name in record.__dict__:
                line[name] = presentable(record.__dict__[name])
        exc = record.exc_info[1] if record.exc_info else None
        if exc is not None:
            line["excepcion"], line["donde"] = names_of(exc), where(exc)
        elif line["dice"] == LEFT_OUT:
            line["donde"] = f"{Path(record.pathname).stem}:{record.lineno}"
        return json.dumps(line, ensure_ascii=False)
