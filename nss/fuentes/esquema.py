"""What an answer of the source may be: every field checked, nothing guessed, nothing left over.

The contract is docs/fuente-de-identidad.md. An answer that is not exactly that says nothing about
anybody: it is refused whole, and nobody gets a number on it.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NoReturn, TypeVar

from comun.errors import DomainError
from nss.enums import Estatus
from nss.errors import RespuestaDudosa
from nss.rules.acta import is_acta_anio, is_acta_numero
from nss.rules.texto import clean_name
from nss.values import Curp, Identidad

VERSION = 1
OLD_KEYS_MOST = 10
ENVELOPE = ("version", "curp_consultada", "encontrada", "persona")
PERSONA = (
    "curp",
    "estatus",
    "nombres",
    "primer_apellido",
    "segundo_apellido",
    "sexo",
    "fecha_nacimiento",
    "entidad",
    "acta_anio",
    "acta_numero",
    "curps_anteriores",
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
T = TypeVar("T")


def read_answer(body: bytes, *, asked: Curp, today: date) -> Identidad | None:
    """Return the person the source says `asked` belongs to, or None if it knows no such key.

    A person whose key is another one is believed only when their status says that their key
    changed (RCC) and `asked` is among their older ones.

    Raises
        RespuestaDudosa: anything else; its code names the field.
    """
    answer = _fields("respuesta", _load(body), ENVELOPE)
    if type(answer["version"]) is not int or answer["version"] != VERSION:
        raise RespuestaDudosa("version")
    if answer["curp_consultada"] != str(asked):
        raise RespuestaDudosa("eco")
    if type(answer["encontrada"]) is not bool:
        raise RespuestaDudosa("encontrada")
    if not answer["encontrada"]:
        if answer["persona"] is not None:
            raise RespuestaDudosa("persona")
        return None
    found = _persona(_fields("persona", answer["persona"], PERSONA), today)
    _check_whose(found, asked)
    return found


def _check_whose(found: Identidad, asked: Curp) -> None:
    if found.curp == asked:
        return
    if found.estatus != Estatus.RCC or asked not in found.curps_anteriores:
        raise RespuestaDudosa("otra persona")


def _load(body: bytes) -> object:
    try:
        return json.loads(body.decode(), object_pairs_hook=_once, parse_constant=_never)
    except (ValueError, RecursionError):
        raise RespuestaDudosa("json") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise RespuestaDudosa("json: nombre repetido")
    return fields


def _never(constant: str) -> NoReturn:
    raise ValueError(constant)


def _fields(name: str, value: object, expected: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != set(expected):
        raise RespuestaDudosa(name)
    return value


def _persona(told: Mapping[str, Any], today: date) -> Identidad:
    curp = _parsed("curp", told, lambda text: _exact_curp(text, today))
    found = Identidad(
        curp=curp,
        estatus=_parsed("estatus", told, Estatus),
        nombres=_parsed("nombres", told, clean_name),
        primer_apellido=_parsed("primer_apellido", told, clean_name),
        segundo_apellido=_parsed(
            "segundo_apellido", told, lambda text: clean_name(text) if text else ""
        ),
        sexo=_parsed("sexo", told, str),
        fecha_nacimiento=_parsed("fecha_nacimiento", told, _day),
        entidad=_parsed("entidad", told, str),
        acta_anio=_acta_anio(told["acta_anio"], today),
        acta_numero=_acta_numero(told["acta_numero"]),
        curps_anteriores=_old_keys(told["curps_anteriores"], curp, today),
    )
    for name in ("sexo", "fecha_nacimiento", "entidad"):
        if getattr(found, name) != getattr(curp, name):
            raise RespuestaDudosa(name)
    return found


def _parsed(name: str, told: Mapping[str, Any], parse: Callable[[str], T]) -> T:
    text = told[name]
    if not isinstance(text, str):
        raise RespuestaDudosa(name)
    try:
        return parse(text)
    except (DomainError, ValueError):
        raise RespuestaDudosa(name) from None


def _exact_curp(text: str, today: date) -> Curp:
    curp = Curp(text, today=today)
    if curp != text:
        raise ValueError("written otherwise")
    return curp


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError("no day")
    return date.fromisoformat(text)


def _acta_anio(value: object, today: date) -> int | None:
    if value is None:
        return None
    if type(value) is not int or not is_acta_anio(value, latest=today.year):
        raise RespuestaDudosa("acta_anio")
    return value


def _acta_numero(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not is_acta_numero(value):
        raise RespuestaDudosa("acta_numero")
    return value.upper()


def _old_keys(value: object, curp: Curp, today: date) -> tuple[Curp, ...]:
    if not isinstance(value, list) or len(value) > OLD_KEYS_MOST:
        raise RespuestaDudosa("curps_anteriores")
    keys = tuple(
        _parsed(
            "curps_anteriores", {"curps_anteriores": key}, lambda text: _exact_curp(text, today)
        )
        for key in value
    )
    if len({curp, *keys}) != len(keys) + 1:
        raise RespuestaDudosa("curps_anteriores")
    return keys
