"""The verifier: three ways in, every answer, every limit."""

from contextlib import suppress

from django.core.cache import cache

from comun.limites import key_of
from constancias.enums import Dictamen
from constancias.errors import TooManyWaiting
from constancias.models import Consulta
from constancias.services.comprobacion import WAITING_MOST
from constancias.verificacion import LARGEST
from tests.paginas.mesa import Mesa
from tests.paginas.registro import caso, direccion

PAGE, NOBODY = "/verificar/", "00000000-0000-4000-8000-000000000000"
CODE, TOKEN, PDF = "forma-codigo", "forma-credencial", "forma-pdf"

direccion("verificar", PAGE, "constancias:verificar")
direccion("consulta-olvidada", f"{PAGE}consulta/{NOBODY}/", "constancias:consulta", estado=404)


@caso("verificar-sin-conexion", "constancias:sin_conexion", en_linea=True)
def _(mesa: Mesa) -> None:
    mesa.ir(f"{PAGE}sin-conexion/")


@caso("codigo-de-verificar-vacio")
def _(mesa: Mesa) -> None:
    mesa.ir(PAGE)
    mesa.enviar(CODE, codigo="")


@caso("codigo-de-verificar-mal", sin_js=True)
def _(mesa: Mesa) -> None:
    mesa.ir(PAGE)
    mesa.enviar(CODE, codigo="ABCD-EFGH-JKM!")


@caso("codigo-de-nadie")
def _(mesa: Mesa) -> None:
    mesa.ir(PAGE)
    mesa.enviar(CODE, codigo="7Q2MX4K9T0WR")


@caso("qr-vacio")
def _(mesa: Mesa) -> None:
    mesa.ir(PAGE)
    mesa.enviar(TOKEN, credencial="")


@caso("qr-ajeno")
def _(mesa: Mesa) -> None:
    mesa.ir(PAGE)
    mesa.enviar(TOKEN, credencial="https://ejemplo.mx")


def bring(mesa: Mesa, content: bytes) -> None:
    mesa.ir(PAGE)
    file = {"name": "constancia.pdf", "mimeType": "application/pdf", "buffer": content}
    mesa.page.locator(f"#{PDF} [type=file]").set_input_files(file)
    mesa.enviar(PDF)


@caso("pdf-falta", "constancias:verificar_pdf")
def _(mesa: Mesa) -> None:
    mesa.ir(PAGE)
    mesa.enviar(PDF)


@caso("pdf-no-lo-es")
def _(mesa: Mesa) -> None:
    bring(mesa, b"hola")


@caso("pdf-enorme", estado=413)
def _(mesa: Mesa) -> None:
    bring(mesa, b"%PDF-" + bytes(LARGEST + 20_000))


@caso("pdf-en-espera", "constancias:consulta", sin_js=True)
def _(mesa: Mesa) -> None:
    mesa.ir(f"{PAGE}consulta/{mesa.sala.consulta(None)}/")


@caso("pdf-no-hay-turno", estado=503)
def _(mesa: Mesa) -> None:
    with suppress(TooManyWaiting):
        for _n in range(WAITING_MOST):
            mesa.sala.consulta(None)
    bring(mesa, b"%PDF-1.7 nada")
    Consulta.objects.all().delete()


@caso("verificar-limite", estado=429)
def _(mesa: Mesa) -> None:
    mesa.ir(PAGE)
    cache.set(key_of("verificar", "127.0.0.1"), 1000)
    mesa.enviar(CODE, codigo="7Q2MX4K9T0WR")


def verdict(word: Dictamen) -> None:
    @caso(f"dictamen-{word}")
    def _(mesa: Mesa) -> None:
        mesa.ir(f"{PAGE}consulta/{mesa.sala.consulta(word)}/")


for one in Dictamen:
    verdict(one)
