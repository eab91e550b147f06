"""Where numbers come from: the open series of a place, and the one statement that takes from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from nss.errors import SerieAgotada
from nss.values import Nss


@dataclass(frozen=True, slots=True, kw_only=True)
class Lugar:
    """Where the person is registered. `entidad`: two letters of that place, not of birth."""

    delegacion_id: int | None = None
    subdelegacion_id: int | None = None
    unidad_id: int | None = None
    entidad: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Anios:
    """Two-digit years of a series: births of 1926 and 2026 share one counter."""

    alta: int
    nacimiento: int

    @classmethod
    def of(cls, *, alta: date, nacimiento: date) -> "Anios":
        return cls(alta.year % 100, nacimiento.year % 100)


@dataclass(frozen=True, slots=True)
class Candidata:
    """A prefix of the place, and its series for the years if it has been opened."""

    prefijo: str
    serie_id: int | None


@dataclass(frozen=True, slots=True)
class Tomado:
    """One number, just given."""

    numero_id: int
    nss: Nss
    asegurado_id: UUID
    serie_id: int
    consecutivo: int


# The subdelegación's own prefixes, then its delegación's, then everybody's. A full series is
# full for ever (numbers are never given back), so those committed as full are left out.
_CANDIDATES = """
SELECT p.prefijo, s.id
  FROM nss_prefijoserie p
  LEFT JOIN nss_serie s ON s.prefijo = p.prefijo
        AND s.anio_alta = %(alta)s AND s.anio_nacimiento = %(nacimiento)s
 WHERE p.activo AND coalesce(s.siguiente, 0) < 10000
   AND (p.subdelegacion_id = %(subdelegacion)s
        OR p.delegacion_id = %(delegacion)s
        OR (p.subdelegacion_id IS NULL AND p.delegacion_id IS NULL))
 ORDER BY p.subdelegacion_id IS NULL, p.delegacion_id IS NULL, p.orden, p.prefijo, p.id
"""
_OPEN = """
INSERT INTO nss_serie (prefijo, anio_alta, anio_nacimiento, siguiente)
VALUES (%(prefijo)s, %(alta)s, %(nacimiento)s, 0)
    ON CONFLICT (prefijo, anio_alta, anio_nacimiento) DO NOTHING
"""
_FIND = """
SELECT id FROM nss_serie
 WHERE prefijo = %(prefijo)s AND anio_alta = %(alta)s AND anio_nacimiento = %(nacimiento)s
"""
# One statement: the counter moves and the numbers are born, or neither. The row stays locked until
# the caller commits, so a rollback gives the numbers back before anybody took the next one.
_TAKE = """
WITH tomada AS (
  UPDATE nss_serie SET siguiente = siguiente + %(cuantos)s
   WHERE id = %(serie)s AND siguiente + %(cuantos)s <= 10000
  RETURNING id, prefijo, anio_alta, anio_nacimiento, siguiente - %(cuantos)s AS primero)
INSERT INTO nss_numero (nss, asegurado_id, serie_id, consecutivo, estado, fecha_alta)
SELECT nss_compone(tomada.prefijo, tomada.anio_alta, tomada.anio_nacimiento,
                   (tomada.primero + alta.k - 1)::int),
       alta.asegurado, tomada.id, tomada.primero + alta.k - 1, 'vigente', alta.fecha
  FROM tomada,
       unnest(%(asegurados)s::uuid[], %(fechas)s::date[]) WITH ORDINALITY
         AS alta(asegurado, fecha, k)
RETURNING id, nss, asegurado_id, serie_id, consecutivo
"""


def candidates(lugar: Lugar, anios: Anios) -> list[Candidata]:
    """Return, in order, the prefixes of `lugar` that may still have a number."""
    return [Candidata(*row) for row in _rows(_CANDIDATES, _place(lugar) | _years(anios))]


def take_one(*, lugar: Lugar, anios: Anios, asegurado_id: UUID, fecha: date) -> Tomado:
    """Give the next number of the first series with room.

    Raises
        SerieAgotada: every series of the place is full for these years.
    """
    for candidata in candidates(lugar, anios):
        if taken := take(open_series(candidata, anios), [(asegurado_id, fecha)]):
            return taken[0]
    raise SerieAgotada(
        delegacion=lugar.delegacion_id,
        subdelegacion=lugar.subdelegacion_id,
        alta=anios.alta,
        nacimiento=anios.nacimiento,
    )


def open_series(candidata: Candidata, anios: Anios) -> int:
    """Return the id of the candidate's series, made now if it is the first time."""
    if candidata.serie_id is not None:
        return candidata.serie_id
    params = {"prefijo": candidata.prefijo} | _years(anios)
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, params)
    return int(_rows(_FIND, params)[0][0])


def take(serie_id: int, altas: Sequence[tuple[UUID, date]]) -> list[Tomado]:
    """Give consecutive numbers to all of `altas`, in order; to none if they do not fit."""
    rows = _rows(
        _TAKE,
        {
            "serie": serie_id,
            "cuantos": len(altas),
            "asegurados": [str(asegurado) for asegurado, _ in altas],
            "fechas": [fecha for _, fecha in altas],
        },
    )
    return [Tomado(row[0], Nss(row[1]), *row[2:]) for row in rows]


def _place(lugar: Lugar) -> dict[str, Any]:
    return {"subdelegacion": lugar.subdelegacion_id, "delegacion": lugar.delegacion_id}


def _years(anios: Anios) -> dict[str, Any]:
    return {"alta": anios.alta, "nacimiento": anios.nacimiento}


def _rows(statement: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())
