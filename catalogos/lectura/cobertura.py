"""Rows of coverage: the colonia, postal code or municipio that a clinic serves."""

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from catalogos.errors import Errores
from catalogos.lectura.entidades import entidad_of
from catalogos.lectura.oficinas import two_digits
from catalogos.lectura.tablas import Columna, Fila, Tabla, read_table
from catalogos.rules import normalise

WHOLE = "todo el municipio"  # must be said: an empty place is a mistake, not a municipio
_CP = re.compile(r"[0-9]{5}").fullmatch
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?(?: .*)?").fullmatch

COLUMNAS = {
    "cp": Columna(("cp", "código postal", "d_codigo")),
    "colonia": Columna(("colonia", "asentamiento", "d_asenta")),
    "municipio": Columna(("municipio",)),
    "estado": Columna(("estado_inegi", "cve_estado_inegi", "c_estado")),
    "clave_municipio": Columna(("cve_mun_inegi", "c_mnpio"), required=False),
    "delegacion": Columna(("delegacion_clave", "cve_delegacion"), required=False),
    "numero": Columna(("umf_numero", "umf", "número de umf"), required=False),
    "clues": Columna(("clues",), required=False),
    "desde": Columna(("desde", "vigente desde", "fecha_fuente"), required=False),
    "fuente": Columna(("fuente",), required=False),
}


class FilaCobertura(NamedTuple):
    linea: int
    cp: str | None
    colonia: str | None
    entidad: str
    municipio: str
    clave_municipio: str
    clues: str
    delegacion: str
    numero: str
    desde: date | None
    fuente: str


def read_cobertura(path: Path) -> tuple[Tabla, list[FilaCobertura]]:
    """Read which clinic serves each place.

    Raises
        CatalogoInvalido: with the number of each bad line.
    """
    tabla, errores = read_table(path, COLUMNAS), Errores()
    rows = [row for fila in tabla.filas if (row := _row(fila, errores))]
    errores.raise_if_any()
    return tabla, rows


def partial_date(text: str) -> date | None:
    """Return the first day of "2017", "2017-04" or "2017-04-09"; None if it is no date.

    >>> partial_date("2017-04"), partial_date("abril")
    (datetime.date(2017, 4, 1), None)
    """
    found = _DATE(text)
    if found is None:
        return None
    year, month, day = found.groups(default="1")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _row(fila: Fila, errores: Errores) -> FilaCobertura | None:
    entidad = entidad_of(clave_inegi=fila["estado"])
    colonia = normalise(fila["colonia"])
    if fault := _fault(fila, colonia=colonia, entidad=entidad):
        errores.add(fila.linea, fault)
        return None
    return FilaCobertura(
        linea=fila.linea,
        cp=fila["cp"] or None,
        colonia=None if colonia in {"", WHOLE} else colonia,
        entidad=entidad or "",
        municipio=fila["municipio"],
        clave_municipio=fila["clave_municipio"],
        clues=fila["clues"],
        delegacion=two_digits(fila["delegacion"]) or "",
        numero=fila["numero"].upper(),
        desde=partial_date(fila["desde"]),
        fuente=fila["fuente"][:250],
    )


def _fault(fila: Fila, *, colonia: str, entidad: str | None) -> str | None:
    if entidad is None or not fila["municipio"]:
        return "el estado o el municipio no se reconocen"
    if fila["desde"] and partial_date(fila["desde"]) is None:
        return f"la fecha «{fila['desde'][:20]}» no es AAAA-MM-DD"
    if not fila["clues"] and not (two_digits(fila["delegacion"]) and fila["numero"]):
        return "falta la unidad: su CLUES, o su delegación y su número"
    return _fault_of_place(fila["cp"], colonia)


def _fault_of_place(cp: str, colonia: str) -> str | None:
    if cp and not _CP(cp):
        return f"el código postal «{cp[:20]}» no tiene cinco dígitos"
    if not cp and not colonia:
        return f"falta el código postal o la colonia (o el texto «{WHOLE}»)"
    if cp and colonia == WHOLE:
        return f"«{WHOLE}» no lleva código postal"
    return None
