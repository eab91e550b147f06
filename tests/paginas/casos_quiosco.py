"""A shared computer, and the one question at the end."""

from django.conf import settings

from comun import reloj
from tests.paginas.mesa import Mesa
from tests.paginas.registro import caso, direccion
from tests.tramites.escena import MINE, PASO1
from tramites.pasos.acceso import OPEN
from tramites.pasos.quiosco import PLACE, SEEN

HOME = "/quiosco/"

direccion("quiosco", HOME, "tramites:quiosco")


def shared(mesa: Mesa) -> None:
    mesa.ir(HOME)
    mesa.enviar("form-poner")


@caso("quiosco-puesto", "tramites:quiosco_poner", sin_js=True)
def _(mesa: Mesa) -> None:
    shared(mesa)
    mesa.page.locator("main details").evaluate("one => { one.open = true }")


@caso("quiosco-quitado", "tramites:quiosco_quitar")
def _(mesa: Mesa) -> None:
    shared(mesa)
    mesa.enviar("form-quitar")


@caso("quiosco-paso-1", sin_js=True)
def _(mesa: Mesa) -> None:
    shared(mesa)
    mesa.ir(PASO1)


@caso("quiosco-resultado")
def _(mesa: Mesa) -> None:
    shared(mesa)
    mesa.sesion({OPEN: str(mesa.sala.concluida.pk)})
    mesa.ir(MINE)


@caso("quiosco-pregunta")
def _(mesa: Mesa) -> None:
    shared(mesa)
    mesa.ir(PASO1)
    mesa.page.locator("#quiosco-aviso").evaluate("one => one.showModal()")


@caso("quiosco-aviso", "tramites:quiosco_aviso", sin_js=True, avisa=True)
def _(mesa: Mesa) -> None:
    alone(mesa)
    mesa.ir(f"{HOME}aviso/")


@caso("quiosco-sigo", "tramites:quiosco_sigo")
def _(mesa: Mesa) -> None:
    alone(mesa)
    mesa.ir(f"{HOME}aviso/")
    mesa.enviar("form-sigo")


def alone(mesa: Mesa) -> None:
    """Nobody has touched this computer for a while."""
    shared(mesa)
    before = reloj.now().timestamp() - settings.QUIOSCO_ESPERA - 1
    mesa.sesion({OPEN: str(mesa.sala.concluida.pk), SEEN: before, PLACE: MINE})


@caso("quiosco-terminado", "tramites:quiosco_terminar")
def _(mesa: Mesa) -> None:
    shared(mesa)
    mesa.ir(PASO1)
    mesa.enviar("form-terminar")


# --- the question ------------------------------------------------------------------------------


def ended(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.concluida)
    mesa.ir(MINE)
    mesa.enviar("form-finalizar")


@caso("fin", "tramites:finalizar", "tramites:fin")
def _(mesa: Mesa) -> None:
    ended(mesa)


@caso("opinion-vacia")
def _(mesa: Mesa) -> None:
    ended(mesa)
    mesa.enviar("form-opinion")


@caso("opinion-dada")
def _(mesa: Mesa) -> None:
    ended(mesa)
    mesa.page.locator("[name=facilidad]").first.check()
    mesa.enviar("form-opinion")
