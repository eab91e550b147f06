"""An open Solicitud: each state with each reason, the address, the clinic, the end."""

from playwright.sync_api import expect

from tests.paginas.mesa import Mesa
from tests.paginas.registro import caso, direccion
from tests.tramites.escena import (
    ADDRESS,
    CLINIC,
    DOS_UNIDADES,
    MINE,
    NO,
    SEARCH,
    SIN_UNIDAD,
    SLIP,
    TAXCO,
    UNA_COLONIA,
    YES,
)
from tramites.enums import Estado, Razon
from tramites.models import Solicitud

MOVING = {Estado.CONFIRMADA, Estado.EN_ESPERA_IDENTIDAD}  # looked at without scripts as well
FORM, GO, LOOK = "form-domicilio", "[value=continuar]", "[value=buscar]"

for path in (MINE, ADDRESS):
    direccion(f"sin-sesion{path.removeprefix(MINE).strip('/') and '-domicilio'}", path, estado=403)


def state(estado: Estado, razon: str = "") -> None:
    """Register the status page of a state; one that asks for an address goes there."""

    @caso("-".join(filter(None, (f"estado-{estado}", razon))), sin_js=estado in MOVING)
    def _(mesa: Mesa) -> None:
        mesa.entrar(mesa.sala.en(estado, razon))
        mesa.ir(MINE)


for one in Estado:
    if one == Estado.INCONCLUSA:
        for reason in Razon:
            state(one, reason)
    else:
        state(one)


@caso("salio", "tramites:salir")
def _(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.confirmada())
    mesa.ir(MINE)
    mesa.presiona("Salir")


# --- inconclusa: the slip and the office ----------------------------------------------------


def stopped(mesa: Mesa) -> Solicitud:
    row = mesa.sala.en(Estado.INCONCLUSA, Razon.VARIOS_NSS)
    mesa.entrar(row)
    return row


@caso("comprobante", "tramites:comprobante")
def _(mesa: Mesa) -> None:
    stopped(mesa)
    mesa.ir(SLIP)


@caso("oficina-mal", "tramites:oficina")
def _(mesa: Mesa) -> None:
    stopped(mesa)
    mesa.ir(MINE)
    mesa.enviar("form-oficina", cp="402")


@caso("oficina-hallada")
def _(mesa: Mesa) -> None:
    stopped(mesa)
    mesa.ir(MINE)
    mesa.enviar("form-oficina", cp=TAXCO)


@caso("comprobante-con-oficina")
def _(mesa: Mesa) -> None:
    stopped(mesa)
    mesa.ir(MINE)
    mesa.enviar("form-oficina", cp=TAXCO)
    mesa.ir(SLIP)


# --- ¿eres tú? ------------------------------------------------------------------------------


def asked(mesa: Mesa, *, cp: str = "", aceptada: bool = True) -> Solicitud:
    row = mesa.sala.pide_domicilio(cp=cp, aceptada=aceptada)
    mesa.entrar(row)
    return row


@caso("eres-tu", "tramites:eres_tu")
def _(mesa: Mesa) -> None:
    asked(mesa, aceptada=False)
    mesa.ir(YES)


@caso("no-soy-yo", "tramites:no_soy_yo")
def _(mesa: Mesa) -> None:
    asked(mesa, aceptada=False)
    mesa.ir(NO)


# --- the address ----------------------------------------------------------------------------


@caso("domicilio", "tramites:domicilio", sin_js=True)
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(ADDRESS)


@caso("domicilio-vacio")
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(ADDRESS)
    mesa.enviar(FORM, GO, cp="")


@caso("domicilio-cp-desconocido")
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(ADDRESS)
    mesa.enviar(FORM, LOOK, cp="99998")


@caso("domicilio-cp-desconocido-en-vivo")
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(ADDRESS)
    mesa.page.locator("#id_cp").fill("99998")
    mesa.page.locator("#aceptar-cp").click()
    expect(mesa.page.locator("#id_cp_error")).to_be_visible()


@caso("domicilio-colonias", sin_js=True)
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(ADDRESS)
    mesa.enviar(FORM, LOOK, cp=TAXCO)


@caso("domicilio-colonias-en-vivo")
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(ADDRESS)
    mesa.page.locator("#id_cp").fill(TAXCO)
    mesa.page.locator("#aceptar-cp").click()
    expect(mesa.page.locator("#id_asentamiento")).to_be_visible()


@caso("domicilio-una-colonia")
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(ADDRESS)
    mesa.enviar(FORM, LOOK, cp=UNA_COLONIA)


@caso("domicilio-todo-mal", sin_js=True)
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(ADDRESS)
    mesa.enviar(FORM, LOOK, cp=TAXCO)
    wrong = {"calle": "---", "numero_exterior": "", "numero_interior": "¿?"}
    mesa.enviar(FORM, GO, **wrong)


@caso("domicilio-colonia-sin-nombre", sin_js=True)
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(ADDRESS)
    mesa.enviar(FORM, LOOK, cp=TAXCO)
    mesa.enviar(FORM, GO, asentamiento="otra", calle="Plateros", numero_exterior="S/N")


@caso("buscar-cp", "tramites:buscar_cp", sin_js=True)
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(SEARCH)


@caso("buscar-cp-vacio")
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(SEARCH)
    mesa.enviar("form-buscar-cp", ".ultimo")


@caso("buscar-cp-municipio-ajeno")
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(SEARCH)
    mesa.enviar("form-buscar-cp", "[value=estado]", entidad="GR")
    mesa.enviar("form-buscar-cp", ".ultimo", municipio="0", colonia="centro")


@caso("buscar-cp-hallada")
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(SEARCH)
    mesa.enviar("form-buscar-cp", ".ultimo", entidad="GR", colonia="sentro")
    expect(mesa.page.locator("#encontradas")).to_be_visible()


@caso("buscar-cp-ninguna")
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(SEARCH)
    mesa.enviar("form-buscar-cp", ".ultimo", entidad="GR", colonia="xyzxyz")


# --- the clinic and the last look ------------------------------------------------------------


@caso("unidad-una", "tramites:unidad")
def _(mesa: Mesa) -> None:
    asked(mesa, cp=TAXCO)
    mesa.ir(CLINIC)


@caso("unidad-varias")
def _(mesa: Mesa) -> None:
    asked(mesa, cp=DOS_UNIDADES)
    mesa.ir(CLINIC)


@caso("unidad-mal-elegida")
def _(mesa: Mesa) -> None:
    asked(mesa, cp=DOS_UNIDADES)
    mesa.ir(CLINIC)
    mesa.page.locator("[name=unidad]").first.evaluate("one => { one.value = '0' }")
    mesa.enviar("form-unidad", unidad="0")


@caso("unidad-ninguna")
def _(mesa: Mesa) -> None:
    asked(mesa, cp=SIN_UNIDAD)
    mesa.ir(CLINIC)


@caso("revision", "tramites:revision")
def _(mesa: Mesa) -> None:
    asked(mesa, cp=TAXCO)
    mesa.ir(CLINIC)
    mesa.presiona("CONTINUAR")
    expect(mesa.page.get_by_role("button", name="CONCLUIR")).to_be_visible()
