"""Pictures of every page and state, to be looked at: `python -m tests.recorridos.capturas DIR`.

Each is taken 360 and 1280 px wide, with JavaScript (`con-js`) and without (`sin-js`); both
papers are kept beside them, and the logs in `registros`.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from playwright.sync_api import Browser, sync_playwright

from imss_portal.demo.opciones import Opciones
from imss_portal.demo.pila import Pila
from tests.conftest import CHROMIUM, QUIET, SEPOMEX
from tests.recorridos.visitante import DOMICILIO, TRAMITE, Persona, Visitante

WIDTHS = (360, 1280)
STOPPED = {
    "no-encontrada": "Inconcluso: la CURP no",
    "sustituida": "Inconcluso: hay una CURP más",
    "baja": "Inconcluso: CURP dada de baja",
    "homonimia": "Inconcluso: alguien",
    "varios-nss": "Inconcluso: tiene dos",
}


class Sesion:
    """One way of browsing (with or without JavaScript) and where its pictures go."""

    def __init__(self, browser: Browser, pila: Pila, folder: Path, *, javascript: bool) -> None:
        self.browser, self.pila, self.javascript = browser, pila, javascript
        self.folder = folder / ("con-js" if javascript else "sin-js")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.taken = 0

    @contextmanager
    def visitor(self, outcome: str, correo: str) -> Iterator[Visitante]:
        """Open a browser for the demo person whose outcome begins like that."""
        people = self.pila.muestra["personas"]
        curp = next(one["curp"] for one in people if one["desenlace"].startswith(outcome))
        who = Persona(curp=curp, correo=f"{correo}@example.org")
        context = self.browser.new_context(
            base_url=self.pila.env["URL_PORTAL"],
            java_script_enabled=self.javascript,
            locale="es-MX",
        )
        yield Visitante(context, self.pila, who)
        context.close()

    def shot(self, visitor: Visitante, name: str) -> None:
        self.taken += 1
        for width in WIDTHS:
            visitor.page.set_viewport_size({"width": width, "height": 740})
            path = self.folder / f"{self.taken:02}-{name}-{width}.png"
            visitor.page.screenshot(path=path, full_page=True)

    # --- walks -----------------------------------------------------------------------

    def begin(self) -> None:
        """The entrance, Paso 1 with its faults, the mail."""
        with self.visitor("Se asigna; nombres de 60", "inicio") as one:
            one.open("/")
            self.shot(one, "inicio")
            one.open("/asignacion-nss/")
            self.shot(one, "captura")
            one.press("Continuar")
            self.shot(one, "captura-vacia")
            one.type_capture(captcha="zzzzz")
            one.field("CURP").fill(one.persona.curp[:-1] + "Ñ")
            one.press("Continuar")
            self.shot(one, "captura-con-errores")
            one.type_capture()
            one.field("CURP").fill(one.persona.curp[:-2])
            one.press("Continuar")
            self.shot(one, "captura-imagen-leida")
            one.field("CURP").fill(one.persona.curp)
            one.press("Continuar")
            one.reads("Revisa tu correo")
            self.shot(one, "confirmacion")
            one.buzon.leer_codigo()
            one.type_code("000000")
            self.shot(one, "codigo-malo")
            one.press("Enviar otra vez")
            self.shot(one, "reenviar-pronto")
            one.page.get_by_role("link", name="Cambiar el correo").click()
            self.shot(one, "cambiar-correo")
            self._mailbox(one)
            self._links(one)

    def _mailbox(self, one: Visitante) -> None:
        one.open("/buzon/")
        self.shot(one, "buzon")
        one.page.locator("td a").first.click()
        self.shot(one, "buzon-correo")

    def _links(self, one: Visitante) -> None:
        one.follow_link()
        self.shot(one, "liga-mismo-navegador")
        with self.visitor("Se asigna; nombres de 60", "inicio") as phone:
            phone.open(one.buzon.leer_liga())
            self.shot(phone, "liga-otro-navegador")
            phone.type_last4("ZZZ9")
            self.shot(phone, "liga-ultimos-mal")
            while phone.title() == "Confirma tu correo electrónico":
                phone.type_last4("ZZZ9")
            self.shot(phone, "liga-agotada")
            phone.open("/c/no-existe")
            self.shot(phone, "liga-desconocida")
            phone.open(TRAMITE)
            self.shot(phone, "sin-sesion")
            phone.open("/no/existe")
            self.shot(phone, "404")

    def located(self) -> None:
        """A number that exists, its papers, the end; and what others see of it."""
        with self.visitor("Ya tiene NSS", "lucia") as one:
            one.capture()
            one.confirm()
            one.number()
            one.page.locator("#envio", has_text="ha sido enviado").wait_for(timeout=30_000)
            self.shot(one, "resultado-localizado")
            self._papers(one, "localizado")
            one.page.get_by_role("button", name="Reenviar").first.click()
            self.shot(one, "resultado-reenviado")
            one.press("Finalizar trámite")
            self.shot(one, "fin")
            one.open(one.buzon.leer_liga())
            self.shot(one, "liga-usada")
        with self.visitor("Con su correo se localiza", "otra") as other:
            other.capture()
            other.confirm()
            other.waits_for("retenida")
            self.shot(other, "retenida")
            other.press("Salir")
            self.shot(other, "salio")

    def assigned(self) -> None:
        """The address, the clinic, the last look, a new number."""
        outcome = "Se asigna; Taxco" if self.javascript else "Se asigna; CURP con sexo X"
        with self.visitor(outcome, "ana") as one:
            one.capture()
            one.confirm()
            one.reads("Ingresa tu domicilio")
            self.shot(one, "domicilio")
            one.type_cp("99998")
            self.shot(one, "domicilio-cp-malo")
            for cp in ("06600", "39162", "63010"):
                self._clinic(one, cp)
            one.open(DOMICILIO)
            one.type_address()
            self.shot(one, "domicilio-lleno")
            one.press("CONTINUAR")
            self.shot(one, "unidad")
            one.press("CONTINUAR")
            self.shot(one, "revision")
            self._conclude(one)

    def _clinic(self, one: Visitante, cp: str) -> None:
        one.open(DOMICILIO)
        one.type_address(cp)
        one.page.get_by_label("Número exterior").fill("")
        one.press("CONTINUAR")
        self.shot(one, f"domicilio-{cp}-falta-numero")
        one.page.get_by_label("Número exterior").fill("S/N")
        one.press("CONTINUAR")
        self.shot(one, f"unidad-{cp}")

    def _conclude(self, one: Visitante) -> None:
        self.pila.stop_worker()
        one.press("CONCLUIR")
        one.waits_for("por_asignar")
        self.shot(one, "proceso-por-asignar")
        self._put(one, "en_espera_serie")
        self.shot(one, "espera-serie")
        self._put(one, "por_asignar")
        self.pila.start_worker()
        one.number()
        self.shot(one, "resultado-asignado")
        self._papers(one, "asignado")
        one.context.clear_cookies()
        one.page.get_by_role("button", name="Reenviar").first.click()
        self.shot(one, "formulario-sin-sesion")

    def stopped(self) -> None:
        """Each reason with its slip; and the states that need a day or a fault to come about."""
        for name, outcome in STOPPED.items():
            with self.visitor(outcome, name) as one:
                one.capture()
                one.confirm()
                one.waits_for("inconclusa")
                self.shot(one, f"inconclusa-{name}")
                if name == "baja":
                    one.page.get_by_role("link", name="Comprobante para imprimir").click()
                    self.shot(one, "comprobante")
                    one.open(TRAMITE)
                    self._put(one, "vencida")
                    self.shot(one, "vencida")
        with self.visitor("Inconcluso: la CURP no", "paciente") as one:
            one.capture()
            one.buzon.leer_liga()
            self.pila.stop_worker()
            one.confirm()
            one.waits_for("confirmada")
            self.shot(one, "proceso-confirmada")
            self._put(one, "en_espera_identidad")
            self.shot(one, "espera-identidad")
            self._put(one, "fallo_tecnico", before="confirmada")
            self.shot(one, "fallo-tecnico")
            self._put(one, "confirmada")
            self._put(one, "cancelada")
            self.shot(one, "cancelada")
            self.pila.start_worker()

    def _papers(self, one: Visitante, name: str) -> None:
        """Keep both PDFs, to be looked at too (`pdftoppm -png`)."""
        for link in one.page.locator("a[data-documento]").all():
            answer = one.context.request.get(link.get_attribute("href") or "")
            paper = f"{name}-{link.get_attribute('data-documento')}.pdf"
            (self.folder / paper).write_bytes(answer.body())

    def _put(self, one: Visitante, estado: str, *, before: str = "") -> None:
        """Write a state into the row of the case that this page shows, and look again."""
        with psycopg2.connect(self.pila.env["DATABASE_OWNER_URL"]) as connection:
            connection.cursor().execute(
                "UPDATE tramites_solicitud SET estado = %s, estado_previo = %s, razon = ''"
                " WHERE folio = %s",
                [estado, before, one.folio()],
            )
        connection.close()
        one.open(TRAMITE)


def main(folder: Path) -> None:
    """Take all pictures into `folder`, with a portal of its own."""
    home = Path(tempfile.mkdtemp(prefix="capturas-"))
    stack = Pila(home, Opciones.de_pruebas(home, SEPOMEX))
    program = next(filter(None, map(shutil.which, CHROMIUM)))
    try:
        stack.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=program, args=[*QUIET, "--no-sandbox"]
            )
            for javascript in (True, False):
                session = Sesion(browser, stack, folder, javascript=javascript)
                for walk in (session.begin, session.located, session.assigned, session.stopped):
                    walk()
            browser.close()
    finally:
        shutil.copytree(home / "registros", folder / "registros", dirs_exist_ok=True)
        stack.discard()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
