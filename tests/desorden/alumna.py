"""A sensible person before a screen: reads it, does what it says, waits when told to wait.

She knows nothing of the portal but what the page in front of her holds: its forms and its links.
Whatever mess went before, from the page it left she must reach a number or a useful refusal.
"""

import re

from django.core import mail

from nss.values import Identidad
from tests.desorden.mundo import let_pass, work
from tests.tramites.escena import LINK, MINE, PASO1, SLIP, TAXCO, WAIT
from tests.tramites.visita import Pagina, Visita, answer
from tramites.enums import Razon

MOST_SCREENS = 30
# Screens with a form, the first that is there; the others are told by what they show.
FORMS = {
    "form-captura": "captura",
    "form-codigo": "confirmacion",
    "form-confirmar": "liga",
    "form-correo": "cambiar_correo",
    "form-renovar": "liga_muerta",
    "form-elegir": "elegir_cp",
    "form-buscar-cp": "buscar_cp",
    "form-identidad": "eres_tu",
    "form-no-soy-yo": "no_soy_yo",
    "form-domicilio": "domicilio",
    "form-unidad": "unidad",
    "form-revision": "revision",
    "form-sigo": "sigues_ahi",
    "form-opinion": "fin",
}
FORM_OF = {screen: form for form, screen in FORMS.items()}
MOVING = {"confirmada", "localizada", "por_asignar", "asignada", "documentada"}
TOKEN, CODE = re.compile(r"https?://[^/]+(/c/[\w-]+)"), re.compile(r"empezaste: (\d{6})")
ASK_AGAIN = ("Se acabaron los intentos", "ya venció", "ya se usó", "ya está confirmado", "ya no")


class Atorada(AssertionError):
    """The page left her without a way on."""


