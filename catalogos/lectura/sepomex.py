"""Rows of asentamientos: SEPOMEX's official text, and the package of 2018."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from catalogos.enums import FuenteAsentamientos
from catalogos.errors import CatalogoInvalido, Errores
from catalogos.lectura.archivos import Procedencia, Texto, file_hash, read_text
from catalogos.lectura.entidades import entidad_of

PROPIAS = ("d_codigo", "d_asenta", "d_tipo_asenta", "id_asenta_cpcons")  # of the row
COMPARTIDAS = ("d_estado", "c_estado", "d_mnpio", "c_mnpio", "d_ciudad", "d_zona")  # of the place
OPTIONAL = {"id_asenta_cpcons", "c_estado", "c_mnpio", "d_ciudad", "d_zona"}
HEADER_WITHIN = 5  # lines: the first one is the legal notice
PACKAGE = "postalcodes_mexico"
PACKAGE_CUT = date(2018, 3, 23)
_CP = re.compile(r"[0-9]{5}").fullmatch
_CLAVE_MUNICIPIO = re.compile(r"[0-9]{3}|").fullmatch

Linea = tuple[int, tuple[str, ...]]  # its number; its fields PROPIAS and COMPARTIDAS


class Lugar(NamedTuple):
    """What many rows share: a few thousand of them for 150,000 asentamientos."""

    entidad: str
    municipio: str
    clave_municipio: str
    ciudad: str
    zona: str


class FilaAsentamiento(NamedTuple):
    """One line, cleaned. The order of the fields is the order in which rows are numbered."""

    cp: str
    nombre: str
    tipo: str
    clave: str
    lugar: Lugar


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
    errores = Errores()
    filas = _rows(_official_lines(text, errores), errores)
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
        "SELECT rowid, cp, place, place_type, '', state, '', municipality, '', city, '' FROM places"
    )
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as base:
        filas = _rows(((row[0], row[1:]) for row in base.execute(query)), Errores())
    procedencia = Procedencia(
        fuente="postalcodes-mexico (datos de 2018)", hash=file_hash(path), fecha_corte=PACKAGE_CUT
    )
    return Lectura(FuenteAsentamientos.PAQUETE, procedencia, filas, "utf-8")


def _official_lines(text: Texto, errores: Errores) -> Iterator[Linea]:
    lines = text.contenido.split("\n")
    header_at, header = _find_header(lines, nombre=text.nombre)
    wanted = PROPIAS + COMPARTIDAS
    pick = itemgetter(*(header.index(name) if name in header else -1 for name in wanted))
    for linea, line in enumerate(lines[header_at + 1 :], start=header_at + 2):
        cells = [*map(str.strip, line.split("|")), ""]  # the column that is not there is the last
        if len(cells) == len(header) + 1:
            yield linea, pick(cells)
        elif line.strip():
            errores.add(linea, f"tiene {len(cells) - 1} campos y el encabezado {len(header)}")


def _find_header(lines: list[str], *, nombre: str) -> tuple[int, list[str]]:
    for at, line in enumerate(lines[:HEADER_WITHIN]):
        header = [name.strip().lower() for name in line.split("|")]
        if "d_codigo" in header:
            wanted = [name for name in PROPIAS + COMPARTIDAS if name not in OPTIONAL]
            if missing := [name for name in wanted if name not in header]:
                raise CatalogoInvalido(f"línea {at + 1}: faltan las columnas {', '.join(missing)}")
            return at, header
    raise CatalogoInvalido(
        f"{nombre} no parece el archivo CPdescarga de SEPOMEX: no se halló la columna d_codigo"
    )


def _rows(raw: Iterable[Linea], errores: Errores) -> list[FilaAsentamiento]:
    """Check each line and return the rows in the order that numbers the repeated ones."""
    lugares: dict[tuple[str, ...], Lugar | None] = {}
    filas = []
    for linea, fields in raw:
        cp, nombre, tipo, clave = fields[:4]
        shared = fields[4:]
        if shared not in lugares:
            lugares[shared] = _lugar(*shared)
        lugar = lugares[shared]
        if lugar and _CP(cp) and 0 < len(nombre) <= 120 and 0 < len(tipo) <= 40 and len(clave) <= 4:
            name = nombre if "  " not in nombre else " ".join(nombre.split())
            filas.append(FilaAsentamiento(cp, name, tipo, clave, lugar))
        else:
            errores.add(linea, _fault(cp, lugar))
    errores.raise_if_any()
    if not filas:
        raise CatalogoInvalido("El archivo no trae ningún asentamiento")
    filas.sort()
    return filas


def _lugar(
    estado: str, c_estado: str, municipio: str, c_mnpio: str, ciudad: str, zona: str
) -> Lugar | None:
    """Return the place, or None if the entidad is unknown or a field has not its form."""
    entidad = entidad_of(clave_inegi=c_estado, nombre=estado)
    clave = c_mnpio and c_mnpio.zfill(3)
    fits = 0 < len(municipio) <= 80 and len(ciudad) <= 80 and len(zona) <= 12
    if entidad is None or not fits or not _CLAVE_MUNICIPIO(clave):
        return None
    return Lugar(entidad, " ".join(municipio.split()), clave, ciudad, zona)


def _fault(cp: str, lugar: Lugar | None) -> str:
    if not _CP(cp):
        return f"el código postal «{cp[:20]}» no tiene cinco dígitos"
    if lugar is None:
        return "la entidad o el municipio, o sus claves, no se reconocen"
    return "el nombre o el tipo falta o es demasiado largo, o la clave pasa de cuatro cifras"
