"""Rows of asentamientos: SEPOMEX's official text, and the package of 2018."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from catalogos.enums import FuenteAsentamientos
from catalogos.errors import CatalogoInvalido, Errores
from catalogos.lectura.archivos import Procedencia, file_hash, read_text
from catalogos.lectura.entidades import entidad_of

REQUIRED = ("d_codigo", "d_asenta", "d_tipo_asenta", "d_mnpio", "d_estado")
OPTIONAL = ("d_ciudad", "d_zona", "id_asenta_cpcons", "c_estado", "c_mnpio")
HEADER_WITHIN = 5  # lines: the first one is the legal notice
PACKAGE = "postalcodes_mexico"
PACKAGE_CUT = date(2018, 3, 23)
_CP = re.compile(r"[0-9]{5}").fullmatch
_CLAVE_MUNICIPIO = re.compile(r"[0-9]{3}").fullmatch

Linea = tuple[int, tuple[str, ...]]  # its number, its REQUIRED and OPTIONAL fields


class FilaAsentamiento(NamedTuple):
    """One line, cleaned. The order of the fields is the order in which rows are numbered."""

    cp: str
    nombre: str
    tipo: str
    clave: str
    entidad: str
    municipio: str
    clave_municipio: str
    ciudad: str
    zona: str


LIMITS = (5, 120, 40, 4, 2, 80, 3, 80, 12)  # characters of each field, as in the table


class Lectura(NamedTuple):
    fuente: FuenteAsentamientos
    procedencia: Procedencia
    filas: list[FilaAsentamiento]
    codificacion: str


def read_official(path: Path, *, fecha_corte: date | None = None) -> Lectura:
    """Read CPdescarga (national or of one entidad, txt or zip) by the names of its header.

    Raises
        CatalogoInvalido: with the number of each bad line.
    """
    text = read_text(path)
    lines = text.contenido.split("\n")
    header_at, header = _find_header(lines, nombre=text.nombre)
    at = [header.index(name) if name in header else -1 for name in REQUIRED + OPTIONAL]
    errores = Errores()
    raw: list[Linea] = []
    for linea, line in enumerate(lines[header_at + 1 :], start=header_at + 2):
        if not line.strip():
            continue
        cells = [*line.split("|"), ""]  # -1, the column that is not there, reads the last ""
        if len(cells) != len(header) + 1:
            errores.add(linea, f"tiene {len(cells) - 1} campos y el encabezado {len(header)}")
            continue
        raw.append((linea, tuple(cells[i].strip() for i in at)))
    filas = _rows(raw, errores)
    procedencia = Procedencia(fuente=text.nombre, hash=text.hash, fecha_corte=fecha_corte)
    return Lectura(FuenteAsentamientos.SEPOMEX, procedencia, filas, text.codificacion)


def read_package() -> Lectura:
    """Read the data set of 2018 that the package postalcodes-mexico carries.

    Raises
        CatalogoInvalido: the package is not installed.
    """
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise CatalogoInvalido("Falta el paquete postalcodes-mexico (requirements/demo.txt)")
    path = Path(spec.origin).parent / "data" / "postalcodes.sqlite3"
    query = (
        "SELECT rowid, cp, trim(place), trim(place_type), trim(municipality), trim(state),"
        " trim(city) FROM places"
    )
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as base:
        raw: list[Linea] = [(row[0], (*row[1:], "", "", "", "")) for row in base.execute(query)]
    procedencia = Procedencia(
        fuente="postalcodes-mexico (datos de 2018)", hash=file_hash(path), fecha_corte=PACKAGE_CUT
    )
    return Lectura(FuenteAsentamientos.PAQUETE, procedencia, _rows(raw, Errores()), "utf-8")


def _find_header(lines: list[str], *, nombre: str) -> tuple[int, list[str]]:
    for at, line in enumerate(lines[:HEADER_WITHIN]):
        header = [name.strip().lower() for name in line.split("|")]
        if "d_codigo" in header:
            if missing := [name for name in REQUIRED if name not in header]:
                raise CatalogoInvalido(f"línea {at + 1}: faltan las columnas {', '.join(missing)}")
            return at, header
    raise CatalogoInvalido(
        f"{nombre} no parece el archivo CPdescarga de SEPOMEX: no se halló la columna d_codigo"
    )


def _rows(raw: Iterable[Linea], errores: Errores) -> list[FilaAsentamiento]:
    """Check each line and return the rows in the order that numbers the repeated ones."""
    known: dict[tuple[str, str], str] = {}
    filas = []
    for linea, (cp, nombre, tipo, municipio, estado, ciudad, zona, clave, c_est, c_mun) in raw:
        if (c_est, estado) not in known:
            known[c_est, estado] = entidad_of(clave_inegi=c_est, nombre=estado) or ""
        fila = FilaAsentamiento(
            cp=cp,
            nombre=_single(nombre),
            tipo=tipo,
            clave=clave,
            entidad=known[c_est, estado],
            municipio=_single(municipio),
            clave_municipio=c_mun and c_mun.zfill(3),
            ciudad=ciudad,
            zona=zona,
        )
        if fault := _fault(fila):
            errores.add(linea, fault)
        else:
            filas.append(fila)
    errores.raise_if_any()
    if not filas:
        raise CatalogoInvalido("El archivo no trae ningún asentamiento")
    filas.sort()
    return filas


def _fault(fila: FilaAsentamiento) -> str | None:
    if not _CP(fila.cp):
        return f"el código postal «{fila.cp[:20]}» no tiene cinco dígitos"
    if not fila.entidad:
        return "no se reconoce la entidad, o su clave no corresponde a su nombre"
    if not (fila.nombre and fila.tipo and fila.municipio):
        return "falta el nombre, el tipo o el municipio"
    if fila.clave_municipio and not _CLAVE_MUNICIPIO(fila.clave_municipio):
        return f"la clave de municipio «{fila.clave_municipio[:20]}» no tiene tres dígitos"
    if any(len(text) > most for text, most in zip(fila, LIMITS, strict=True)):
        return "un campo es demasiado largo"
    return None


def _single(text: str) -> str:
    return " ".join(text.split()) if "  " in text else text
