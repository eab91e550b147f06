"""Rows of a table, csv or xlsx, found by the names of its headers and never by position."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from catalogos.errors import CatalogoInvalido
from catalogos.lectura.archivos import (
    MAX_TOTAL_XLSX,
    check_zip,
    file_hash,
    read_text,
    require_file,
)
from catalogos.rules import normalise

HEADER_WITHIN = 10  # lines: titles and notices may stand above the header
MAX_ROWS = 250_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")

Line = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Columna:
    """A column we read, by any of its headers (compared without case or accents)."""

    headers: tuple[str, ...]
    required: bool = True


Columnas = Mapping[str, Columna]


@dataclass(frozen=True, slots=True)
class Fila:
    linea: int
    valores: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """Return the text of a column; "" if it is empty or the table has no such column."""
        return self.valores.get(name, "")


@dataclass(frozen=True, slots=True)
class Tabla:
    nombre: str
    hash: str
    columnas: frozenset[str]
    filas: Iterable[Fila]


def read_table(path: Path, columnas: Columnas) -> Tabla:
    """Return the rows of the first sheet (or of the csv) that has the required headers.

    Raises
        CatalogoInvalido: unreadable, too big, or no sheet with those headers.
    """
    require_file(path)
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        nombre, digest, sheets = path.name, file_hash(path), _sheets(path)
    else:
        text = read_text(path)
        nombre, digest, sheets = text.nombre, text.hash, iter([_csv_lines(text.contenido)])
    missing: list[str] = []
    for lines in sheets:
        head = list(islice(lines, HEADER_WITHIN))
        for at, (_, cells) in enumerate(head):
            places = _places(cells, columnas)
            lacks = [c.headers[0] for n, c in columnas.items() if c.required and n not in places]
            if not lacks:
                rest = chain(head[at + 1 :], lines)
                return Tabla(nombre, digest, frozenset(places), _filas(rest, places))
            if not missing or len(lacks) < len(missing):
                missing = lacks
    raise CatalogoInvalido(f"{nombre}: faltan las columnas {', '.join(missing)}")


def _places(cells: list[str], columnas: Columnas) -> dict[str, int]:
    at = {normalise(cell): index for index, cell in reversed(list(enumerate(cells)))}
    return {
        name: at[normalise(header)]
        for name, columna in columnas.items()
        for header in reversed(columna.headers)
        if normalise(header) in at
    }


def _filas(lines: Iterable[Line], places: Mapping[str, int]) -> Iterator[Fila]:
    for count, (linea, cells) in enumerate(lines):
        if count >= MAX_ROWS:
            raise CatalogoInvalido(f"La tabla pasa de {MAX_ROWS:,} renglones")
        if any(cells):
            yield Fila(linea, {name: cells[at] for name, at in places.items() if at < len(cells)})


def _csv_lines(contenido: str) -> Iterator[Line]:
    first = contenido.partition("\n")[0]
    delimiter = max(",;|\t", key=first.count)
    reader = csv.reader(contenido.splitlines(keepends=True), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, [_clean(cell) for cell in cells]
    except csv.Error as exc:
        raise CatalogoInvalido(f"línea {reader.line_num}: {exc}") from exc


def _sheets(path: Path) -> Iterator[Iterator[Line]]:
    check_zip(path, max_total=MAX_TOTAL_XLSX)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as exc:  # in a damaged part openpyxl fails wherever its code stands
        raise _unreadable(path) from exc
    try:
        for sheet in book.worksheets:
            yield _sheet_lines(sheet, path)
    finally:
        book.close()


def _sheet_lines(sheet: Any, path: Path) -> Iterator[Line]:
    rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    while True:
        try:
            linea, row = next(rows)
        except StopIteration:
            return
        except Exception as exc:  # the sheet is unfolded while it is read: see _sheets
            raise _unreadable(path) from exc
        yield linea, ["" if v is None else _clean(str(v)) for v in row]


def _unreadable(path: Path) -> CatalogoInvalido:
    return CatalogoInvalido(f"{path.name} no es un libro de Excel que se pueda leer")


def _clean(cell: str) -> str:
    return " ".join(_CONTROL.sub(" ", cell).split())
