"""The staff's way in: a password opens nothing, a code is good once, a session has an end."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from comun import outbox, reloj
from comun.models import Bitacora, Pendiente
from comun.personal import sesion
from comun.personal.models import Acceso, CodigoRecuperacion, Equipo
from tests.personal.entrada import (
    BEGIN,
    CLAVE,
    LOGIN,
    SECOND,
    account,
    activate,
    code_of,
    come_in,
    password,
    staff,
)

pytestmark = pytest.mark.django_db
INDEX = "/admin/"


def refused(client: Client) -> bool:
    return client.get(INDEX).status_code == 302


def attend() -> None:
    for pk in Pendiente.objects.waiting().values_list("pk", flat=True):
        outbox.attend(pk)


def test_first_time_is_password_then_key_then_code_then_own_password(client):
    user, clave = account()
    codes = activate(client, user, clave)
    assert len(set(codes)) == 10
    assert client.get(INDEX).url == "/admin/password_change/"
    sent = {"old_password": clave, "new_password1": CLAVE, "new_password2": CLAVE}
    assert client.post("/admin/password_change/", sent).status_code == 302
    assert client.get(INDEX).status_code == 200
    done = set(Bitacora.objects.values_list("accion", flat=True))
    assert {"personal.factor_activado", "personal.clave_cambiada", "personal.entro"} <= done


@pytest.mark.parametrize("short", ["corta", "password1234", "mesa@example.org"])
def test_weak_password_is_refused(client, short):
    user, clave = account()
    activate(client, user, clave)
    sent = {"old_password": clave, "new_password1": short, "new_password2": short}
    assert client.post("/admin/password_change/", sent).status_code == 200
    assert client.get(INDEX).url == "/admin/password_change/"


def test_password_alone_opens_nothing(client):
    user = staff()
    assert password(client, "mesa", CLAVE).url == BEGIN
    assert "_auth_user_id" not in client.session
    for page in (INDEX, "/admin/tramites/solicitud/", "/admin/codigos/", "/admin/password_change/"):
        assert client.get(page).url.startswith(LOGIN), page
    client.force_login(user)  # even a session that Django calls open
    assert refused(client)


def test_next_times_ask_the_code_and_go_where_one_was_going(client):
    user = staff()
    come_in(client, user).logout()
    listed = "/admin/tramites/solicitud/"
    client.get(listed)
    sent = {"username": "mesa", "password": CLAVE, "next": listed}
    assert client.post(LOGIN, sent).url == SECOND
    before = client.session.session_key
    assert client.post(SECOND, {"codigo": code_of(user)}).url == listed
    assert client.session.session_key != before


def test_going_elsewhere_is_not_taken(client):
    user = staff()
    come_in(client, user).logout()
    sent = {"username": "mesa", "password": CLAVE, "next": "https://otro.example/"}
    client.post(LOGIN, sent)
    assert client.post(SECOND, {"codigo": code_of(user)}).url == INDEX


def test_second_step_without_the_first_leads_to_it(client):
    assert client.get(SECOND).url == LOGIN
    assert client.post(BEGIN, {"codigo": "000000"}).url == LOGIN


def test_key_is_shown_until_it_is_proved_and_never_again(client):
    user = staff()
    password(client, "mesa", CLAVE)
    shown = client.get(BEGIN)
    key = Acceso.objects.get(usuario=user).secreto["totp"]
    assert key in shown.content.decode().replace(" ", "")
    assert "no-store" in shown["Cache-Control"]
    client.post(BEGIN, {"codigo": code_of(user)})
    password(Client(), "mesa", CLAVE)
    assert client.get(BEGIN).url == LOGIN
    assert Acceso.objects.get(usuario=user).secreto["totp"] == key


def test_looking_at_the_key_changes_nothing(client):
    user = staff()
    password(client, "mesa", CLAVE)
    before = bytes(Acceso.objects.filter(usuario=user).values_list("secreto", flat=True)[0])
    client.get(BEGIN)
    assert bytes(Acceso.objects.filter(usuario=user).values_list("secreto", flat=True)[0]) == before


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True)])
def test_code_lives_a_minute_and_a_half(client, steps, taken):
    user = staff()
    come_in(client, user).logout()
    password(client, "mesa", CLAVE)
    left = 30 - reloj.now().timestamp() % 30
    time.sleep(left if left < 2 else 0)  # the code is made and taken within one step
    answer = client.post(SECOND, {"codigo": code_of(user, steps=steps)})
    assert (answer.status_code == 302) is taken


def test_code_is_good_once(client):
    user = staff()
    come_in(client, user).logout()
    code = code_of(user)
    for who, status in ((client, 302), (Client(), 200)):
        password(who, "mesa", CLAVE)
        assert who.post(SECOND, {"codigo": code}).status_code == status


@pytest.mark.django_db(transaction=True)
def test_same_code_from_ten_browsers_at_once_opens_one():
    user = staff()
    come_in(Client(), user)
    browsers = [Client() for _ in range(5)]
    for one in browsers:
        password(one, "mesa", CLAVE)
    code = code_of(user)

    def post(one: Client) -> int:
        try:
            return one.post(SECOND, {"codigo": code}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(post, browsers)) == [200, 200, 200, 200, 302]


# --- recovery codes -------------------------------------------------------------------------


def test_recovery_code_comes_in_once_and_is_told_by_mail(client):
    user = staff()
    codes = activate(client, user, CLAVE)
    for who, status in ((Client(), 302), (Client(), 200)):
        password(who, "mesa", CLAVE)
        assert who.post(SECOND, {"codigo": codes[0].lower()}).status_code == status
    attend()
    assert any("Te quedan 9" in m.body for m in mail.outbox)


def test_recovery_codes_are_kept_as_digests_and_key_sealed(client):
    user = staff()
    codes = activate(client, user, CLAVE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT huella FROM personal_codigorecuperacion")
        kept = b"".join(bytes(row[0]) for row in cursor.fetchall())
        cursor.execute("SELECT secreto FROM personal_acceso")
        (sealed,) = cursor.fetchone()
    assert codes[0].replace(" ", "").encode() not in kept
    assert Acceso.objects.get(usuario=user).secreto["totp"].encode() not in bytes(sealed)


def test_new_codes_ask_for_one_of_the_phone_and_end_the_old(client):
    user = staff()
    old = activate(client, user, CLAVE)
    assert "<strong>10</strong>" in client.get("/admin/codigos/").content.decode()
    assert "no sirve" in client.post("/admin/codigos/", {"codigo": "000000"}).content.decode()
    page = client.post("/admin/codigos/", {"codigo": code_of(user, steps=1)}).content.decode()
    new = re.findall(r"<code>([A-Z2-7 ]{29})</code>", page)
    assert len(new) == 10
    assert not set(new) & set(old)
    assert CodigoRecuperacion.objects.count() == 10


# --- sessions ----------------------------------------------------------------------------------


def older(client: Client, **seconds: float) -> None:
    session = client.session
    session[sesion.OPEN] = {
        **session[sesion.OPEN],
        **{name: session[sesion.OPEN][name] - age for name, age in seconds.items()},
    }
    session.save()


@pytest.mark.parametrize(
    ("ages", "stays"),
    [
        ({"visto": 29 * 60}, True),
        ({"visto": 30 * 60 + 5}, False),
        ({"inicio": 8 * 3600 - 60}, True),
        ({"inicio": 8 * 3600 + 5}, False),
    ],
)
def test_session_ends_idle_or_whole(client, ages, stays):
    come_in(client, staff())
    older(client, **ages)
    answer = client.get(INDEX)
    assert (answer.status_code == 200) is stays
    if not stays:
        assert "terminó por tiempo" in client.get(answer.url).content.decode()
        assert refused(client)


def test_use_keeps_it_open_but_not_past_the_shift(client):
    come_in(client, staff())
    for _ in range(3):
        older(client, visto=20 * 60)
        assert client.get(INDEX).status_code == 200


def test_password_waits_ten_minutes_for_its_code(client):
    user = staff()
    come_in(client, user).logout()
    password(client, "mesa", CLAVE)
    session = client.session
    session[sesion.PENDING] = {**session[sesion.PENDING], "hasta": 0}
    session.save()
    assert client.post(SECOND, {"codigo": code_of(user)}).url == LOGIN


def test_new_browser_is_told_by_mail_and_the_same_one_is_not(client):
    user = staff()
    activate(client, user, CLAVE)
    client.post("/admin/logout/")
    password(client, "mesa", CLAVE)
    client.post(SECOND, {"codigo": code_of(user, steps=1)})
    attend()
    (letter,) = mail.outbox
    assert letter.to == ["mesa@example.org"]
    assert letter.subject == "[DEMO] Portal NSS: entrada desde un equipo nuevo"
    assert "desde un equipo que no habías usado: Navegador." in letter.body
    assert Equipo.objects.count() == 1
    attend()
    assert len(mail.outbox) == 1
