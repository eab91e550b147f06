"""What the inventory says must go, goes: rows past their plazo, and what is personal in those that stay.

In small transactions, as the role that serves; the audit chain keeps how many, never which.
"""

import logging
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any, Protocol, cast
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from comun import bitacora, reloj
from comun.inventario import Borrado, Tabla, Vaciado, tables

log = logging.getLogger(__name__)

BATCH = 500  # rows in a transaction


class Vaciador(Protocol):
    """A module that empties the rows of one table (Vaciado.verbo names it)."""

    def due(self, now: datetime) -> "models.QuerySet[Any]":
        """Return the rows whose plazo is over and that were not emptied yet."""
        ...

    def empty(self, ids: list[UUID], *, now: datetime) -> int:
        """Empty those, in one transaction; return how many still were due."""
        ...


@dataclass(frozen=True, slots=True)
class Depurado:
    """How many rows of one table went, or were emptied (`verbo`)."""

    modelo: str
    verbo: str
    filas: int


def purge(*, now: datetime, apply: bool = True, seconds: float | None = None) -> list[Depurado]:
    """Do, or only count, what is due of every table; stop after `seconds`, the rest waits.

    A table that cannot be purged is logged and does not stop the others.
    """
    end = None if seconds is None else time.monotonic() + seconds
    done = []
    for tabla in tables():
        for plazo in (tabla.plazo, *(campo.plazo for campo in tabla.campos.values())):
            if isinstance(plazo, Borrado | Vaciado):
                done.append(_purge_one(tabla, plazo, now=now, apply=apply, end=end))
    return [one for one in done if one.filas]


def _purge_one(
    tabla: Tabla, plazo: Borrado | Vaciado, *, now: datetime, apply: bool, end: float | None
) -> Depurado:
    verb = "borradas" if isinstance(plazo, Borrado) else "vaciadas"
    total = 0 if apply else due(tabla, plazo, now).count()
    try:
        while apply and (end is None or time.monotonic() < end):
            moved = _one_batch(tabla, plazo, now)
            total += moved
            if not moved:
                break
    except models.ProtectedError:
        log.error("depuración de %s: otra tabla la necesita", tabla.modelo)  # noqa: TRY400
    if apply and total:
        razon = f"{total} filas {verb}"
        bitacora.append(accion="depuracion", objeto=tabla.modelo, razon=razon, now=reloj.now())
    return Depurado(tabla.modelo, verb, total)


def _one_batch(tabla: Tabla, plazo: Borrado | Vaciado, now: datetime) -> int:
    rows = due(tabla, plazo, now)
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not ids:
        return 0
    if isinstance(plazo, Vaciado):
        return vaciador(plazo).empty(ids, now=now)
    with transaction.atomic():
        rows.filter(pk__in=ids).delete()
    return len(ids)


def due(tabla: Tabla, plazo: Borrado | Vaciado, now: datetime) -> "models.QuerySet[Any]":
    """Return the rows whose plazo is over at `now`."""
    if isinstance(plazo, Vaciado):
        return vaciador(plazo).due(now)
    model = apps.get_model(tabla.modelo)
    limit: datetime | date = now - timedelta(days=plazo.dias)
    if not isinstance(model._meta.get_field(plazo.campo), models.DateTimeField):
        limit = reloj.local_date(now) - timedelta(days=plazo.dias)
    rows: models.QuerySet[Any] = model._default_manager.filter(plazo.donde)
    return rows.filter(**{f"{plazo.campo}__lt": limit})


def vaciador(plazo: Vaciado) -> Vaciador:
    return cast("Vaciador", import_module(plazo.verbo))
