"""The audit chain: whole while untouched, and it names the row that was."""

import pytest
from django.db import DatabaseError, connection, transaction

from comun import bitacora, reloj
from comun.models import Bitacora

pytestmark = pytest.mark.django_db


def entries(count: int) -> list[Bitacora]:
    now = reloj.now()
    return [bitacora.append(accion="prueba", objeto=f"o{n}", now=now) for n in range(count)]


def tamper(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE comun_bitacora DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE comun_bitacora ENABLE TRIGGER USER")


def test_untouched_chain_is_whole():
    rows = entries(5)
    assert [row.n for row in rows] == [1, 2, 3, 4, 5]
    assert bitacora.broken_rows() == []


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE comun_bitacora SET objeto = 'otro' WHERE n = 3", [3]),
        ("UPDATE comun_bitacora SET fecha = fecha + interval '1 second' WHERE n = 2", [2]),
        ("DELETE FROM comun_bitacora WHERE n = 3", [3]),
        ("UPDATE comun_bitacora SET hmac = hmac_previo WHERE n = 4", [4]),
        ("UPDATE comun_bitacora SET llave = 'otra' WHERE n = 1", [1]),
        ("UPDATE comun_bitacora SET n = 0 WHERE n = 3", [0, 3]),
    ],
)
def test_tampering_is_named(statement, named):
    entries(5)
    tamper(statement)
    assert bitacora.broken_rows() == named


@pytest.mark.parametrize(
    "verb", ["UPDATE comun_bitacora SET objeto = 'x'", "DELETE FROM comun_bitacora"]
)
def test_database_refuses_to_change_an_entry(verb):
    entries(1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)
