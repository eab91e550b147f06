"""The frame, the entrance, the mailbox of the demo, and Paso 1 with all its faults."""

from datetime import timedelta

from django.test import override_settings
from playwright.sync_api import expect

from comun import reloj
from tests.paginas.mesa import Mesa
from tests.paginas.registro import caso, direccion
from tests.tramites.escena import PASO1
from tests.tramites.visita import answer
from tramites.enums import Estado, Publico, Razon
from tramites.pases import Pase
from tramites.pasos.puerta import PASS
from tramites.pasos.sitio import PAGES

FICHA = "/tramites/imss-02-008/"

direccion("inicio", "/", "tramites:inicio")
for one in Publico:
    direccion(f"publico-{one}", f"/para/{one}/", "tramites:publico")
direccion("etapa-con-fichas", "/para/derechohabientes/empleo/", "tramites:etapa")
direccion("categoria-vacia", "/para/patrones/retiro/salud/", "tramites:categoria")
direccion("consulta", "/tramites/", "tramites:consulta")
direccion("ficha", FICHA, "tramites:ficha")
direccion("ficha-hallada", f"{FICHA}?buscado=1")
direccion("ficha-no-ofrecida", "/tramites/imss-02-066/")
direccion("vigencia", "/vigencia/", "tramites:vigencia")
direccion("introduccion", f"{FICHA}iniciar/", "tramites:introduccion", sin_js=True)
direccion("bienvenida", f"{FICHA}bienvenida/", "tramites:bienvenida")
direccion("micrositio", "/afiliatealimss/", "tramites:micrositio", sin_js=True)
direccion("buscar", "/buscar/", "tramites:buscar")
direccion("buscar-varios", "/buscar/?q=seguro")
direccion("buscar-ninguno", "/buscar/?q=pasaporte")
direccion("buscar-dato-personal", "/buscar/?q=LORA070514MGRPVNA4")
direccion("directorio", "/directorio/", "tramites:directorio")
direccion("datos", "/datos/", "tramites:datos")
direccion("privacidad", "/privacidad/", "tramites:privacidad")
direccion("privacidad-version", "/privacidad/2025-03-21/", "tramites:privacidad_version")
direccion("componentes", "/componentes/", "componentes", muestra=True)
direccion("ayuda-curp", "/ayuda/curp/", "tramites:ayuda_curp")
for one in PAGES:
    direccion(one, f"/{one}/", f"tramites:{one}")


@caso("busqueda-segura")
def _(mesa: Mesa) -> None:
    mesa.ir("/")
    mesa.page.get_by_role("main").get_by_role("searchbox").fill("numero de seguro sosial")
    mesa.navega(lambda: mesa.page.keyboard.press("Enter"))


@caso("ventana-abierta", "tramites:introduccion")
def _(mesa: Mesa) -> None:
    mesa.ir(f"{FICHA}iniciar/")
    mesa.page.get_by_role("main").get_by_role("link", name="INICIAR").first.click()
    expect(mesa.page.get_by_role("dialog")).to_be_visible()


@caso("menu-abierto")
def _(mesa: Mesa) -> None:
    mesa.ir("/conoce/")
    mesa.page.locator(".marco details").evaluate("menu => { menu.open = true }")


@caso("directorio-abierto")
def _(mesa: Mesa) -> None:
    mesa.ir("/directorio/")
    mesa.page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")


@caso("micrositio-hecho")
def _(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.concluida)
    mesa.ir("/afiliatealimss/")


@caso("micrositio-en-curso")
def _(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.confirmada())
    mesa.ir("/afiliatealimss/")


@caso("micrositio-detenido")
def _(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.en(Estado.INCONCLUSA, Razon.CURP_BAJA))
    mesa.ir("/afiliatealimss/")


# --- the mailbox of the demo ---------------------------------------------------------------

direccion("buzon", "/buzon/", "buzon:lista")


@caso("buzon-correo", "buzon:mensaje")
def _(mesa: Mesa) -> None:
    mesa.ir("/buzon/")
    mesa.navega(mesa.page.locator("td a").first.click)


# --- Paso 1 ----------------------------------------------------------------------------------

direccion("paso-1", PASO1, "tramites:captura", "captcha-image", sin_js=True)
direccion("paso-1-desde-ficha", f"{PASO1}?desde=ficha")
FORM, GO = "form-captura", "[value=continuar]"


