"""The entidades by the names and keys that files use for them."""

import csv
from pathlib import Path
from typing import NamedTuple

from catalogos.rules import normalise

DATOS = Path(__file__).resolve().parent.parent / "datos"
ALIASES = {  # other spellings seen in files → CURP key
    "distrito federal": "DF",
    "estado de mexico": "MC",
    "coahuila": "CL",
    "michoacan": "MN",
    "veracruz": "VZ",
    "veracruz llave": "VZ",
    "queretaro de arteaga": "QT",
}


class EntidadFija(NamedTuple):
    clave_curp: str
    clave_inegi: str | None
    nombre: str


def _read() -> tuple[EntidadFija, ...]:
    with (DATOS / "entidades.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            EntidadFija(row["clave_curp"], row["clave_inegi"] or None, row["nombre"])
            for row in csv.DictReader(lines)
        )


ENTIDADES = _read()
BY_INEGI = {e.clave_inegi: e.clave_curp for e in ENTIDADES if e.clave_inegi}
BY_NAME = {normalise(e.nombre): e.clave_curp for e in ENTIDADES if e.clave_inegi} | ALIASES


def entidad_of(*, clave_inegi: str = "", nombre: str = "") -> str | None:
    """Return the CURP key of the entidad, or None if unknown or if both disagree.

    >>> entidad_of(clave_inegi="12"), entidad_of(nombre="DISTRITO FEDERAL")
    ('GR', 'DF')
    >>> entidad_of(clave_inegi="12", nombre="Nayarit") is None
    True
    """
    found = {BY_INEGI.get(clave_inegi.zfill(2))} if clave_inegi else set()
    if nombre:
        found.add(BY_NAME.get(normalise(nombre)))
    return found.pop() if len(found) == 1 else None
