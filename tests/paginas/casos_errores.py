"""What the portal says when it cannot: each number of error that a browser can meet; and the admin."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.urls import reverse

from comun import reloj
from tests.paginas.mesa import Mesa
from tests.paginas.registro import caso, direccion
from tests.tramites.escena import CHECK, CLINIC, MINE, PASO1, TAXCO
from tramites.enums import Estado
from tramites.models import Solicitud
from tramites.pasos.acceso import OPEN

direccion("error-404", "/no/existe", estado=404)
direccion("error-404-ficha", "/tramites/no-existe/", estado=404)
direccion("error-405", f"{PASO1}salir/", estado=405)


@caso("error-400", estado=400)
def _(mesa: Mesa) -> None:
    mesa.ir(PASO1)
    mesa.enviar("form-captura", curp="X" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))


@caso("error-403-sesion", estado=403)
def _(mesa: Mesa) -> None:
    mesa.ir(PASO1)
    mesa.mirada.context.clear_cookies()
    mesa.enviar("form-captura")


@caso("error-409", estado=409)
def _(mesa: Mesa) -> None:
    """CONCLUIR waits for the row while another tab cancels it."""
    row = mesa.sala.pide_domicilio(cp=TAXCO)
    mesa.entrar(row)
    mesa.ir(CLINIC)
    mesa.presiona("CONTINUAR")
    assert mesa.page.url.endswith(CHECK)
    with mesa.page.expect_navigation(), transaction.atomic():
        held = Solicitud.objects.select_for_update(of=("self",)).get(pk=row.pk)
        mesa.page.get_by_role("button", name="CONCLUIR").click(no_wait_after=True)
        _await_a_waiter(mesa)
        held.advance(Estado.CANCELADA, now=reloj.now())


def _await_a_waiter(mesa: Mesa) -> None:
    with connection.cursor() as cursor:
        for _n in range(100):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            mesa.page.wait_for_timeout(50)
    raise AssertionError("nobody waits for the row")


@caso("error-500", estado=500)
def _(mesa: Mesa) -> None:
    mesa.sesion({OPEN: "no-es-un-uuid"})
    mesa.ir(MINE)


# --- the admin --------------------------------------------------------------------------------

ADMIN = "/admin/"


def staff(mesa: Mesa, *, root: bool) -> None:
    name = f"personal-{root}"
    user = User.objects.filter(username=name).first() or User.objects.create_user(
        name, password="una-clave-larga", is_staff=True, is_superuser=root
    )
    session = {"_auth_user_id": str(user.pk), "_auth_user_hash": user.get_session_auth_hash()}
    mesa.sesion({**session, "_auth_user_backend": "django.contrib.auth.backends.ModelBackend"})


direccion("admin-entrada", f"{ADMIN}login/", "admin:login", ajena=True)


@caso("admin-entrada-mal", ajena=True)
def _(mesa: Mesa) -> None:
    mesa.ir(f"{ADMIN}login/")
    mesa.enviar("login-form", username="nadie", password="nada")


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
