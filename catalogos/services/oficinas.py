"""Loading the Institute's offices: delegaciones, subdelegaciones, and their municipios."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from catalogos.enums import Catalogo
from catalogos.errors import Errores
from catalogos.lectura.archivos import Procedencia
from catalogos.lectura.oficinas import (
    FilaCompetencia,
    read_competencia,
    read_delegaciones,
    read_subdelegaciones,
)
from catalogos.lectura.tablas import Tabla
from catalogos.models import Competencia, Delegacion, Entidad, Subdelegacion
from catalogos.services.carga import (
    Diferencia,
    hold_catalogues,
    keep_version,
    sync,
    take_out_of_force,
)
from catalogos.services.municipios import Municipios, Nombrado


def origin_of(tabla: Tabla, *, fuente: str, corte: date | None) -> Procedencia:
    return Procedencia(fuente=fuente or tabla.nombre, hash=tabla.hash, fecha_corte=corte)


@transaction.atomic
def load_delegaciones(
    path: Path, *, now: datetime, fuente: str = "", corte: date | None = None
) -> Diferencia:
    """Make the vigentes be those of the file, with the entidades each one serves."""
    hold_catalogues()
    tabla, rows = read_delegaciones(path)
    diferencia = sync(
        Delegacion,
        current={row.clave: row for row in Delegacion.objects.all()},
        wanted={
            row.clave: {
                "clave": row.clave,
                "nombre": row.nombre,
                "fuente": row.fuente,
                "vigente": True,
            }
            for row in rows
        },
        retire=take_out_of_force,
    )
    known = {row.clave: row for row in Delegacion.objects.prefetch_related("entidades")}
    for row in rows:
        if {e.pk for e in known[row.clave].entidades.all()} != set(row.entidades):
            known[row.clave].entidades.set(Entidad.objects.filter(pk__in=row.entidades))
    keep_version(
        Catalogo.DELEGACIONES,
        origin_of(tabla, fuente=fuente, corte=corte),
        diferencia,
        now=now,
    )
    return diferencia


@transaction.atomic
def load_subdelegaciones(
    path: Path, *, now: datetime, fuente: str = "", corte: date | None = None
) -> Diferencia:
    """Make the vigentes be those of the file; a name the file leaves empty is kept.

    Raises
        CatalogoInvalido: a line names a delegación that does not exist.
    """
    hold_catalogues()
    tabla, rows = read_subdelegaciones(path)
    delegaciones, errores = _delegaciones(), Errores()
    current = {
        (row.delegacion.clave, row.clave): row
        for row in Subdelegacion.objects.select_related("delegacion")
    }
    wanted = {}
    for row in rows:
        delegacion = delegaciones.get(row.delegacion)
        if delegacion is None:
            errores.add(row.linea, f"no existe la delegación {row.delegacion}")
            continue
        key = (row.delegacion, row.clave)
        known = current[key].nombre if key in current else ""
        wanted[key] = {
            "delegacion": delegacion,
            "clave": row.clave,
            "nombre": row.nombre or known,
            "vigente": True,
        }
    errores.raise_if_any()
    diferencia = sync(Subdelegacion, current=current, wanted=wanted, retire=take_out_of_force)
    keep_version(
        Catalogo.SUBDELEGACIONES,
        origin_of(tabla, fuente=fuente, corte=corte),
        diferencia,
        now=now,
    )
    return diferencia


@transaction.atomic
def load_competencia(
    path: Path,
    *,
    now: datetime,
    fuente: str = "",
    corte: date | None = None,
    skip_unknown: bool = False,
) -> Diferencia:
    """Make the vigentes be those of the file; a municipio not seen before is added.

    `skip_unknown` leaves out, with a warning, the lines whose office is not in
    force, instead of refusing the file.

    Raises
        CatalogoInvalido: a line names an office that does not exist, or repeats a municipio.
    """
    hold_catalogues()
    tabla, rows = read_competencia(path)
    vigentes = Competencia.objects.filter(vigente=True).select_related(
        "municipio", "delegacion", "subdelegacion__delegacion"
    )
    wanted, skipped = _offices_wanted(rows, skip_unknown=skip_unknown)
    diferencia = sync(
        Competencia,
        current={row.municipio_id: row for row in vigentes},
        wanted=wanted,
        retire=take_out_of_force,
    )
    if skipped:
        diferencia.avisos.append(f"{skipped} líneas nombran oficinas que ya no están en la lista")
    keep_version(
        Catalogo.COMPETENCIA, origin_of(tabla, fuente=fuente, corte=corte), diferencia, now=now
    )
    return diferencia


def _offices_wanted(
    rows: list[FilaCompetencia], *, skip_unknown: bool
) -> tuple[dict[int, dict[str, Any]], int]:
    """Return the columns of each municipio's row, and how many lines were left out."""
    delegaciones, municipios, errores = _delegaciones(), Municipios(), Errores()
    subdelegaciones = {
        (row.delegacion.clave, row.clave): row
        for row in Subdelegacion.objects.filter(vigente=True).select_related("delegacion")
    }
    wanted: dict[int, dict[str, Any]] = {}
    lines: dict[int, int] = {}
    skipped = 0
    for row in rows:
        delegacion = delegaciones.get(row.delegacion)
        office = subdelegaciones.get((row.delegacion, row.subdelegacion))
        if delegacion is None or (row.subdelegacion and office is None):
            skipped += 1
            if not skip_unknown:
                errores.add(row.linea, f"no existe la oficina {row.delegacion}-{row.subdelegacion}")
            continue
        municipio = municipios.ensure(Nombrado(row.entidad, row.municipio, row.clave_municipio))
        if municipio.pk in wanted:
            errores.add(row.linea, f"repite el municipio de la línea {lines[municipio.pk]}")
        lines[municipio.pk] = row.linea
        wanted[municipio.pk] = {
            "municipio": municipio,
            "delegacion": delegacion,
            "subdelegacion": office,
            "fuente": row.fuente,
        }
    errores.raise_if_any()
    return wanted, skipped


def _delegaciones() -> dict[str, Delegacion]:
    return {row.clave: row for row in Delegacion.objects.filter(vigente=True)}
