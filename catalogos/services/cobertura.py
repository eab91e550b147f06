"""Loading which clinic serves which place; what leaves the file ends today."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from catalogos.enums import Catalogo
from catalogos.errors import Errores
from catalogos.lectura.cobertura import FilaCobertura, read_cobertura
from catalogos.models import Cobertura, UnidadMedica
from catalogos.services.carga import Diferencia, hold_catalogues, keep_version, sync
from catalogos.services.municipios import Municipios, Nombrado
from catalogos.services.oficinas import origin_of
from comun import reloj

Key = tuple[int, str | None, str | None, int]  # municipio, cp, colonia, unidad


@transaction.atomic
def load_cobertura(
    path: Path,
    *,
    now: datetime,
    fuente: str = "",
    corte: date | None = None,
    skip_unknown: bool = False,
) -> Diferencia:
    """Make the open coverage be that of the file; the closed rows stay as history.

    `skip_unknown` leaves out, with a warning, the lines whose clinic is not in
    the list in force, instead of refusing the file.

    Raises
        CatalogoInvalido: a line names a clinic that is unknown or not the only one,
            or repeats another line.
    """
    hold_catalogues()
    tabla, rows = read_cobertura(path)
    today = reloj.local_date(now)
    unidades, municipios, errores = _Unidades(), Municipios(), Errores()
    wanted: dict[Key, dict[str, Any]] = {}
    skipped = 0
    for row in rows:
        unidad = unidades.find(row)
        if unidad is None and skip_unknown:
            skipped += 1
            continue
        if unidad is None:
            errores.add(row.linea, unidades.why_not(row))
            continue
        municipio = municipios.ensure(Nombrado(row.entidad, row.municipio, row.clave_municipio))
        key = (municipio.pk, row.cp, row.colonia, unidad.pk)
        if key in wanted:
            errores.add(row.linea, "repite una línea anterior")
        wanted[key] = {
            "municipio": municipio,
            "cp": row.cp,
            "colonia_normalizada": row.colonia,
            "unidad": unidad,
            "desde": row.desde,
            "fuente": row.fuente,
        }
    errores.raise_if_any()

    def end(row: Cobertura) -> bool:
        row.hasta = max(today, row.desde or today)
        return True

    current = {
        (row.municipio_id, row.cp, row.colonia_normalizada, row.unidad_id): row
        for row in Cobertura.objects.filter(hasta=None).select_related("municipio", "unidad")
    }
    diferencia = sync(Cobertura, current=current, wanted=wanted, retire=end)
    if skipped:
        diferencia.avisos.append(f"{skipped} líneas nombran unidades que ya no están en la lista")
    keep_version(
        Catalogo.COBERTURA, origin_of(tabla, fuente=fuente, corte=corte), diferencia, now=now
    )
    return diferencia


class _Unidades:
    """The vigente clinics, by CLUES and by delegación and number."""

    def __init__(self) -> None:
        self._by_clues: dict[str, UnidadMedica] = {}
        self._by_number: dict[tuple[str, str], list[UnidadMedica]] = {}
        for row in UnidadMedica.objects.vigentes().select_related("delegacion"):
            if row.clues:
                self._by_clues[row.clues] = row
            if row.delegacion:
                self._by_number.setdefault((row.delegacion.clave, row.numero), []).append(row)

    def find(self, fila: FilaCobertura) -> UnidadMedica | None:
        if fila.clues:
            return self._by_clues.get(fila.clues)
        found = self._numbered(fila)
        return found[0] if len(found) == 1 else None

    def why_not(self, fila: FilaCobertura) -> str:
        if fila.clues:
            return f"no hay unidad vigente con la CLUES {fila.clues}"
        named = f"la delegación {fila.delegacion} y el número {fila.numero}"
        if count := len(self._numbered(fila)):
            return f"hay {count} unidades con {named}: indica la CLUES"
        return f"no hay unidad vigente con {named}"

    def _numbered(self, fila: FilaCobertura) -> list[UnidadMedica]:
        return self._by_number.get((fila.delegacion, fila.numero), [])
