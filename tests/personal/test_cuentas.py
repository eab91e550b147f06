"""How an account ends, how its second step is made again, and the arithmetic of the codes."""

import doctest
import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from comun import reloj
from comun.models import Bitacora
from comun.personal import rules
from comun.personal.models import Acceso, Equipo
from comun.personal.services import equipos
from tests.personal.entrada import BEGIN, CLAVE, account, activate, come_in, password

# RFC 6238, appendix B: seconds and the last six digits, for SHA-1.
VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_codes_are_those_of_the_standard(seconds, code):
    assert rules.code_at(b"12345678901234567890", rules.step_of(seconds)) == code


@pytest.mark.parametrize("module", [rules, equipos])
def test_examples_hold(module):
    assert doctest.testmod(module).failed == 0


def run(*args: str) -> str:
    said = io.StringIO()
    call_command(*args, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_who_leaves_is_out_at_once(client):
    user, clave = account()
    activate(client, user, clave)
    come_in(other := Client(), user)
    stranger = come_in(Client(), User.objects.create_superuser("jefa", password=CLAVE))
    said = run("dar_de_baja_personal", "mesa", "--motivo", "salida")
    assert "sesiones terminadas: 2" in said
    assert [c.get("/admin/").status_code for c in (client, other, stranger)] == [302, 302, 200]
    assert password(Client(), "mesa", clave).status_code == 200
    user.refresh_from_db()
    assert (user.is_active, user.is_staff, user.user_permissions.count()) == (False, False, 0)
    assert not Acceso.objects.filter(usuario=user).exists()
    assert not Equipo.objects.filter(usuario=user).exists()
    entry = Bitacora.objects.get(accion="personal.baja")
    assert (entry.objeto, entry.razon) == (f"usuario:{user.pk}", "salida")


@pytest.mark.django_db
def test_lost_phone_ends_sessions_and_asks_for_another(client):
    user, clave = account()
    activate(client, user, clave)
    old = Acceso.objects.get(usuario=user)
    said = run("restablecer_doble_factor", "mesa", "--motivo", "extravio")
    assert "sesiones terminadas: 1" in said
    assert client.get("/admin/").status_code == 302
    assert password(Client(), "mesa", clave).url == BEGIN
    fresh = Acceso.objects.get(usuario=user)
    assert fresh.pk != old.pk
    assert fresh.clave_temporal
    assert not fresh.codigos.exists()
    assert Bitacora.objects.filter(accion="personal.factor_restablecido").count() == 1


@pytest.mark.django_db
def test_session_of_a_factor_that_is_no_more_is_closed(client):
    user = User.objects.create_superuser("jefa", password=CLAVE)
    come_in(client, user)
    Acceso.objects.filter(usuario=user).delete()
    assert client.get("/admin/").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["dar_de_baja_personal", "restablecer_doble_factor"])
def test_commands_name_what_is_wrong(command):
    with pytest.raises(CommandError, match="No existe la cuenta «nadie»"):
        call_command(command, "nadie", "--motivo", "sospecha")


@pytest.mark.django_db
def test_factor_without_a_key_cannot_be_active():
    user = User.objects.create_user("mesa")
    with pytest.raises(IntegrityError, match="secret"), transaction.atomic():
        Acceso.objects.create(usuario=user, confirmado_en=reloj.now())


@pytest.mark.django_db
def test_password_given_by_another_has_to_be_changed(client):
    come_in(client, User.objects.create_superuser("jefa", password=CLAVE))
    other = User.objects.create_user("mesa", password=CLAVE, is_staff=True)
    come_in(desk := Client(), other)
    sent = {"usable_password": "true", "password1": f"{CLAVE}2", "password2": f"{CLAVE}2"}
    assert client.post(f"/admin/auth/user/{other.pk}/password/", sent).status_code == 302
    assert Acceso.objects.get(usuario=other).clave_temporal
    assert desk.get("/admin/").status_code == 302, "the session of the old password is over"
    new = {**sent, "username": "nueva"}
    assert client.post("/admin/auth/user/add/", new).status_code == 302
    assert Acceso.objects.get(usuario__username="nueva").clave_temporal
