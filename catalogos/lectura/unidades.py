"""Rows of clinics: the official CLUES workbook, and the portal's own list."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from catalogos.enums import TipoUnidad
from catalogos.errors import Errores
from catalogos.lectura.entidades import entidad_of
from catalogos.lectura.oficinas import two_digits
from catalogos.lectura.tablas import Columna, Fila, Tabla, read_table
from catalogos.rules import normalise, unit_number

INSTITUTION = "IMS"  # positions 3 to 5 of the CLUES
IN_OPERATION = "en operacion"
NO_CP = {"", "99999", "00000"}
_CLUES = re.compile(r"[A-Z]{5}[0-9]{6}").fullmatch
_CP = re.compile(r"[0-9]{5}").fullmatch
_TIPO_BY_NAME = {normalise(tipo.label): tipo for tipo in TipoUnidad}

COLUMNAS = {
    "clues": Columna(("CLUES",)),
    # CLUES_AAAAMM of the Secretaría de Salud, with the spellings of older files
    "nombre": Columna(("NOMBRE DE LA UNIDAD", "nombre")),
    "tipologia": Columna(("CLAVE DE TIPOLOGIA", "tipo"), required=False),
    "nombre_tipologia": Columna(("NOMBRE DE TIPOLOGIA",), required=False),
    "entidad": Columna(("ENTIDAD", "NOMBRE DE LA ENTIDAD"), required=False),
    "estado": Columna(("CLAVE DE LA ENTIDAD", "estado_inegi"), required=False),
    "municipio": Columna(("MUNICIPIO", "NOMBRE DEL MUNICIPIO")),
    "clave_municipio": Columna(("CLAVE DEL MUNICIPIO", "cve_mun_inegi"), required=False),
    "tipo_vialidad": Columna(("TIPO DE VIALIDAD",), required=False),
    "vialidad": Columna(("VIALIDAD", "calle_numero")),
    "exterior": Columna(("NUMERO EXTERIOR",), required=False),
    "colonia": Columna(("ASENTAMIENTO", "colonia"), required=False),
    "cp": Columna(("CODIGO POSTAL", "cp"), required=False),
    "estatus": Columna(("ESTATUS DE OPERACION", "estatus"), required=False),
    "horario": Columna(("HORARIO",), required=False),
    # only in the portal's own list
    "delegacion": Columna(("delegacion_clave",), required=False),
    "numero": Columna(("umf_numero",), required=False),
    "fuente": Columna(("fuente",), required=False),
    "fecha_fuente": Columna(("fecha_fuente",), required=False),
}


class FilaUnidad(NamedTuple):
    """One clinic, cleaned; "" is "the source does not say"."""

    linea: int
    clues: str
    delegacion: str
    numero: str
    tipo: str
    nombre: str
    calle_numero: str
    colonia: str
    cp: str
    entidad: str
    municipio: str
    clave_municipio: str
    horario: str
    fuente: str
    fecha_fuente: str
    vigente: bool


class LecturaUnidades(NamedTuple):
    tabla: Tabla
    filas: list[FilaUnidad]
    is_own: bool


def read_unidades(path: Path) -> LecturaUnidades:
    """Read either layout, told apart by its headers.

    Of CLUES only the Institute's units with family medicine are taken; those out
    of operation come as not vigentes.

    Raises
        CatalogoInvalido: with the number of each bad line.
    """
    tabla, errores = read_table(path, COLUMNAS), Errores()
    is_own = {"numero", "delegacion"} <= tabla.columnas
    read_row: Callable[[Fila, Errores], FilaUnidad | None] = _own if is_own else _clues(tabla)
    filas = [row for fila in tabla.filas if (row := read_row(fila, errores))]
    errores.raise_if_any()
    return LecturaUnidades(tabla, filas, is_own)


def _clues(tabla: Tabla) -> Callable[[Fila, Errores], FilaUnidad | None]:
    fuente = f"CLUES: {tabla.nombre}"[:250]

    def read_row(fila: Fila, errores: Errores) -> FilaUnidad | None:
        tipo = _tipo(fila)
        if fila["clues"][2:5] != INSTITUTION or tipo is None:
            return None
        entidad = entidad_of(clave_inegi=fila["estado"], nombre=fila["entidad"])
        if fault := _fault(fila, entidad=entidad):
            errores.add(fila.linea, fault)
            return None
        return _row(
            fila,
            numero=unit_number(fila["nombre"]),
            tipo=tipo,
            calle_numero=_street(fila),
            entidad=entidad or "",
            fuente=fuente,
        )

    return read_row


def _own(fila: Fila, errores: Errores) -> FilaUnidad | None:
    entidad = entidad_of(clave_inegi=fila["estado"])
    delegacion = two_digits(fila["delegacion"])
    fault = _fault(fila, entidad=entidad)
    if fault is None and not (delegacion and fila["numero"] and len(fila["numero"]) <= 5):
        fault = "falta la delegación o el número de la unidad"
    if fault is None and fila["tipologia"] not in TipoUnidad.values:
        fault = f"el tipo «{fila['tipologia'][:20]}» no es de una unidad con medicina familiar"
    if fault:
        errores.add(fila.linea, fault)
        return None
    row = _row(
        fila,
        numero=fila["numero"].upper(),
        tipo=fila["tipologia"],
        calle_numero="" if fila["vialidad"] == "S/N" else fila["vialidad"],
        entidad=entidad or "",
        fuente=fila["fuente"][:250],
    )
    return row._replace(delegacion=delegacion or "")


def _row(
    fila: Fila, *, numero: str, tipo: str, calle_numero: str, entidad: str, fuente: str
) -> FilaUnidad:
    estatus = normalise(fila["estatus"])
    return FilaUnidad(
        linea=fila.linea,
        clues=fila["clues"],
        delegacion="",
        numero=numero,
        tipo=tipo,
        nombre=fila["nombre"][:120],
        calle_numero=calle_numero[:160],
        colonia=fila["colonia"][:120],
        cp="" if fila["cp"] in NO_CP else fila["cp"],
        entidad=entidad,
        municipio=fila["municipio"][:80],
        clave_municipio=fila["clave_municipio"],
        horario=fila["horario"][:120],
        fuente=fuente,
        fecha_fuente=fila["fecha_fuente"][:20],
        vigente=estatus in {"", IN_OPERATION},
    )


def _tipo(fila: Fila) -> str | None:
    if fila["tipologia"] in TipoUnidad.values:
        return fila["tipologia"]
    return _TIPO_BY_NAME.get(normalise(fila["nombre_tipologia"]))


def _fault(fila: Fila, *, entidad: str | None) -> str | None:
    if fila["clues"] and not _CLUES(fila["clues"]):
        return f"la CLUES «{fila['clues'][:20]}» no tiene su forma (5 letras y 6 cifras)"
    if fila["cp"] not in NO_CP and not _CP(fila["cp"]):
        return f"el código postal «{fila['cp'][:20]}» no tiene cinco dígitos"
    if entidad is None:
        return "la entidad no se reconoce"
    if not fila["nombre"]:
        return "falta el nombre de la unidad"
    return None


def _street(fila: Fila) -> str:
    """Return the street and number as people write them, or "" if the street is not given."""
    if not fila["vialidad"]:
        return ""
    kind = "" if normalise(fila["tipo_vialidad"]) in {"calle", "ninguno"} else fila["tipo_vialidad"]
    number = "S/N" if normalise(fila["exterior"]) == "sin numero" else fila["exterior"]
    return " ".join(part for part in (kind, fila["vialidad"], number) if part)
