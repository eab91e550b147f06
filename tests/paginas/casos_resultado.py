"""The end of a trámite: the number, its documents, the mail, the masked constancia."""

from playwright.sync_api import expect

from comun import reloj
from constancias.services import ask_masked
from tests.paginas.mesa import Mesa
from tests.paginas.registro import caso
from tests.tramites.escena import MINE
from tramites.enums import Estado


@caso("resultado-asignado", "tramites:tramite")
def _(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.asignada)
    mesa.ir(MINE)


@caso("resultado-correo-rechazado")
def _(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.rechazada())
    mesa.ir(MINE)


@caso("resultado-reenviado", "tramites:reenviar_documento")
def _(mesa: Mesa) -> None:
    mesa.sala.envejece(mesa.sala.concluida, minutes=10)
    mesa.entrar(mesa.sala.concluida)
    mesa.ir(MINE)
    mesa.navega(mesa.page.get_by_role("button", name="Reenviar").first.click)
    expect(mesa.page.get_by_role("status").first).to_be_visible()


@caso("resultado-reenviado-pronto")
def _(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.en(Estado.DOCUMENTADA))
    mesa.ir(MINE)
    for _again in range(2):
        mesa.navega(mesa.page.get_by_role("button", name="Reenviar").first.click)


@caso("enmascarada-en-camino", "tramites:enmascarada", sin_js=True)
def _(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.en(Estado.DOCUMENTADA))
    mesa.ir(MINE)
    mesa.presiona("Pedir constancia con NSS enmascarado")
    expect(mesa.page.locator("#enmascarada")).to_be_visible()


@caso("enmascarada-lista")
def _(mesa: Mesa) -> None:
    row = mesa.sala.en(Estado.DOCUMENTADA)
    ask_masked(folio=row.folio, now=reloj.now())
    mesa.sala.attend()
    mesa.entrar(row)
    mesa.ir(MINE)
