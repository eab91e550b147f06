"""A guesser's way in: of a thousand tries five are compared, and nothing tells which account is one."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client

from comun.personal.models import Intento
from tests.personal.entrada import CLAVE, SECOND, code_of, come_in, password, staff

pytestmark = pytest.mark.django_db
WRONG, LOCKED = "La cuenta o la contraseña no son correctas", "Hubo demasiados intentos"


class Counted(MD5PasswordHasher):
    """A hasher that says how often a password was really compared."""

    times = 0

    def encode(self, password: str, salt: str) -> str:
        Counted.times += 1
        return super().encode(password, salt)


@pytest.fixture
def counted(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    return Counted


@pytest.mark.parametrize("name", ["mesa", "nadie"])
def test_of_a_thousand_guesses_five_are_compared(client, counted, name):
    staff()
    counted.times = 0
    said = [password(client, name, f"clave-{n}").content.decode() for n in range(1000)]
    assert counted.times == 5
    assert [WRONG in page for page in said[:5]] == [True] * 5
    assert all(LOCKED in page for page in said[5:])
    assert LOCKED in password(client, name, CLAVE).content.decode()


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_are_five_too(counted):
    staff()
    counted.times = 0

    def guess(n: int) -> None:
        try:
            password(Client(), "mesa", f"clave-{n}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(40)))
    assert counted.times == 5


def test_unknown_account_is_told_and_worked_the_same(client, counted, django_assert_num_queries):
    staff()
    pages = []
    for name in ("mesa", "nadi"):
        counted.times = 0
        page = password(client, name, "no-es-esta").content.decode()
        assert counted.times == 1
        pages.append(re.sub(r'value="\w{64}"|value="(mesa|nadi)"', "", page))
    assert pages[0] == pages[1]


def test_lock_is_of_the_account_from_that_address(client):
    staff()
    for n in range(6):
        password(client, "mesa", f"clave-{n}")
    assert LOCKED in password(client, " MESA ", CLAVE).content.decode()
    elsewhere = password(Client(), "mesa", CLAVE, REMOTE_ADDR="127.0.0.2")
    assert elsewhere.status_code == 302


def test_lock_ends_in_fifteen_minutes(client):
    staff()
    for n in range(6):
        password(client, "mesa", f"clave-{n}")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE personal_intento SET cuando = cuando - interval '14 minutes 50 s'")
        assert LOCKED in password(client, "mesa", CLAVE).content.decode()
        cursor.execute("UPDATE personal_intento SET cuando = cuando - interval '10 seconds'")
    assert password(client, "mesa", CLAVE).status_code == 302


def test_one_address_tries_thirty_accounts(client):
    said = [password(client, f"n{n}", "x").content.decode() for n in range(31)]
    assert [LOCKED in page for page in said] == [False] * 30 + [True]


def test_office_that_comes_in_is_not_shut_out(client):
    staff()
    for _ in range(35):
        assert password(Client(), "mesa", CLAVE).status_code == 302


def test_of_a_thousand_codes_five_are_compared_from_anywhere(client):
    user = staff()
    come_in(client, user).logout()
    for n in range(1000):
        if n % 100 == 0:
            who = Client(REMOTE_ADDR=f"127.0.0.{n // 100 + 1}")
            password(who, "mesa", CLAVE)
        who.post(SECOND, {"codigo": "000000"})
    assert LOCKED in who.post(SECOND, {"codigo": code_of(user)}).content.decode()
    assert Intento.objects.count() == 5, "only what is compared is noted"
    assert who.get("/admin/").status_code == 302
