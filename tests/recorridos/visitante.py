"""One student at one browser: a method per thing that a hand does or an eye reads."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psycopg2
from playwright.sync_api import BrowserContext, Locator, Response, expect
from playwright.sync_api import Error as PlaywrightError

from imss_portal.demo.estudiante import Estudiante
from imss_portal.demo.pila import Pila

CAPTURA, CONFIRMACION = "/asignacion-nss/", "/asignacion-nss/confirmacion/"
TRAMITE = "/asignacion-nss/mi-tramite/"
DOMICILIO, UNIDAD, REVISION = f"{TRAMITE}domicilio/", f"{TRAMITE}unidad/", f"{TRAMITE}revision/"
SOON = 30_000  # ms: what the worker may take


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Who walks: a CURP of the demo and a mailbox."""

    curp: str
    correo: str


class Visitante:
    """Presses and types what the page offers; never an address that no link gives."""

    def __init__(self, context: BrowserContext, pila: Pila, persona: Persona) -> None:
        assert pila.entorno
        self.context, self.pila, self.persona = context, pila, persona
        self.page = context.new_page()
        self.buzon = Estudiante(pila.entorno, curp=persona.curp, correo=persona.correo)

    # --- what a hand does ------------------------------------------------------------

    def open(self, path: str) -> Response:
        answer = self.page.goto(path)
        assert answer
        return answer

    def type_capture(self, *, captcha: str | None = None) -> None:
        """Fill Paso 1; the characters are the right ones unless `captcha` says others."""
        self.field("CURP").fill(self.persona.curp)
        self.field("Correo electrónico").fill(self.persona.correo)
        self.field("Confirma tu correo").fill(self.persona.correo)
        self.field("Escribe los caracteres").fill(captcha or self._captcha_answer())

    def press(self, name: str) -> None:
        self.button(name).click()

    def click(self, name: str) -> None:
        """Follow the first link of the page's own text whose name begins like that."""
        link = self.page.locator("main").get_by_role("link", name=re.compile(f"^{re.escape(name)}"))
        link.first.click()

    def button(self, name: str) -> Locator:
        """A button of the page's own text: the header has one too."""
        return self.page.locator("main").get_by_role("button", name=name, exact=True)

    def capture(self) -> None:
        """From the entrance to "revisa tu correo"."""
        self.open("/")
        self.page.get_by_role("link", name="INICIAR", exact=True).click()
        self.type_capture()
        self.press("Continuar")
        self.reads("Revisa tu correo")

    def follow_link(self) -> None:
        """Open the link of the newest mail, as its reader does."""
        self.open(self.buzon.leer_liga())
        self.reads("Confirma tu correo electrónico")

    def open_mail(self) -> None:
        """Find one's newest mail in the mailbox of the demo, and open it there."""
        self.buzon.leer_codigo()  # it has come
        self.open("/buzon/")
        mine = self.page.get_by_role("row").filter(has_text=self.persona.correo)
        mine.get_by_role("link").first.click()

    def confirm(self) -> None:
        self.follow_link()
        self.press("Confirmar y continuar")

    def says_it_is_them(self) -> None:
        """Recognise the data of the registry; what comes next is the address."""
        self.reads("¿Eres tú?")
        self.press("Sí, continuar")
        self.reads("Ingresa tu domicilio")

    def type_code(self, code: str = "") -> None:
        self.page.get_by_label("Código de seis dígitos").fill(code or self.buzon.leer_codigo())
        self.press("Continuar")

    def type_last4(self, text: str) -> None:
        self.page.get_by_label("Últimos cuatro caracteres de tu CURP").fill(text)
        self.press("Confirmar y continuar")

    def type_cp(self, cp: str) -> None:
        """Give the postal code and wait for what it brings."""
        self.reads("Ingresa tu domicilio")
        self.page.get_by_label("Código postal").fill(cp)
        self.page.evaluate("document.getElementById('lugar').dataset.antes = ''")
        self.press("Aceptar")
        self.page.locator("#lugar:not([data-antes])").wait_for()

    def type_address(self, cp: str = "40200") -> None:
        """Postal code, Aceptar, the colonia if there is more than one, street and number."""
        self.type_cp(cp)
        colonia = self.page.get_by_label("Selecciona tu colonia")
        if not colonia.input_value():
            colonia.select_option(index=1)
        self.page.get_by_label("Calle").fill("Avenida de los Plateros")
        self.page.get_by_label("Número exterior").fill("12")

    def ask_for_number(self) -> None:
        """From "¿Eres tú?" to CONCLUIR."""
        self.says_it_is_them()
        self.type_address()
        for button in ("CONTINUAR", "CONTINUAR", "CONCLUIR"):
            self.press(button)

    @contextmanager
    def nobody_works(self) -> Iterator[None]:
        """Hold the worker back, so that "espera un momento" lasts as long as it is looked at."""
        self.pila.stop_worker()
        try:
            yield
        finally:
            self.pila.start_worker()

    # --- what an eye reads -----------------------------------------------------------

    def reads(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title, timeout=SOON)

    def look_again(self, title: str) -> None:
        """Reload, as the impatient do, until the page bears this title."""
        end = time.monotonic() + SOON / 1000
        while self.title() != title and time.monotonic() < end:
            self.page.wait_for_timeout(200)
            with suppress(PlaywrightError):  # the page was just renewing itself
                self.page.reload()
        self.reads(title)

    def title(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def fact(self, label: str) -> str:
        """Return the value that the page gives beside `label`."""
        named = self.page.locator("dt", has_text=re.compile(f"^{label}$"))
        return self.page.locator(".datos > div", has=named).locator("dd").first.inner_text()

    def steps(self) -> list[str]:
        items = self.page.locator(".pasos li").all()
        return [" ".join((item.text_content() or "").split()) for item in items]

    def waits_for(self, state: str) -> None:
        """Look on, without touching the page, until it shows `state`."""
        self.page.locator(f"[data-estado={state}]").first.wait_for(timeout=SOON)

    def number(self) -> str:
        """Wait for the result and return the eleven digits it shows."""
        self.reads("Tu Número de Seguridad Social")
        return self.page.locator("[data-nss]").get_attribute("data-nss") or ""

    def mail_is_sent(self) -> None:
        """Wait for the page to say so; without JavaScript, by its link."""
        sent, ask = self.page.locator("#envio", has_text="ha sido enviado"), "Ver si ya se envió"
        end = time.monotonic() + SOON / 1000
        while not sent.is_visible() and time.monotonic() < end:
            if self.page.locator("#envio").get_by_role("link", name=ask).is_visible():
                self.click(ask)
            self.page.wait_for_timeout(300)
        expect(sent).to_be_visible()

    def folio(self) -> str:
        return self.page.locator("[data-folio]").first.get_attribute("data-folio") or ""

    def typed(self, label: str) -> str:
        return self.field(label).input_value()

    def error_of(self, label: str) -> str:
        field = self.field(label)
        expect(field).to_have_attribute("aria-invalid", "true")
        return self.page.locator(f"#{field.get_attribute('id')}_error").inner_text()

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(re.compile(f"^{label}"))

    def mails(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.buzon.correos()]

    def _captcha_answer(self) -> str:
        """Only a test may: read the answer where the portal keeps it."""
        source = self.page.locator(".captcha img").get_attribute("src") or ""
        with psycopg2.connect(self.pila.env["DATABASE_URL"]) as connection:
            cursor = connection.cursor()
            cursor.execute(
                "SELECT challenge FROM captcha_captchastore WHERE hashkey = %s",
                [source.strip("/").rpartition("/")[2]],
            )
            ((answer,),) = cursor.fetchall()
        connection.close()
        return str(answer)


Abrir = Callable[[Persona], Visitante]