class Alumna:
    def __init__(self, who: Identidad, correo: str) -> None:
        self.who, self.correo = who, correo
        self.correos = {correo}
        self.browser = Visita(csrf=True)
        self.page: Pagina | None = None
        self.errors: list[str] = []  # titles of the pages that said "Error:"
        self.seen: list[str] = []  # screens, in order
        self.left: dict[str, Pagina] = {}  # the last page of each screen: what "atrás" shows
        self.sent: tuple[str, dict[str, str]] | None = None

    # --- hands -------------------------------------------------------------------------

    def show(self, page: Pagina) -> Pagina:
        """Look at what the browser shows; every page she sees passes here."""
        while page.status in (301, 303):
            page = self.browser.get(page.url)
        self.page = page
        assert page.status < 500, page.text[:300]
        assert page.html, f"answer {page.status} without a page"
        if page.title.startswith("Error: "):
            self.errors.append(page.title)
        self.left[self.screen] = page
        return page

    def go(self, path: str) -> Pagina:
        return self.show(self.browser.get(path))

    def send(self, screen: str, *, page: Pagina | None = None, **typed: str) -> Pagina:
        """Fill the form of a screen with what is right, but for `typed`, and press its button."""
        page = page or self.page
        name = FORM_OF[screen]
        action = next(a["action"] for tag, a in page.doc.elements if a.get("id") == name)
        filled = page.form(name) | button_of(page, name) | self.right(screen, page) | typed
        self.sent = action, filled
        return self.show(self.browser.post(action, filled))

    def send_again(self) -> Pagina:
        """The second of a double press, or a reload that repeats what was sent."""
        return self.show(self.browser.post(*self.sent))

    def right(self, screen: str, page: Pagina) -> dict[str, str]:
        """What she would type if nothing went wrong."""
        if screen == "captura":
            key = page.form("form-captura")["captcha_llave"]
            mine = {"curp": self.who.curp, "correo": self.correo, "correo_otra_vez": self.correo}
            return {**mine, "captcha": answer(key)}
        if screen == "confirmacion":
            return {"codigo": self.code()}
        if screen == "liga":
            asked = "ultimos4" in page.form("form-confirmar")
            return {"ultimos4": self.who.curp[-4:]} if asked else {}
        if screen == "domicilio":
            return self._address(page)
        if screen == "elegir_cp":
            found = re.search(r'name="elegida" value="(\d+)"', page.html)
            return {"elegida": found[1]}
        return {"cambiar_correo": {"correo": self.correo}, "fin": {"facilidad": "facil"}}.get(
            screen, {}
        )

    def _address(self, page: Pagina) -> dict[str, str]:
        options = re.findall(r'<option value="(\d+)"', page.html)
        if not options:
            return {"cp": TAXCO, "accion": "buscar"}
        street = {
            "calle": "Avenida de los Plateros",
            "numero_exterior": "12",
            "numero_interior": "",
        }
        return {"asentamiento": options[0], **street, "accion": "continuar"}

    # --- the mailbox -------------------------------------------------------------------

    def letters(self) -> list[str]:
        mine = {correo.lower() for correo in self.correos}
        return [m.body for m in mail.outbox if m.to[0].lower() in mine and "/c/" in m.body]

    def code(self, back: int = 1) -> str:
        if not self.letters():
            work()
        return CODE.search(self.letters()[-back])[1]

    def link(self, back: int = 1) -> str:
        return TOKEN.search(self.letters()[-back])[1]

    # --- eyes --------------------------------------------------------------------------

    @property
    def screen(self) -> str:
        page = self.page
        for form, screen in FORMS.items():
            if form in page.doc.forms:
                return screen
        if page.mark("nss"):
            return "resultado"
        return page.mark("estado") or "otra"

    # --- sense -------------------------------------------------------------------------

    def finish(self, messes=lambda alumna, screen: False) -> str:
        """Go on until the end; `messes` may act first at each screen, and says if it did."""
        for _ in range(MOST_SCREENS):
            screen = self.screen
            self.seen.append(screen)
            if messes(self, screen):
                continue
            if screen == "resultado":
                return "numero"
            if screen == "inconclusa":
                return self._refusal()
            self._do(screen)
        raise Atorada(f"{MOST_SCREENS} pantallas: {self.seen[-6:]}")

    def _do(self, screen: str) -> None:
        if screen == "confirmacion":
            self._prove()
        elif screen == "liga_muerta":
            self._renew()
        elif screen == "no_soy_yo":
            self.go(self._link_to(r"eres-tu/$"))
        elif screen == "buscar_cp":
            self.go(self._link_to(r"domicilio/$"))
        elif screen in FORM_OF and screen != "fin":
            self.send(screen)
        elif screen in MOVING:
            work()
            self.go(MINE)
        elif screen == "retenida":
            assert "hasta 72 horas" in self.page.text
            let_pass(hours=73)
            work()
            self.go(MINE)
        else:
            self._follow_advice()

    def _prove(self) -> None:
        work()
        if any(words in self.page.text for words in ASK_AGAIN) or not self.letters():
            let_pass(seconds=61)
            self.show(self.browser.post(WAIT + "reenviar/", self.page.form("form-reenviar")))
            work()
        if self.screen == "confirmacion":
            self.send("confirmacion")

    def _renew(self) -> None:
        let_pass(seconds=61)
        self.send("liga_muerta")
        work()
        self.go(self.link())

    def _follow_advice(self) -> None:
        """A page without a form: take its first button that leads on."""
        for wanted in (rf"^{PASO1}(\?.*)?$", rf"^{MINE}$", rf"^{LINK}$"):
            found = [link for link in self.page.links() if re.search(wanted, link)]
            if found:
                self.go(found[0])
                return
        raise Atorada(f"sin salida en «{self.page.title}»: {self.page.links()}")

    def _link_to(self, wanted: str) -> str:
        return next(link for link in self.page.links() if re.search(wanted, link))

    def _refusal(self) -> str:
        """A refusal helps if it has a reason, says what to do, and a slip to bring."""
        razon = self.page.mark("razon")
        assert razon in Razon.values, razon
        assert "Qué hacer" in self.page.text
        assert SLIP in self.page.links()
        slip = self.browser.get(SLIP)
        assert slip.mark("razon") == razon
        assert slip.mark("folio") in self.page.text
        return razon


def button_of(page: Pagina, form: str) -> dict[str, str]:
    """Return what the first submit button of a form adds: Enter presses that one."""
    inside = re.search(rf'<form[^>]*id="{form}".*?</form>', page.html, re.DOTALL)[0]
    first = re.search(r'<button[^>]*type="submit"[^>]*>', inside)
    found = re.search(r'name="(\w+)" value="([^"]*)"', first[0]) if first else None
    return {found[1]: found[2]} if found else {}
