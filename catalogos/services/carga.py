"""What every load shares: the difference it makes, and the version it leaves."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, models

from catalogos.enums import Catalogo
from catalogos.lectura.archivos import Procedencia
from catalogos.models import VersionCatalogo

SAMPLE = 5

Row = TypeVar("Row", bound=models.Model)
Key = TypeVar("Key", bound=Hashable)


@dataclass(slots=True, kw_only=True)
class Diferencia:
    """How the catalogue differs from the file; `ejemplos` shows a few rows of each kind."""

    nuevos: int = 0
    cambian: int = 0
    retiran: int = 0
    iguales: int = 0
    ejemplos: dict[str, list[str]] = field(default_factory=dict)
    avisos: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.nuevos or self.cambian or self.retiran)

    @property
    def filas(self) -> int:
        return self.nuevos + self.cambian + self.iguales


def hold_catalogues() -> None:
    """Wait for any other load to end; the lock goes with the transaction.

    A load takes the time it takes: the limits of a page do not count in it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('catalogos'))")


def keep_version(
    catalogo: Catalogo, procedencia: Procedencia, diferencia: Diferencia, *, now: datetime
) -> None:
    """Note the load, unless it is the version already held and changes nothing."""
    current = VersionCatalogo.objects.current(catalogo)
    if diferencia.is_empty and current and current.hash == procedencia.hash:
        return
    VersionCatalogo.objects.create(
        catalogo=catalogo,
        fuente=procedencia.fuente[:200],
        fecha_corte=procedencia.fecha_corte,
        hash=procedencia.hash,
        filas=diferencia.filas,
        aplicada_en=now,
    )


def sync(
    model: type[Row],
    *,
    current: Mapping[Key, Row],
    wanted: Mapping[Key, Mapping[str, Any]],
    retire: Callable[[Row], bool],
) -> Diferencia:
    """Make the rows of `current` be those of `wanted`: add, change, retire, never delete.

    `retire` takes a row out of force and returns False if it already was.
    """
    new = [model(**values) for key, values in wanted.items() if key not in current]
    changed = [row for key, row in current.items() if key in wanted and _set(row, wanted[key])]
    gone = [row for key, row in current.items() if key not in wanted and retire(row)]
    kept = len(wanted) - len(new) - len(changed)
    columns = [f.name for f in model._meta.concrete_fields if not f.primary_key]
    model._default_manager.bulk_create(new, batch_size=1000)
    model._default_manager.bulk_update([*changed, *gone], columns, batch_size=500)
    return Diferencia(
        nuevos=len(new),
        cambian=len(changed),
        retiran=len(gone),
        iguales=kept,
        ejemplos={
            "nuevos": _named(new),
            "cambian": _named(changed),
            "retiran": _named(gone),
        },
    )


def _set(row: models.Model, values: Mapping[str, Any]) -> bool:
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _named(rows: Iterable[models.Model]) -> list[str]:
    return [str(row) for _, row in zip(range(SAMPLE), rows, strict=False)]


def take_out_of_force(row: Any) -> bool:
    """Clear `vigente`; return False if it was clear."""
    was, row.vigente = row.vigente, False
    return bool(was)
