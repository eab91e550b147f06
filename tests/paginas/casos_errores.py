"""What the portal says when it cannot: each number of error that a browser can meet."""

from django.conf import settings
from django.db import connection, transaction

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
