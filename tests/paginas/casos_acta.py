"""Mode `acta`: the questions of the certificate after the proof, and again when they failed."""

from contextlib import contextmanager

from django.test import override_settings

from comun import reloj
from tests.paginas.mesa import Mesa
from tests.paginas.registro import caso
from tests.tramites.escena import MINE, WAIT
from tramites.enums import Estado, Razon
from tramites.models import IntentoActa, Solicitud

CODE, LAST4, ASK = "form-codigo", "form-confirmar", "form-acta"
HALF = {"acta_anio": "7", "acta_numero": "¿?"}


@contextmanager
def asked():
    with override_settings(PRUEBA_IDENTIDAD="acta"):
        yield


@caso("confirmacion-con-acta", sin_js=True)
def _(mesa: Mesa) -> None:
    with asked():
        mesa.empezar(mesa.sala.abierta())
        mesa.ir(WAIT)


@caso("confirmacion-con-acta-mal")
def _(mesa: Mesa) -> None:
    with asked():
        mesa.empezar(mesa.sala.abierta())
        mesa.ir(WAIT)
        mesa.enviar(CODE, codigo="", **HALF)


@caso("liga-con-acta-mal")
def _(mesa: Mesa) -> None:
    with asked():
        mesa.ir(mesa.sala.liga(mesa.sala.abierta()))
        mesa.enviar(LAST4, ultimos4="", **HALF)


@caso("liga-con-acta-a-medias")
def _(mesa: Mesa) -> None:
    with asked():
        row = mesa.sala.abierta()
        mesa.empezar(row)
        mesa.ir(mesa.sala.liga(row))
        mesa.enviar(LAST4, acta_anio="2007", acta_numero="")


def stopped(mesa: Mesa) -> Solicitud:
    row = mesa.sala.en(Estado.INCONCLUSA, Razon.ACTA)
    mesa.entrar(row)
    return row


@caso("acta-mal", "tramites:acta", sin_js=True)
def _(mesa: Mesa) -> None:
    stopped(mesa)
    mesa.ir(MINE)
    mesa.enviar(ASK, **HALF)


@caso("acta-detenida")
def _(mesa: Mesa) -> None:
    row = stopped(mesa)
    for _n in range(3):
        IntentoActa.objects.create(
            curp_idx=row.curp_idx, correo_idx=row.correo_idx, fecha=reloj.now()
        )
    mesa.ir(MINE)
