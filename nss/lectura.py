"""The operator's CSV of people and numbers: each line becomes a Fila or an Error that names it."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from comun.errors import DomainError
from nss.enums import Estatus
from nss.errors import MalformedNombre
from nss.rules.curp import ENTIDADES, SEXES
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
OLDEST_ACTA, LONGEST_ACTA = 1860, 20


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
            if before := seen.setdefault(fila.identidad.curp, linea):
                if before != linea:
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
    return Fila(
        linea=linea,
        identidad=_identidad(cell, today),
        nss=_optional(cell, "nss", Nss),
        nss_por_aclarar=_optional(cell, "nss_por_aclarar", Nss),
        fecha_alta=_optional(cell, "fecha_alta", _day) or today,
    )


def _identidad(cell: dict[str, str], today: date) -> Identidad:
    curp = _said("curp", lambda: Curp(cell["curp"], today=today))
    return Identidad(
        curp=curp,
        estatus=_one_of(cell, "estatus", [e.value for e in Estatus], Estatus.AN.value, Estatus),
        nombres=_name(cell, "nombres", required=True),
        primer_apellido=_name(cell, "primer_apellido", required=True),
        segundo_apellido=_name(cell, "segundo_apellido", required=False),
        sexo=_as_in_curp("sexo", cell["sexo"].upper(), curp.sexo, SEXES),
        fecha_nacimiento=_birth(cell, curp),
        entidad=_as_in_curp("entidad", cell["entidad"].upper(), curp.entidad, ENTIDADES),
        acta_anio=_acta_anio(cell["acta_anio"], today),
        acta_numero=_acta_numero(cell["acta_numero"]),
        curps_anteriores=tuple(
            _said("curps_anteriores", lambda text=text: Curp(text, today=today))
            for text in cell["curps_anteriores"].split()
        ),
    )
