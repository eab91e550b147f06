"""What reads a mailbox before its owner: opens every link, sends every form, presses every button."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from imss_portal.demo.navegador import Navegador
from imss_portal.demo.paginas import Pagina

ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
# What machines write in a field whose meaning they do not know.
WORDS = (
    "",
    "test",
    "1234",
    "abcd",
    "aaaa",
    "AAAA",
    "0000",
    "admin",
    "scanner@example.org",
    "x" * 40,
)
VISITS = 3  # times that each link is opened


def links_of(letter: EmailMessage) -> set[str]:
    """Return every address in the text and in the HTML of a mail."""
    parts = (letter.get_body(("plain",)), letter.get_body(("html",)))
    return {link for part in parts if part for link in ADDRESS.findall(part.get_content())}


@dataclass
class Escaner:
    """Counts what it did, so that a test can tell that it did something."""

    base: str
    abiertas: int = 0
    enviadas: int = 0
    presionadas: int = 0

    def by_http(self, links: Iterable[str]) -> None:
        """HEAD and GET each link, then send each form of its page with each of WORDS."""
        for link in links:
            if not link.startswith(self.base):
                continue
            for _ in range(VISITS):
                self._head(link)
                self._open(link)
            self._send_forms(link)

    def _head(self, link: str) -> None:
        request = urllib.request.Request(link, method="HEAD")
        plain = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            plain.open(request, timeout=30).close()
        except urllib.error.HTTPError as refused:
            refused.close()

    def _open(self, link: str) -> tuple[Navegador, Pagina]:
        web = Navegador(self.base)
        self.abiertas += 1
        return web, web.abrir(link)

    def _send_forms(self, link: str) -> None:
        """Each form from a fresh visit, and again on the page that answers, with every word."""
        _, first = self._open(link)
        for name in first.formularios:
            web, page = self._open(link)
            for word in WORDS:
                form = page.formularios.get(name)
                if form is None:
                    break
                typed = {field: value or word for field, value in form.campos.items()}
                button = form.botones[0][:2] if form.botones else None
                answer = web.enviar(page, form, button, **typed)
                self.enviadas += 1
                page = answer if name in answer.formularios else page

    def by_browser(self, browser: Browser, link: str) -> None:
        """Open the link in a browser with scripts, fill what can be filled, press each button."""
        context = browser.new_context(locale="es-MX")
        context.set_default_timeout(5_000)  # ms
        page = context.new_page()
        page.goto(link)
        for n in range(page.get_by_role("button").count()):
            for word in WORDS[:3]:
                self._press(page, link, n, word)
        context.close()

    def _press(self, page: Page, link: str, n: int, word: str) -> None:
        page.goto(link)
        for box in page.locator("input[type=checkbox]:visible").all():
            box.check()
        for field in page.locator("input:visible:not([type=checkbox]):not([type=radio])").all():
            field.fill(word)
        button = page.get_by_role("button").nth(n)
        if button.count() and button.is_visible():
            button.click()
            page.wait_for_load_state()
            self.presionadas += 1


def is_link(address: str) -> bool:
    return urlsplit(address).path.startswith("/c/")
