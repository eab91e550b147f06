"""The staff's pages: the way in with its two steps, and every table of the admin."""

import itertools

from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from tests.paginas.mesa import Mesa
from tests.paginas.registro import caso, direccion
from tests.personal.entrada import CLAVE, code_of, proved
from tests.tramites.escena import MINE
from tramites.models import Solicitud

CODE, WHO = "form-codigo", f"{MINE}quien-consulto/"
_names = itertools.count(1)

ADMIN = "/admin/"


def staff(mesa: Mesa, *, root: bool) -> None:
    name = f"personal-{root}"
    user = User.objects.filter(username=name).first() or User.objects.create_user(
        name, password=CLAVE, is_staff=True, is_superuser=root
    )
    mesa.personal(user)


def at_the_second_step(mesa: Mesa, *, active: bool) -> None:
    """Somebody whose password was right a moment ago."""
    name = f"personal-{active}-{next(_names)}"
    user = User.objects.create_user(name, f"{name}@example.org", CLAVE, is_staff=True)
    if active:
        proved(user)
    mesa.ir(f"{ADMIN}login/")
    mesa.enviar("login-form", username=name, password=CLAVE)


direccion("admin-entrada", f"{ADMIN}login/", "admin:login", ajena=True)


@caso("admin-entrada-mal", ajena=True)
def _(mesa: Mesa) -> None:
    mesa.ir(f"{ADMIN}login/")
    mesa.enviar("login-form", username="nadie", password="nada")


@caso("admin-entrada-vacia", ajena=True)
def _(mesa: Mesa) -> None:
    mesa.ir(f"{ADMIN}login/")
    mesa.enviar("login-form", username="", password="")


@caso("admin-entrada-detenida", ajena=True)
def _(mesa: Mesa) -> None:
    for _n in range(6):
        mesa.ir(f"{ADMIN}login/")
        mesa.enviar("login-form", username="nadie-mas", password="nada")


@caso("admin-activar", "admin:activar", ajena=True)
def _(mesa: Mesa) -> None:
    at_the_second_step(mesa, active=False)


@caso("admin-activar-mal", ajena=True)
def _(mesa: Mesa) -> None:
    at_the_second_step(mesa, active=False)
    mesa.enviar(CODE, codigo="")


@caso("admin-activar-hecho", ajena=True)
def _(mesa: Mesa) -> None:
    at_the_second_step(mesa, active=False)
    mesa.enviar(CODE, codigo=code_of(User.objects.latest("pk")))


@caso("admin-segundo-paso", "admin:segundo_paso", ajena=True, sin_js=True)
def _(mesa: Mesa) -> None:
    at_the_second_step(mesa, active=True)


@caso("admin-segundo-paso-mal", ajena=True)
def _(mesa: Mesa) -> None:
    at_the_second_step(mesa, active=True)
    mesa.enviar(CODE, codigo="000000")


@caso("admin-codigos", "admin:codigos", ajena=True)
def _(mesa: Mesa) -> None:
    staff(mesa, root=True)
    mesa.ir(f"{ADMIN}codigos/")


@caso("admin-cambia-clave", ajena=True)
def _(mesa: Mesa) -> None:
    staff(mesa, root=True)
    mesa.ir(f"{ADMIN}password_change/")


@caso("admin-cambia-clave-mal", ajena=True)
def _(mesa: Mesa) -> None:
    staff(mesa, root=True)
    mesa.ir(f"{ADMIN}password_change/")
    mesa.enviar("form-clave", old_password="nada", new_password1="corta", new_password2="otra")


def at_a_reveal(mesa: Mesa, model: str = "tramites_solicitud") -> Solicitud:
    staff(mesa, root=True)
    row = mesa.sala.concluida
    row.refresh_from_db()
    pk = row.asegurado_id if model == "nss_asegurado" else row.pk
    mesa.ir(reverse(f"admin:{model}_revelar", args=(pk,)))
    return row


@caso("admin-revelar", "admin:tramites_solicitud_revelar", ajena=True, sin_js=True)
def _(mesa: Mesa) -> None:
    at_a_reveal(mesa)


@caso("admin-revelar-asegurado", "admin:nss_asegurado_revelar", ajena=True)
def _(mesa: Mesa) -> None:
    at_a_reveal(mesa, "nss_asegurado")


@caso("admin-revelar-mal", ajena=True)
def _(mesa: Mesa) -> None:
    at_a_reveal(mesa)
    mesa.enviar("form-revelar", dato="", motivo="", referencia="")


@caso("admin-revelar-hecho", ajena=True)
def _(mesa: Mesa) -> None:
    at_a_reveal(mesa)
    mesa.enviar("form-revelar", dato="nss", motivo="ayuda", referencia="Caso 123/2026")


@caso("admin-fila-revelable", ajena=True)
def _(mesa: Mesa) -> None:
    staff(mesa, root=True)
    mesa.ir(reverse("admin:tramites_solicitud_change", args=(mesa.sala.concluida.pk,)))


@caso("quien-consulto-nadie")
def _(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.confirmada())
    mesa.ir(WHO)


@caso("quien-consulto", "tramites:quien_consulto", sin_js=True)
def _(mesa: Mesa) -> None:
    row = at_a_reveal(mesa)
    mesa.enviar("form-revelar", dato="nss", motivo="ayuda", referencia="Caso 123/2026")
    mesa.mirada.context.clear_cookies()
    mesa.entrar(row)
    mesa.ir(WHO)


direccion("quien-consulto-sin-sesion", WHO, estado=403)


@caso("admin-portada", "admin:index", ajena=True)
def _(mesa: Mesa) -> None:
    staff(mesa, root=True)
    mesa.ir(ADMIN)


@caso("error-403", estado=403)
def _(mesa: Mesa) -> None:
    staff(mesa, root=False)
    mesa.ir(reverse("admin:tramites_solicitud_changelist"))


def table(label: str) -> None:
    @caso(f"admin-{label}", f"admin:{label}_changelist", ajena=True)
    def _(mesa: Mesa) -> None:
        staff(mesa, root=True)
        mesa.ir(reverse(f"admin:{label}_changelist"))


for model in admin.site._registry:
    table(model._meta.label_lower.replace(".", "_"))
