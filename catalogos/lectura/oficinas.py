"""Rows of the Institute's offices: delegaciones, subdelegaciones, and their municipios."""

import re
from pathlib import Path
from typing import NamedTuple

from catalogos.errors import Errores
from catalogos.lectura.entidades import ENTIDADES, entidad_of
from catalogos.lectura.tablas import Columna, Fila, Tabla, read_table

_CLAVE = re.compile(r"[0-9]{1,2}").fullmatch
_CURP = {entidad.clave_curp for entidad in ENTIDADES}

DELEGACION = Columna(("delegacion_clave", "cve_delegacion", "clave delegación"))
SUBDELEGACION = ("subdelegacion_clave", "cve_subdelegacion", "clave subdelegación")
DELEGACIONES = {
    "clave": Columna(("clave", *DELEGACION.headers)),
    "nombre": Columna(("nombre", "descripción")),
    "entidad": Columna(("entidad_curp",)),
    "fuente": Columna(("evidencia", "fuente"), required=False),
}
SUBDELEGACIONES = {
    "delegacion": DELEGACION,
    "clave": Columna(SUBDELEGACION),
    "nombre": Columna(
        (
            "nombre",
            "nombre subdelegación",
            "descripción subdelegación",
            "desc_subdelegacion",
            "subdelegación",
            "descripción",
        )
    ),
}
COMPETENCIA = {
    "estado": Columna(("cve_estado_inegi", "estado_inegi", "cve_ent")),
    "clave_municipio": Columna(("cve_mun_inegi", "cve_mun"), required=False),
    "municipio": Columna(("municipio", "nombre municipio", "nom_mun")),
    "delegacion": DELEGACION,
    "subdelegacion": Columna(SUBDELEGACION),
    "fuente": Columna(("fuente",), required=False),
}


class FilaDelegacion(NamedTuple):
    clave: str
    nombre: str
    entidades: tuple[str, ...]
    fuente: str


class FilaSubdelegacion(NamedTuple):
    linea: int
    delegacion: str
    clave: str
    nombre: str


class FilaCompetencia(NamedTuple):
    linea: int
    entidad: str
    clave_municipio: str
    municipio: str
    delegacion: str
    subdelegacion: str
    fuente: str


def two_digits(text: str) -> str | None:
    """Return a key as text of two digits ("3" → "03"), or None if it is not one.

    >>> two_digits("3"), two_digits("03"), two_digits("3.0"), two_digits("")
    ('03', '03', None, None)
    """
    return text.zfill(2) if _CLAVE(text) else None


def read_delegaciones(path: Path) -> tuple[Tabla, list[FilaDelegacion]]:
    """Read delegaciones; one that serves several entidades has a line for each."""
    tabla, errores = read_table(path, DELEGACIONES), Errores()
    found: dict[str, FilaDelegacion] = {}
    for fila in tabla.filas:
        clave = two_digits(fila["clave"])
        if clave is None or not fila["nombre"] or fila["entidad"] not in _CURP:
            errores.add(fila.linea, "la clave, el nombre o la entidad no se reconocen")
            continue
        before = found[clave].entidades if clave in found else ()
        entidades = (*before, fila["entidad"])
        found[clave] = FilaDelegacion(clave, fila["nombre"], entidades, fila["fuente"][:250])
    errores.raise_if_any()
    return tabla, list(found.values())


def read_subdelegaciones(path: Path) -> tuple[Tabla, list[FilaSubdelegacion]]:
    """Read the dictionary sheet "delegación-subdelegación"; a name may be missing.

    Raises
        CatalogoInvalido: with the number of each bad line.
    """
    tabla, errores = read_table(path, SUBDELEGACIONES), Errores()
    rows: dict[tuple[str, str], FilaSubdelegacion] = {}
    for fila in tabla.filas:
        delegacion, clave = two_digits(fila["delegacion"]), two_digits(fila["clave"])
        if delegacion is None or clave is None:
            errores.add(fila.linea, "la clave de la delegación o de la subdelegación no es válida")
            continue
        row = FilaSubdelegacion(fila.linea, delegacion, clave, fila["nombre"])
        before = rows.setdefault((delegacion, clave), row)
        if before.nombre != row.nombre:
            errores.add(
                fila.linea,
                f"repite {delegacion}-{clave} de la línea {before.linea} con otro nombre",
            )
    errores.raise_if_any()
    return tabla, list(rows.values())


def read_competencia(path: Path) -> tuple[Tabla, list[FilaCompetencia]]:
    """Read which office answers for each municipio.

    Raises
        CatalogoInvalido: with the number of each bad line.
    """
    tabla, errores = read_table(path, COMPETENCIA), Errores()
    rows = [row for fila in tabla.filas if (row := _competencia(fila, errores))]
    errores.raise_if_any()
    return tabla, rows


def _competencia(fila: Fila, errores: Errores) -> FilaCompetencia | None:
    entidad = entidad_of(clave_inegi=fila["estado"]) if fila["estado"] else None
    delegacion = two_digits(fila["delegacion"])
    subdelegacion = two_digits(fila["subdelegacion"]) if fila["subdelegacion"] else ""
    if entidad is None or not fila["municipio"] or delegacion is None or subdelegacion is None:
        errores.add(fila.linea, "el estado, el municipio o las claves de la oficina no son válidos")
        return None
    return FilaCompetencia(
        linea=fila.linea,
        entidad=entidad,
        clave_municipio=fila["clave_municipio"],
        municipio=fila["municipio"],
        delegacion=delegacion,
        subdelegacion=subdelegacion,
        fuente=fila["fuente"][:250],
    )
