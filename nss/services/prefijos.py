"""Which prefixes an area may issue, as the operator's file says it: the whole list at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from catalogos.errors import CatalogoInvalido, Errores
from catalogos.lectura.tablas import Columna, Fila, read_table
from catalogos.models import Delegacion, Subdelegacion
from nss.models import PrefijoSerie
from nss.services.sintetico import DEMO_PREFIX

COLUMNAS = {
    "prefijo": Columna(("prefijo",)),
    "delegacion": Columna(("delegacion",), required=False),
    "subdelegacion": Columna(("subdelegacion",), required=False),
    "orden": Columna(("orden",), required=False),
}
_TWO_DIGITS = re.compile(r"[0-9]{2}")
_ORDER = re.compile(r"[0-9]{1,4}")
Lugar = tuple[str, int | None, int | None]  # prefijo, delegacion_id, subdelegacion_id


@dataclass(slots=True)
class Cambios:
    """What a load did, or would have done, by prefix and place."""

    nuevos: int = 0
    cambian: int = 0
    iguales: int = 0
    apagados: list[str] = field(default_factory=list)


@transaction.atomic
def replace_prefijos(path: Path) -> Cambios:
    """Make the file's prefixes the active ones, in its order; turn off every other.

    Nothing is deleted: numbers already given name their series.

    Raises
        CatalogoInvalido: a line is wrong, or there is none.
    """
    asked, changes = _read(path), Cambios()
    known = {
        (p.prefijo, p.delegacion_id, p.subdelegacion_id): p for p in PrefijoSerie.objects.all()
    }
    for lugar, orden in asked.items():
        row = known.pop(lugar, None)
        if row is None:
            prefijo, delegacion, subdelegacion = lugar
            row = PrefijoSerie(
                prefijo=prefijo, delegacion_id=delegacion, subdelegacion_id=subdelegacion
            )
            changes.nuevos += 1
        elif (row.orden, row.activo) == (orden, True):
            changes.iguales += 1
            continue
        else:
            changes.cambian += 1
        row.orden, row.activo = orden, True
        row.save()
    for row in known.values():
        if row.activo:
            row.activo = False
            row.save(update_fields=["activo"])
            changes.apagados.append(row.prefijo)
    return changes


def _read(path: Path) -> dict[Lugar, int]:
    """Return the order of each prefix and place of the file."""
    asked: dict[Lugar, int] = {}
    errores, offices = Errores(), _Oficinas()
    for fila in read_table(path, COLUMNAS).filas:
        if wrong := list(_faults(fila, offices)):
            for text in wrong:
                errores.add(fila.linea, text)
            continue
        lugar = (fila["prefijo"], *offices.of(fila))
        if lugar in asked:
            errores.add(fila.linea, "el prefijo y el lugar ya están en otra línea")
        asked[lugar] = int(fila["orden"] or 0)
    errores.raise_if_any()
    if not asked:
        raise CatalogoInvalido(f"{path.name}: no tiene ningún prefijo")
    return asked


class _Oficinas:
    """Delegaciones and subdelegaciones in force, by their keys."""

    def __init__(self) -> None:
        rows = Delegacion.objects.filter(vigente=True).values_list("clave", "pk")
        self.delegaciones: dict[str, int] = dict(rows)
        self.subdelegaciones: dict[tuple[str, str], int] = {
            (delegacion, clave): pk
            for delegacion, clave, pk in Subdelegacion.objects.filter(vigente=True).values_list(
                "delegacion__clave", "clave", "pk"
            )
        }

    def of(self, fila: Fila) -> tuple[int | None, int | None]:
        """Return the ids a line means: of a subdelegación alone, of a delegación, or of neither."""
        delegacion, subdelegacion = _clave(fila["delegacion"]), _clave(fila["subdelegacion"])
        if subdelegacion:
            return None, self.subdelegaciones[delegacion, subdelegacion]
        return (self.delegaciones[delegacion], None) if delegacion else (None, None)


def _clave(text: str) -> str:
    """Spreadsheets drop the zero in front."""
    return text.zfill(2) if text else ""


def _faults(fila: Fila, offices: _Oficinas) -> Iterator[str]:
    prefijo = fila["prefijo"]
    delegacion, subdelegacion = _clave(fila["delegacion"]), _clave(fila["subdelegacion"])
    if not _TWO_DIGITS.fullmatch(prefijo):
        yield f"prefijo «{prefijo}»: deben ser dos dígitos"
    if prefijo == DEMO_PREFIX:
        yield f"prefijo {DEMO_PREFIX}: es el de la demostración"
    if delegacion and delegacion not in offices.delegaciones:
        yield f"delegación {delegacion}: no está en el catálogo"
    elif subdelegacion and (delegacion, subdelegacion) not in offices.subdelegaciones:
        yield f"subdelegación {delegacion or '—'}-{subdelegacion}: no está en el catálogo"
    if fila["orden"] and not _ORDER.fullmatch(fila["orden"]):
        yield f"orden «{fila['orden']}»: debe ser un número"
