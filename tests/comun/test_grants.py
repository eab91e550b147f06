"""The role that serves works with rows and cannot rewrite history, whatever the code tries."""

import os

import psycopg2
import pytest
from django.db import connection
from psycopg2 import errors

from comun.grants import APPEND_ONLY, CHANGES_ONLY


@pytest.fixture
def runtime(db):
    """A connection of the runtime role to the tests' database."""
    url = os.environ["DATABASE_URL"]
    dsn = url.replace("/portal?", f"/{connection.settings_dict['NAME']}?")
    link = psycopg2.connect(dsn)
    link.autocommit = True
    yield link.cursor()
    link.close()


def test_it_is_no_superuser_and_owns_nothing(runtime):
    runtime.execute("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user")
    assert runtime.fetchone() == (False, False)
    runtime.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
    assert runtime.fetchone() == (0,)


@pytest.mark.parametrize("table", [*APPEND_ONLY, *CHANGES_ONLY])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET {} = {}"])
def test_history_is_out_of_its_reach(runtime, table, verb):
    runtime.execute(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a"
        " ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)"
        " WHERE i.indrelid = %s::regclass AND i.indisprimary",
        [table],
    )
    (key,) = runtime.fetchone()
    with pytest.raises(errors.InsufficientPrivilege):
        runtime.execute(verb.format(table, key, key))


@pytest.mark.parametrize(("table", "columns"), CHANGES_ONLY.items())
def test_what_may_change_may(runtime, table, columns):
    for column in columns.split(", "):
        runtime.execute(f"UPDATE {table} SET {column} = {column} WHERE false")


@pytest.mark.parametrize("table", ["tramites_solicitud", "nss_serie", "comun_pendiente"])
def test_the_rest_it_works_with(runtime, table):
    runtime.execute(f"SELECT count(*) FROM {table}")
    runtime.execute(f"DELETE FROM {table} WHERE false")


@pytest.mark.parametrize("statement", ["DROP TABLE nss_numero", "ALTER TABLE nss_numero ADD x int"])
def test_it_cannot_change_a_table(runtime, statement):
    with pytest.raises(errors.InsufficientPrivilege):
        runtime.execute(statement)
