"""Changing the data key under load: every sealed column is sealed again with the ring's first key.

A batch is one transaction: rows locked without waiting for anybody, sealed again, and the
checkpoint moved. Killed at any point, either the batch is there with its checkpoint or neither
is. Whoever writes meanwhile writes with the first key too, so nothing goes back; a row that
somebody held is met in the next pass.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import connection, transaction
from psycopg2 import sql  # type: ignore[import-untyped]

from comun import cripto, reloj
from comun.errors import KeyUnknown
from comun.fields import SealedJsonField
from comun.models import Rotacion

BATCH = 200  # rows in a transaction: some 30 ms of locks
PASSES, HELD = 100, 0.2  # over a column; s that a row held by somebody is waited for each time
_LOCK = 0x6C6C6176  # "llav": one change at a time


class OtraEnMarcha(RuntimeError):
    """Somebody else is changing keys in this database."""


@dataclass(frozen=True, slots=True)
class Columna:
    """One sealed column."""

    field: SealedJsonField

    def names(self) -> dict[str, sql.Composable]:
        """Return table, key, its type and column, as a statement may quote them."""
        options = self.field.model._meta
        key = options.pk
        assert key is not None
        return {
            "table": sql.Identifier(options.db_table),
            "pk": sql.Identifier(key.column),
            "kind": sql.SQL(str(key.db_type(connection)).split()[0]),
            "name": sql.Identifier(self.field.column),
        }

    def __str__(self) -> str:
        return f"{self.field.model._meta.db_table}.{self.field.column}"


def columns() -> list[Columna]:
    """Return every sealed column of every model."""
    return [
        Columna(field)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, SealedJsonField)
    ]


def keys_in_use(columna: Columna) -> dict[str, int]:
    """Return how many values each key sealed, by its id."""
    query = sql.SQL(
        "SELECT encode(substring({name} FROM 2 FOR get_byte({name}, 0)), 'escape'), count(*)"
        " FROM {table} WHERE octet_length({name}) > 1 GROUP BY 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(query.format(**columna.names()))
        return dict(cursor.fetchall())


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the turn to change keys; it is lost with the connection, so also by a kill.

    Raises
        OtraEnMarcha: another process holds it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")  # counting a large table takes its time
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        (mine,) = cursor.fetchone()
        if not mine:
            raise OtraEnMarcha
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def checkpoint(lugar: str) -> Rotacion:
    """Return how far the change to the current key got in `lugar`."""
    row, _ = Rotacion.objects.get_or_create(llave=cripto.current_key(), lugar=lugar)
    return row


def advance(row: Rotacion, *, hasta: str, hechas: int) -> None:
    """Move a checkpoint, in the transaction (or after the files) that it speaks of."""
    row.hasta, row.hechas = hasta, row.hechas + hechas
    row.save(update_fields=("hasta", "hechas"))


def finish(row: Rotacion, *, now: datetime) -> None:
    row.hasta, row.terminada_en = "", now
    row.save(update_fields=("hasta", "terminada_en"))


def reseal_column(columna: Columna, *, batch: int = BATCH) -> tuple[int, list[str]]:
    """Seal again what older keys sealed in one column.

    Run it as the owner of the tables. Repeatable, resumable, and safe beside writers. Returns how
    many values it sealed, and the places of those that no key opens: they are left as they are.
    """
    row, broken = checkpoint(str(columna)), set[str]()
    before = row.hechas
    for _ in range(PASSES):
        while _reseal_batch(columna, row, batch, broken):
            pass
        if row.hasta:  # from the start, for the rows that somebody held
            advance(row, hasta="", hechas=0)
        elif _left(columna) <= len(broken):
            break
        else:
            time.sleep(HELD)
    if not _left(columna):
        finish(row, now=reloj.now())
    return row.hechas - before, sorted(broken)


def _left(columna: Columna) -> int:
    """Return how many values are not on the current key."""
    keys = keys_in_use(columna)
    return sum(keys.values()) - keys.get(cripto.current_key(), 0)


@transaction.atomic
def _reseal_batch(columna: Columna, row: Rotacion, batch: int, broken: set[str]) -> bool:
    """Seal the next rows after the checkpoint again; say if there were any."""
    names, head = columna.names(), cripto.head_of(cripto.current_key())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL portal.resello = 'si'")  # the guard of what is written once
        cursor.execute(
            sql.SQL(
                "SELECT {pk}, {name} FROM {table} WHERE substring({name} FROM 1 FOR %s) <> %s"
                " AND (%s = '' OR {pk} > nullif(%s, '')::{kind})"
                " ORDER BY {pk} LIMIT %s FOR UPDATE SKIP LOCKED"
            ).format(**names),
            [len(head), head, row.hasta, row.hasta, batch],
        )
        rows = cursor.fetchall()
        change = sql.SQL("UPDATE {table} SET {name} = %s WHERE {pk} = %s").format(**names)
        moved = 0
        for key, sealed in rows:
            place = columna.field.place_of(key)
            try:
                fresh = cripto.reseal(bytes(sealed), place=place)
            except (cripto.SealBroken, KeyUnknown):
                broken.add(place)
                continue
            cursor.execute(change, [fresh, key])
            moved += 1
    if rows:
        advance(row, hasta=str(rows[-1][0]), hechas=moved)
    return bool(rows)
