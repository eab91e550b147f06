"""The operator's CSV of people and numbers: each line becomes a Fila or an Error that names it."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO, TypeVar

from comun.errors import DomainError
from nss.enums import Estatus
from nss.rules.acta import LONGEST_ACTA, OLDEST_ACTA, is_acta_anio, is_acta_numero
from nss.rules.texto import clean_name, is_hidden
from nss.values import Curp, Identidad, Nss

REQUIRED = ("curp", "nombres", "primer_apellido")
OPTIONAL = (
    "segundo_apellido",
    "sexo",
    "fecha_nacimiento",
    "entidad",
    "estatus",
    "acta_anio",
    "acta_numero",
    "curps_anteriores",
    "nss",
    "nss_por_aclarar",
    "fecha_alta",
)
T = TypeVar("T")


class ArchivoInvalido(Exception):
    """The file as a whole cannot be read; the text says why, in Spanish."""


class _Refused(Exception):
    """One cell is wrong; the text says which and why, without the person's data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fila:
    """One person of the file, with the numbers they already have."""

    linea: int
    identidad: Identidad
    nss: Nss | None
    nss_por_aclarar: Nss | None
    fecha_alta: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Falta:
    """Why a line was refused."""

    linea: int
    motivo: str


def read_padron(path: Path, *, today: date) -> Iterator[Fila | Falta]:
    """Yield one Fila or Falta per line of data.

    Raises
        ArchivoInvalido: not UTF-8, no header, columns missing or unknown.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            yield from _read(text, today)
    except UnicodeDecodeError as exc:
        raise ArchivoInvalido(f"El archivo no está en UTF-8 (byte {exc.start}).") from None
    except csv.Error as exc:
        raise ArchivoInvalido(f"El archivo no se puede leer como CSV: {exc}.") from None


def _read(text: TextIO, today: date) -> Iterator[Fila | Falta]:
    header = text.readline()
    delimiter = max(",;\t|", key=header.count)
    columns = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
    _check_header(columns)
    seen: dict[str, int] = {}
    reader = csv.reader(text, delimiter=delimiter)
    for cells in reader:
        linea = reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        try:
            if len(cells) != len(columns):
                raise _Refused(f"tiene {len(cells)} columnas y el encabezado {len(columns)}")
            fila = _fila(linea, dict(zip(columns, cells, strict=True)), today)
            if (before := seen.setdefault(fila.identidad.curp, linea)) != linea:
                raise _Refused(f"la CURP ya está en la línea {before}")
        except _Refused as exc:
            yield Falta(linea=linea, motivo=str(exc))
        else:
            yield fila


def _check_header(columns: list[str]) -> None:
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise ArchivoInvalido(f"Faltan columnas en el encabezado: {', '.join(missing)}.")
    unknown = [name for name in columns if name not in REQUIRED + OPTIONAL]
    if unknown:
        raise ArchivoInvalido(
            f"Columnas desconocidas: {', '.join(unknown)}. Se admiten: {', '.join(REQUIRED + OPTIONAL)}."
        )
    if len(set(columns)) != len(columns):
        raise ArchivoInvalido("El encabezado repite una columna.")


def _fila(linea: int, cells: dict[str, str], today: date) -> Fila:
    for name, value in cells.items():
        if hidden := next(filter(is_hidden, value.strip()), ""):
            raise _Refused(f"{name}: tiene un carácter invisible (U+{ord(hidden):04X})")
    cell = {name: cells.get(name, "").strip() for name in REQUIRED + OPTIONAL}
    alta = _parsed("fecha_alta", cell["fecha_alta"], _day) if cell["fecha_alta"] else today
    if alta > today:
        raise _Refused("fecha_alta: todavía no llega")
    return Fila(
        linea=linea,
        identidad=_identidad(cell, today),
        nss=_parsed("nss", cell["nss"], Nss) if cell["nss"] else None,
        nss_por_aclarar=(
            _parsed("nss_por_aclarar", cell["nss_por_aclarar"], Nss)
            if cell["nss_por_aclarar"]
            else None
        ),
        fecha_alta=alta,
    )


def _identidad(cell: dict[str, str], today: date) -> Identidad:
    def key(text: str) -> Curp:
        return Curp(text, today=today)

    curp = _parsed("curp", cell["curp"], key)
    birth = cell["fecha_nacimiento"]
    for name, value, inside in (
        ("sexo", cell["sexo"].upper(), curp.sexo),
        ("entidad", cell["entidad"].upper(), curp.entidad),
        (
            "fecha_nacimiento",
            birth and _parsed("fecha_nacimiento", birth, _day),
            curp.fecha_nacimiento,
        ),
    ):
        if value and value != inside:
            raise _Refused(f"{name}: no es lo que dice la CURP")
    return Identidad(
        curp=curp,
        estatus=_parsed("estatus", cell["estatus"].upper() or Estatus.AN.value, Estatus),
        nombres=_parsed("nombres", cell["nombres"], clean_name),
        primer_apellido=_parsed("primer_apellido", cell["primer_apellido"], clean_name),
        segundo_apellido=(
            _parsed("segundo_apellido", cell["segundo_apellido"], clean_name)
            if cell["segundo_apellido"]
            else ""
        ),
        sexo=curp.sexo,
        fecha_nacimiento=curp.fecha_nacimiento,
        entidad=curp.entidad,
        acta_anio=_acta_anio(cell["acta_anio"], today) if cell["acta_anio"] else None,
        acta_numero=_acta_numero(cell["acta_numero"]) if cell["acta_numero"] else None,
        curps_anteriores=tuple(
            _parsed("curps_anteriores", text, key) for text in cell["curps_anteriores"].split()
        ),
    )


def _parsed(name: str, text: str, parse: Callable[[str], T]) -> T:
    """Return what `parse` makes of a cell, or refuse the cell in Spanish."""
    try:
        return parse(text)
    except DomainError as exc:
        raise _Refused(f"{name}: {exc.message}") from None
    except ValueError:
        raise _Refused(f"{name}: «{text}» no es un valor admitido") from None


def _day(text: str) -> date:
    """AAAA-MM-DD, or DD/MM/AAAA as people write it."""
    if "/" in text:
        day, month, year = text.split("/")
        return date(int(year), int(month), int(day))
    return date.fromisoformat(text)


def _acta_anio(text: str, today: date) -> int:
    if not (text.isascii() and text.isdigit() and is_acta_anio(int(text), latest=today.year)):
        raise _Refused(f"acta_anio: debe ser un año entre {OLDEST_ACTA} y {today.year}")
    return int(text)


def _acta_numero(text: str) -> str:
    if not is_acta_numero(text):
        raise _Refused(f"acta_numero: solo letras, números y guiones, hasta {LONGEST_ACTA}")
    return text.upper()
