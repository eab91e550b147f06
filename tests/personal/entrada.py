"""How a test comes in as staff: by the whole road, or with both steps already proved."""

import io
import re

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from comun import reloj
from comun.personal import rules, sesion, tasks  # noqa: F401 - registers the step
from comun.personal.models import Acceso
from comun.personal.services import factor

LOGIN, SECOND, BEGIN = "/admin/login/", "/admin/segundo-paso/", "/admin/activar/"
CLAVE = "una-clave-larga-y-mia"


def account(name: str = "mesa", *options: str) -> tuple[User, str]:
    """Make an account as an operator does; return it and the password that was shown once."""
    said = io.StringIO()
    call_command("crear_personal", name, "--correo", f"{name}@example.org", *options, stdout=said)
    found = re.search(r"Clave:\s+(\S+)", said.getvalue())
    assert found
    return User.objects.get(username=name), found[1]


def staff(name: str = "mesa") -> User:
    """Somebody whose password is their own already, and who has not come in yet."""
    return User.objects.create_user(name, f"{name}@example.org", CLAVE, is_staff=True)


def proved(user: User) -> dict[str, object]:
    """Return what the session of `user` holds once both steps are proved."""
    acceso = factor.begin(user)
    Acceso.objects.filter(pk=acceso.pk).update(
        confirmado_en=acceso.confirmado_en or reloj.now(), clave_temporal=False
    )
    moment = reloj.now().timestamp()
    return {sesion.OPEN: {"acceso": str(acceso.pk), "inicio": moment, "visto": moment}}


def come_in(client: Client, user: User) -> Client:
    """Give `client` the session of somebody who proved both steps."""
    client.force_login(user)
    session = client.session
    session.update(proved(user))
    session.save()
    return client


def code_of(user: User, *, steps: int = 0) -> str:
    """Return what the person's phone shows, so many steps from now."""
    acceso = Acceso.objects.get(usuario=user)
    here = rules.step_of(reloj.now().timestamp())
    return rules.code_at(rules.from_base32(acceso.secreto["totp"]), here + steps)


def password(client: Client, name: str, clave: str, **extra: str):
    return client.post(LOGIN, {"username": name, "password": clave, "next": ""}, **extra)


def activate(client: Client, user: User, clave: str) -> list[str]:
    """Come in for the first time; return the recovery codes."""
    assert password(client, user.username, clave).url == BEGIN
    page = client.post(BEGIN, {"codigo": code_of(user)})
    return re.findall(r"<code>([A-Z2-7 ]{29})</code>", page.content.decode())
