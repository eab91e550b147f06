"""Adding a key to the blind indexes: each is covered with it, in one transaction, nobody at work.

Nothing is opened: what an index is of need not be known (cripto.reindex). It cannot be done
beside writers, because two of them with different keys would register one person twice; so it
refuses while the role that serves is connected, and the witness changes in the same transaction:
who was not told of the key does not start again.
"""

from collections import defaultdict

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from psycopg2 import extras, sql  # type: ignore[import-untyped]

from comun import cripto, testigo
from comun.fields import BlindIndexField

BATCH = 5_000  # rows


class EnMarcha(RuntimeError):
    """The portal is running: so many connections of the role that serves."""


class LlaveAjena(RuntimeError):
    """The keys behind the first are not those this database was written with."""


def tables() -> dict[type[Model], list[str]]:
    """Return the columns of blind indexes, by model."""
    found: dict[type[Model], list[str]] = defaultdict(list)
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, BlindIndexField):
                found[model].append(str(field.column))
    return found


@transaction.atomic(durable=True)
def reindex_all() -> dict[str, int]:
    """Cover every index with the ring's first key; return how many rows of each table changed.

    Run it as the owner of the tables. Repeatable: with nothing to do it does nothing, and after
    a kill it begins again.

    Raises
        EnMarcha, LlaveAjena: nothing was changed.
    """
    if testigo.fits():
        return {}
    if not testigo.fits(without_first=True):
        raise LlaveAjena
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL portal.resello = 'si'")  # the guard of what is written once
        for model in tables():
            cursor.execute(
                sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(
                    sql.Identifier(model._meta.db_table)
                )
            )
    refuse_company()
    done = {model._meta.db_table: _reindex(model, names) for model, names in tables().items()}
    testigo.change()
    return done


def refuse_company() -> None:
    """Raise EnMarcha if whoever serves is connected to this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND usename = %s AND pid <> pg_backend_pid()",
            [settings.ROL_SERVICIO],
        )
        (count,) = cursor.fetchone()
    if count:
        raise EnMarcha(count)


def _reindex(model: type[Model], names: list[str]) -> int:
    key = model._meta.pk
    assert key is not None
    pk, table = sql.Identifier(key.column), sql.Identifier(model._meta.db_table)
    columns = [sql.Identifier(name) for name in names]
    read = sql.SQL(
        "SELECT {pk}, {columns} FROM {table} WHERE %s OR {pk} > %s ORDER BY {pk} LIMIT %s"
    ).format(pk=pk, columns=sql.SQL(", ").join(columns), table=table)
    write = sql.SQL(
        "UPDATE {table} SET {sets} FROM (VALUES %s) AS v(k, {news}) WHERE {pk} = k"
    ).format(
        table=table,
        pk=sql.SQL("{}.{}").format(table, pk),
        sets=sql.SQL(", ").join(
            sql.SQL("{} = v.n{}").format(name, sql.SQL(str(n))) for n, name in enumerate(columns)
        ),
        news=sql.SQL(", ").join(sql.SQL(f"n{n}") for n in range(len(columns))),
    )
    kinds = ["%s::" + str(key.db_type(connection)).split()[0], *["%s::bytea"] * len(columns)]
    done, last = 0, None
    with connection.cursor() as cursor:
        while True:
            cursor.execute(read, [last is None, last, BATCH])
            rows = cursor.fetchall()
            if not rows:
                return done
            fresh = [(row[0], *map(_covered, row[1:])) for row in rows]
            extras.execute_values(
                cursor.cursor, write, fresh, template=f"({', '.join(kinds)})", page_size=BATCH
            )
            done, last = done + len(rows), rows[-1][0]


def _covered(index: memoryview | None) -> bytes | None:
    return None if index is None else cripto.reindex(bytes(index))