def fill(mesa: Mesa, *, captcha: str | None = None, **changes: str) -> None:
    """Send Paso 1, right but for `changes`."""
    right = {"curp": mesa.sala.persona().curp, "correo": "ana@example.org"}
    fields = {**right, "correo_otra_vez": right["correo"], **changes}
    key = mesa.page.locator("[name=captcha_llave]").input_value()
    mesa.enviar(FORM, GO, captcha=answer(key) if captcha is None else captcha, **fields)


@caso("paso-1-vacio", sin_js=True)
def _(mesa: Mesa) -> None:
    mesa.ir(PASO1)
    fill(mesa, captcha="", curp="", correo="", correo_otra_vez="")


@caso("paso-1-todo-mal")
def _(mesa: Mesa) -> None:
    mesa.ir(PASO1)
    fill(mesa, captcha="zz", curp="LORA071314MGRPVNA4", correo="ana@", correo_otra_vez="b")


@caso("paso-1-correos-distintos")
def _(mesa: Mesa) -> None:
    mesa.ir(PASO1)
    fill(mesa, correo_otra_vez="eva@example.org")


@caso("paso-1-correo-dudoso", sin_js=True)
def _(mesa: Mesa) -> None:
    mesa.ir(PASO1)
    fill(mesa, correo="ana@gmial.com", correo_otra_vez="ana@gmial.com")


@caso("paso-1-aviso-que-cambio", sin_js=True)
def _(mesa: Mesa) -> None:
    mesa.ir(PASO1)
    fill(mesa, aviso="2001-01-01")


@caso("paso-1-imagen-ya-leida", sin_js=True)
def _(mesa: Mesa) -> None:
    mesa.ir(PASO1)
    fill(mesa, curp="LORA070514")
    assert mesa.page.locator("main .aviso.bien").count()


@caso("paso-1-otra-imagen")
def _(mesa: Mesa) -> None:
    mesa.ir(PASO1)
    mesa.presiona("Otra imagen")


@caso("paso-1-audio-abierto")
def _(mesa: Mesa) -> None:
    mesa.ir(PASO1)
    mesa.page.get_by_text("Escuchar los caracteres").click()


@caso("paso-1-nota-mal", "tramites:revisar_curp", "tramites:revisar_correo")
def _(mesa: Mesa) -> None:
    mesa.ir(PASO1)
    mesa.page.locator("#id_curp").fill("lora071314mgrpvna4")
    mesa.page.locator("#id_curp").press("Tab")
    expect(mesa.page.locator("#nota-curp")).to_contain_text("mes")
    mesa.page.locator("#id_correo").fill("ana@gmial.com")
    mesa.page.locator("#id_correo").press("Tab")
    expect(mesa.page.get_by_role("button", name="Usar ana@gmail.com")).to_be_visible()


@caso("paso-1-nota-bien")
def _(mesa: Mesa) -> None:
    mesa.ir(PASO1)
    mesa.page.locator("#id_curp").fill("lora070514mgrpvna4")
    mesa.page.locator("#id_curp").press("Tab")
    expect(mesa.page.locator("#nota-curp")).to_contain_text("2007")


@caso("paso-1-prueba-del-equipo", "captcha-trabajo")
def _(mesa: Mesa) -> None:
    mesa.ir(PASO1)
    mesa.page.get_by_role("button", name="No puedo ver ni oír los caracteres").click()
    expect(mesa.page.locator("#trabajo progress")).to_be_visible()


@caso("paso-1-sin-imagen", sin_js=True)
def _(mesa: Mesa) -> None:
    with override_settings(CAPTCHA="sospecha"):
        mesa.ir(PASO1)


@caso("error-429", estado=429)
def _(mesa: Mesa) -> None:
    mesa.ir(PASO1)
    with override_settings(LIMITE_MINUTO=0):
        fill(mesa)


def school_pass(**lasts: float) -> str:
    return f"/pase/{Pase('abc', 'CETIS 26', reloj.now() + timedelta(**lasts)).signed()}"


@caso("pase-escolar", "tramites:pase")
def _(mesa: Mesa) -> None:
    mesa.ir(school_pass(hours=4))


@caso("pase-escolar-vencido", "tramites:pase", estado=410)
def _(mesa: Mesa) -> None:
    mesa.ir(school_pass(hours=-1))


@caso("paso-1-con-pase")
def _(mesa: Mesa) -> None:
    mesa.ir(school_pass(hours=4))
    mesa.ir(PASO1)
    mesa.mirada.context.clear_cookies(name=PASS)


@caso("paso-1-con-tramite-abierto")
def _(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.concluida)
    mesa.ir(PASO1)
