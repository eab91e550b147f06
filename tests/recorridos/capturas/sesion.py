"""One way of browsing, and how its pictures are taken and kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from playwright.sync_api import Browser, Page

from imss_portal.demo.pila import Pila
from tests.recorridos.visitante import TRAMITE, Persona, Visitante

PHONE, DESK = 360, 1280  # px


class Sesion:
    """With JavaScript (360, 1280 px, and forced colours) or without (360 px)."""

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
        context = self.browser.new_context(
            base_url=self.pila.env["URL_PORTAL"],
            java_script_enabled=self.javascript,
            locale="es-MX",
        )
        yield Visitante(context, self.pila, Persona(curp=curp, correo=f"{correo}@example.org"))
        context.close()

    def shot(self, visitor: Visitante, name: str, *, whole: bool = True) -> None:
        """Take this page in every width and colour; `whole`: beyond what the window shows."""
        self.taken += 1
        page = visitor.page
        self._take(page, name, PHONE, whole=whole)
        if self.javascript:
            self._take(page, name, DESK, whole=whole)
            page.emulate_media(forced_colors="active", color_scheme="dark")
            self._take(page, name, DESK, "-forzados", whole=whole)
            page.emulate_media(forced_colors="none", color_scheme="light")

    def printed(self, visitor: Visitante, name: str) -> None:
        """Keep what the printer would put on paper."""
        if self.javascript:
            self.taken += 1
            visitor.page.pdf(path=self.folder / f"{self.taken:02}-{name}.pdf", format="Letter")

    def _take(self, page: Page, name: str, width: int, kind: str = "", *, whole: bool) -> None:
        page.set_viewport_size({"width": width, "height": 740})
        path = self.folder / f"{self.taken:02}-{name}-{width}{kind}.png"
        # The caret is left alone: hiding it is an inline style, which the portal refuses.
        page.screenshot(path=path, full_page=whole, caret="initial")

    def keep_papers(self, one: Visitante, name: str) -> None:
        """Keep both PDFs, to be looked at too (`pdftoppm -png`)."""
        for link in one.page.locator("a[data-documento]").all():
            answer = one.context.request.get(link.get_attribute("href") or "")
            paper = f"{name}-{link.get_attribute('data-documento')}.pdf"
            (self.folder / paper).write_bytes(answer.body())

    def put(self, one: Visitante, estado: str, *, before: str = "") -> None:
        """Write a state into the row of the case that this page shows, and look again."""
        with psycopg2.connect(self.pila.env["DATABASE_OWNER_URL"]) as connection:
            connection.cursor().execute(
                "UPDATE tramites_solicitud SET estado = %s, estado_previo = %s, razon = ''"
                " WHERE folio = %s",
                [estado, before, one.folio()],
            )
        connection.close()
        one.open(TRAMITE)
