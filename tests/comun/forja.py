"""A forger at the audit chain, with all the rights of the database and none of its keys."""

import random
from collections.abc import Callable

from django.db import connection

from comun import bitacora, reloj

TEXTS = ("actor", "accion", "objeto", "razon", "llave")
DIGESTS = ("hmac", "hmac_previo")


def chain(count: int) -> None:
    now = reloj.now()
    for n in range(count):
        bitacora.append(accion="prueba", objeto=f"o{n}", now=now, actor=f"usuario:{n % 7}")


def run(statement: str, *params: object) -> None:
    """Change the table as its owner, with its trigger asleep."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE comun_bitacora DISABLE TRIGGER USER")
        cursor.execute(statement, params)
        cursor.execute("ALTER TABLE comun_bitacora ENABLE TRIGGER USER")


def change_text(dice: random.Random, size: int) -> set[int]:
    n, column = dice.randint(1, size), dice.choice(TEXTS)
    run(f"UPDATE comun_bitacora SET {column} = 'x' || left({column}, 10) WHERE n = %s", n)
    return {n}


def change_date(dice: random.Random, size: int) -> set[int]:
    n = dice.randint(1, size)
    run("UPDATE comun_bitacora SET fecha = fecha + interval '1 microsecond' WHERE n = %s", n)
    return {n}


def change_secuencia(dice: random.Random, size: int) -> set[int]:
    n = dice.randint(1, size)
    run("UPDATE comun_bitacora SET secuencia = gen_random_uuid() WHERE n = %s", n)
    return {n}


def change_bit(dice: random.Random, size: int) -> set[int]:
    n, column, bit = dice.randint(1, size), dice.choice(DIGESTS), dice.randrange(256)
    flip = f"set_bit({column}, {bit}, 1 - get_bit({column}, {bit}))"
    run(f"UPDATE comun_bitacora SET {column} = {flip} WHERE n = %s", n)
    return {n}


def delete(dice: random.Random, size: int) -> set[int]:
    n = dice.randint(1, size)  # the last one too: its head was told elsewhere
    run("DELETE FROM comun_bitacora WHERE n = %s", n)
    return {n}


def insert(dice: random.Random, size: int) -> set[int]:
    """Put a copy of some entry at the end, which is where there is room."""
    run(
        "INSERT INTO comun_bitacora SELECT %s, gen_random_uuid(), actor, accion, objeto, razon,"
        " fecha, llave, hmac_previo, hmac FROM comun_bitacora WHERE n = %s",
        size + 1,
        dice.randint(1, size),
    )
    return {size + 1}


def swap(dice: random.Random, size: int) -> set[int]:
    one, other = dice.sample(range(1, size + 1), 2)
    for before, after in ((one, 0), (other, one), (0, other)):
        run("UPDATE comun_bitacora SET n = %s WHERE n = %s", after, before)
    return {one, other}


def cut(dice: random.Random, size: int) -> set[int]:
    last = dice.randint(max(1, size - 20), size - 1)
    run("DELETE FROM comun_bitacora WHERE n > %s", last)
    return set(range(last + 1, size + 1))


Forja = Callable[[random.Random, int], set[int]]
FORJAS: tuple[Forja, ...] = (
    *(change_text, change_date, change_secuencia, change_bit),
    *(delete, insert, swap, cut),
)
