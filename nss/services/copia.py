"""Many rows at once: COPY into a temporary table, then one INSERT that skips the known ones."""

import io
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models

from comun.fields import SealedJsonField

_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def insert_new(rows: Sequence[models.Model]) -> set[UUID]:
    """Insert unsaved rows of one model with UUID keys; return the keys that were new.

    A row that breaks any UNIQUE of its table is skipped. Call it inside a transaction.
    """
    if not rows:
        return set()
    fields = [field for field in rows[0]._meta.concrete_fields if field.column]
    table = connection.ops.quote_name(rows[0]._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    lines = io.StringIO("".join(_line(row, fields) for row in rows))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE nueva (LIKE {table})")
        cursor.copy_expert(f"COPY nueva ({columns}) FROM STDIN", lines)
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM nueva"  # noqa: S608 - own names
            " ON CONFLICT DO NOTHING RETURNING id"
        )
        added = {row[0] for row in cursor.fetchall()}
        cursor.execute("DROP TABLE nueva")
    return added


def _line(row: models.Model, fields: Iterable[Any]) -> str:
    return "\t".join(_text(_value(row, field)) for field in fields) + "\n"


def _value(row: models.Model, field: Any) -> Any:
    value = row.__dict__[field.attname]
    return field.sealed_for(row, value) if isinstance(field, SealedJsonField) else value


def _text(value: Any) -> str:
    """One value in COPY's text format."""
    if value is None:
        return r"\N"
    if isinstance(value, bytes):
        return rf"\\x{value.hex()}"
    return str(value).translate(_ESCAPES)
