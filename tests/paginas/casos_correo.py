"""The mailbox proved: the page that waits, the code, the link in all its ways to fail."""

from playwright.sync_api import expect

from comun import reloj
from tests.paginas.mesa import Mesa
from tests.paginas.registro import caso, direccion
from tests.tramites.escena import LINK, WAIT
from tramites.models import Solicitud
from tramites.pasos.acceso import BEGUN
from tramites.pasos.envios import ASKED
from tramites.rules import LAST4_TRIES, LAST4_TRIES_A_DAY
from tramites.services import confirmacion
from tramites.topes import TOPES

CODE, MAILBOX, LAST4 = "form-codigo", "form-correo", "form-confirmar"
WRONG = "000000"


def waiting(mesa: Mesa) -> Solicitud:
    row = mesa.sala.abierta()
    mesa.empezar(row)
    return row


@caso("confirmacion", "tramites:confirmacion")
def _(mesa: Mesa) -> None:
    waiting(mesa)
    mesa.ir(WAIT)


@caso("codigo-vacio", sin_js=True)
def _(mesa: Mesa) -> None:
    waiting(mesa)
    mesa.ir(WAIT)
    mesa.enviar(CODE, codigo="")


@caso("codigo-equivocado")
def _(mesa: Mesa) -> None:
    waiting(mesa)
    mesa.ir(WAIT)
    mesa.enviar(CODE, codigo=WRONG)


@caso("codigo-agotado")
def _(mesa: Mesa) -> None:
    row = waiting(mesa)
    row.confirmaciones.update(intentos=99)
    mesa.ir(WAIT)
    mesa.enviar(CODE, codigo=WRONG)


@caso("codigo-vencido")
def _(mesa: Mesa) -> None:
    row = waiting(mesa)
    code = mesa.sala.codigo(row)
    mesa.sala.envejece(row, days=2)
    mesa.ir(WAIT)
    mesa.enviar(CODE, codigo=code)


@caso("codigo-usado")
def _(mesa: Mesa) -> None:
    row = waiting(mesa)
    code = mesa.sala.codigo(row)
    confirmacion.confirm_by_code(solicitud_id=row.pk, codigo=code, now=reloj.now())
    mesa.ir(WAIT)
    mesa.enviar(CODE, codigo=code)


@caso("reenvio-pronto", "tramites:reenviar")
def _(mesa: Mesa) -> None:
    waiting(mesa)
    mesa.ir(WAIT)
    mesa.presiona("Enviar otra vez")


@caso("reenvio-hecho", "tramites:reenviar")
def _(mesa: Mesa) -> None:
    mesa.sala.envejece(waiting(mesa), minutes=10)
    mesa.ir(WAIT)
    mesa.presiona("Enviar otra vez")


@caso("reenvio-muchos")
def _(mesa: Mesa) -> None:
    row = mesa.sala.abierta()
    asked = [reloj.now().timestamp()] * TOPES.pareja.most
    mesa.sesion({BEGUN: str(row.pk), ASKED: {str(row.pk): asked}})
    mesa.ir(WAIT)


@caso("cambiar-correo", "tramites:cambiar_correo")
def _(mesa: Mesa) -> None:
    waiting(mesa)
    mesa.ir(f"{WAIT}correo/")


@caso("cambiar-correo-mal")
def _(mesa: Mesa) -> None:
    waiting(mesa)
    mesa.ir(f"{WAIT}correo/")
    mesa.enviar(MAILBOX, correo="ana@")


@caso("cambiar-correo-hecho")
def _(mesa: Mesa) -> None:
    mesa.sala.envejece(waiting(mesa), minutes=10)
    mesa.ir(f"{WAIT}correo/")
    mesa.enviar(MAILBOX, correo="eva@example.org")


# --- the link ------------------------------------------------------------------------------


@caso("liga-mismo-navegador", "tramites:enlace", "tramites:confirmar")
def _(mesa: Mesa) -> None:
    mesa.ir(mesa.sala.liga(waiting(mesa)))


@caso("liga-otro-equipo", sin_js=True)
def _(mesa: Mesa) -> None:
    mesa.ir(mesa.sala.liga(mesa.sala.abierta()))


@caso("liga-ultimos-vacio")
def _(mesa: Mesa) -> None:
    mesa.ir(mesa.sala.liga(mesa.sala.abierta()))
    mesa.enviar(LAST4, ultimos4="")


@caso("liga-ultimos-mal")
def _(mesa: Mesa) -> None:
    mesa.ir(mesa.sala.liga(mesa.sala.abierta()))
    mesa.enviar(LAST4, ultimos4="ZZZ9")


@caso("liga-agotada", estado=410)
def _(mesa: Mesa) -> None:
    row = mesa.sala.abierta()
    row.confirmaciones.update(intentos_enlace=LAST4_TRIES)
    mesa.ir(mesa.sala.liga(row))


@caso("liga-agotada-por-hoy", estado=410)
def _(mesa: Mesa) -> None:
    row = mesa.sala.abierta()
    row.confirmaciones.update(intentos_enlace=LAST4_TRIES_A_DAY)
    mesa.ir(mesa.sala.liga(row))


@caso("liga-vencida", estado=410)
def _(mesa: Mesa) -> None:
    row = mesa.sala.abierta()
    mesa.sala.envejece(row, days=2)
    mesa.ir(mesa.sala.liga(row))


@caso("liga-usada", estado=410)
def _(mesa: Mesa) -> None:
    row = mesa.sala.abierta()
    path = mesa.sala.liga(row)
    row.confirmaciones.update(enlace_usado_en=reloj.now())
    mesa.ir(path)


@caso("liga-usada-con-tramite-abierto", estado=410)
def _(mesa: Mesa) -> None:
    row = mesa.sala.abierta()
    path = mesa.sala.liga(row)
    row.confirmaciones.update(enlace_usado_en=reloj.now())
    mesa.entrar(mesa.sala.concluida)
    mesa.ir(path)


@caso("liga-sustituida", estado=410)
def _(mesa: Mesa) -> None:
    row = mesa.sala.abierta()
    path = mesa.sala.liga(row)
    mesa.sala.renovada(row)
    mesa.ir(path)


direccion("liga-desconocida", f"{LINK}no-existe", estado=410)


@caso("liga-nueva", "tramites:renovar", "tramites:liga_nueva")
def _(mesa: Mesa) -> None:
    row = mesa.sala.abierta()
    path = mesa.sala.liga(row)
    mesa.sala.envejece(row, days=2)
    mesa.ir(path)
    mesa.presiona("Enviarme una liga nueva")
    expect(mesa.page.get_by_role("heading", level=1)).to_be_visible()
