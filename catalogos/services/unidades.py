"""Loading the clinics: the official CLUES list, or the portal's own."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from catalogos.enums import Catalogo
from catalogos.errors import CatalogoInvalido, Errores
from catalogos.lectura.unidades import FilaUnidad, read_unidades
from catalogos.models import Competencia, Delegacion, Municipio, UnidadMedica
from catalogos.services.carga import (
    Diferencia,
    hold_catalogues,
    keep_version,
    sync,
    take_out_of_force,
)
from catalogos.services.municipios import Municipios, Nombrado
from catalogos.services.oficinas import origin_of

KEPT = {"", None}  # what CLUES leaves empty does not erase what another source said

Key = str | tuple[str, str, str, str]  # CLUES, or delegación, number, kind and name
Wanted = dict[Key, dict[str, Any]]


@transaction.atomic
def load_unidades(
    path: Path, *, now: datetime, fuente: str = "", corte: date | None = None
) -> Diferencia:
    """Make the clinics be those of the file.

    The portal's own list stands for the whole country. CLUES stands for the
    entidades it brings: it takes over the rows known without CLUES when number
    and municipio leave no doubt, and retires the others there.

    Raises
        CatalogoInvalido: a line names an unknown delegación, or the same clinic twice.
    """
    hold_catalogues()
    lectura = read_unidades(path)
    if not lectura.filas:
        raise CatalogoInvalido(f"{lectura.tabla.nombre} no trae unidades del IMSS")
    current = _current(UnidadMedica.objects.select_related("delegacion", "municipio", "entidad"))
    if lectura.is_own:
        wanted = _own(lectura.filas)
    else:
        served = {fila.entidad for fila in lectura.filas}
        current = {key: row for key, row in current.items() if row.entidad_id in served}
        current = _take_over(current, lectura.filas)
        wanted = _clues(lectura.filas, current)
    diferencia = sync(UnidadMedica, current=current, wanted=wanted, retire=take_out_of_force)
    if nameless := sum(1 for fila in lectura.filas if not fila.numero):
        diferencia.avisos.append(f"{nameless} unidades no traen su número en el nombre")
    keep_version(
        Catalogo.UNIDADES,
        origin_of(lectura.tabla, fuente=fuente, corte=corte or _newest(lectura.filas)),
        diferencia,
        now=now,
    )
    return diferencia


def _current(rows: QuerySet[UnidadMedica]) -> dict[Key, UnidadMedica]:
    return {
        row.clues
        or (row.delegacion.clave if row.delegacion else "", row.numero, row.tipo, row.nombre): row
        for row in rows
    }


def _own(filas: list[FilaUnidad]) -> Wanted:
    delegaciones = {row.clave: row for row in Delegacion.objects.all()}
    municipios, errores = Municipios(), Errores()
    wanted: Wanted = {}
    for fila in filas:
        key: Key = fila.clues or (fila.delegacion, fila.numero, fila.tipo, fila.nombre)
        if fila.delegacion not in delegaciones:
            errores.add(fila.linea, f"no existe la delegación {fila.delegacion}")
        elif key in wanted:
            errores.add(fila.linea, f"repite la unidad {fila.nombre}")
        else:
            wanted[key] = {
                **_facts(fila, municipios),
                "delegacion": delegaciones[fila.delegacion],
            }
    errores.raise_if_any()
    return wanted


def _clues(filas: list[FilaUnidad], current: dict[Key, UnidadMedica]) -> Wanted:
    municipios, errores = Municipios(), Errores()
    offices = {
        row.municipio_id: row.delegacion
        for row in Competencia.objects.filter(vigente=True).select_related("delegacion")
    }
    wanted: Wanted = {}
    for fila in filas:
        if fila.clues in wanted:
            errores.add(fila.linea, f"repite la CLUES {fila.clues}")
        facts = _facts(fila, municipios)
        if fila.clues in current:
            facts = {name: value for name, value in facts.items() if value not in KEPT}
        elif municipio := facts["municipio"]:
            facts["delegacion"] = offices.get(municipio.pk)  # CLUES does not know it
        wanted[fila.clues] = facts
    errores.raise_if_any()
    return wanted


def _facts(fila: FilaUnidad, municipios: Municipios) -> dict[str, Any]:
    municipio: Municipio | None = None
    if fila.municipio:
        named = Nombrado(fila.entidad, fila.municipio, fila.clave_municipio)
        municipio = municipios.ensure(named)
    return {
        "clues": fila.clues or None,
        "numero": fila.numero,
        "tipo": fila.tipo,
        "nombre": fila.nombre,
        "calle_numero": fila.calle_numero,
        "colonia": fila.colonia,
        "cp": fila.cp,
        "municipio": municipio,
        "entidad_id": fila.entidad,
        "horario": fila.horario,
        "fuente": fila.fuente,
        "fecha_fuente": fila.fecha_fuente,
        "vigente": fila.vigente,
    }


def _take_over(
    current: dict[Key, UnidadMedica], filas: list[FilaUnidad]
) -> dict[Key, UnidadMedica]:
    """Give a row known without CLUES to the line of CLUES that can only be the same clinic."""
    municipios = Municipios()

    def place(fila: FilaUnidad) -> tuple[int | None, str]:
        row = municipios.find(Nombrado(fila.entidad, fila.municipio, fila.clave_municipio))
        return (row.pk if row else None, fila.numero)

    new = [fila for fila in filas if fila.vigente and fila.numero and fila.clues not in current]
    times = Counter(map(place, new))
    known = Counter((row.municipio_id, row.numero) for row in current.values() if not row.clues)
    lone: dict[tuple[int | None, str], Key] = {
        (row.municipio_id, row.numero): key
        for key, row in current.items()
        if row.municipio_id and not row.clues and known[row.municipio_id, row.numero] == 1
    }
    taken = dict(current)
    for fila in new:
        if times[place(fila)] == 1 and place(fila) in lone:
            taken[fila.clues] = taken.pop(lone[place(fila)])
    return taken


def _newest(filas: list[FilaUnidad]) -> date | None:
    """Return the month of the newest source, as its first day."""
    months = [fila.fecha_fuente for fila in filas if len(fila.fecha_fuente) == len("2026-04")]
    return date.fromisoformat(f"{max(months)}-01") if months else None
