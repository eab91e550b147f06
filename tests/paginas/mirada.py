"""One browser at work on the portal, and all that may be wrong with the page it came to."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, Request, Response

from tests.paginas import cabeceras, mapa, validez
from tests.recorridos.vigia import Vigia

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
AXE: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": list(WCAG)},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
NARROW, NARROWEST, WIDE = 360, 320, 1280  # px; 320 is 1280 at 400 %
FIRST_LOAD, NEXT_PAGE = 100_000, 30_000  # bytes over the wire
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUSED = "document.activeElement ? document.activeElement.id : ''"
SUMMARY = "resumen-errores"
DEMO = "sin validez oficial"
# What a page may load: ours, and nothing else; the file for use without a network, its own hashes.
SOURCES = ("'self'", "'none'")
OWN_SOURCES = (*SOURCES, "data:", "'script'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exigencia:
    """What is asked of a page; tests.paginas.registro says what each word means."""

    estado: int = 200
    en_linea: bool = False
    ajena: bool = False
    muestra: bool = False
    avisa: bool = False
    anchos: tuple[int, ...] = (NARROW, WIDE)


@dataclass
class Hoja:
    """What the server answered last, and all the page asked for since."""

    respuesta: Response | None = None
    pedidas: set[str] = field(default_factory=set)
    cabeceras: list[str] = field(default_factory=list)  # what an answer lacked or said too much


class Mirada:
    """Watches one page of one context; `peso` keeps what each address weighed over the wire."""

    def __init__(self, context: BrowserContext, base: str, *, javascript: bool = True) -> None:
        self.context, self.base, self.javascript = context, base, javascript
        self.vigia = Vigia(context, base)
        self.page: Page = context.new_page()
        self.hoja, self.claves = Hoja(), set[str]()
        self.peso: dict[str, float] = {}
        self.comunes: set[str] = set()  # what the first page brought and the next ones have
        self._asked: dict[str, str] = {}
        self.axe = Axe()
        self.page.on("request", self._on_request)
        self.page.on("response", self._on_response)
        wire = context.new_cdp_session(self.page)
        wire.on("Network.requestWillBeSent", self._on_sent)
        wire.on("Network.loadingFinished", self._on_finished)
        wire.send("Network.enable")

    # --- what is noted -----------------------------------------------------------------

    def _on_request(self, request: Request) -> None:
        if request.is_navigation_request() and request.redirected_from is None:
            self.hoja = Hoja()
        self.hoja.pedidas.add(request.url)
        if key := mapa.key_of(request.url):
            self.claves.add(key)

    def _on_response(self, response: Response) -> None:
        moved = 300 <= response.status < 400
        if response.url.startswith(self.base):
            self.hoja.cabeceras += cabeceras.faults(
                response.url,
                response.status,
                response.headers,
                piece="hx-request" in response.request.headers,
            )
        if response.request.is_navigation_request() and not moved:
            self.hoja.respuesta = response

    def _on_sent(self, event: dict[str, Any]) -> None:
        self._asked[event["requestId"]] = event["request"]["url"]

    def _on_finished(self, event: dict[str, Any]) -> None:
        url, size = self._asked.get(event["requestId"], ""), event["encodedDataLength"]
        if size:
            self.peso[url] = size

    def begin(self) -> None:
        """Forget the person and the page before, which may be about to load itself again."""
        self.page.goto("about:blank")
        self.context.clear_cookies()
        self.claves.clear()
        self.vigia.faults.clear()

    # --- what is judged ----------------------------------------------------------------

    def faults(self, asked: Exigencia) -> list[str]:
        """Return all that is wrong with the page as it stands now."""
        status, own_inline = asked.estado, asked.en_linea
        answer = self.hoja.respuesta
        assert answer, "the case never came to a page"
        found = [] if answer.status == status else [f"respuesta: {answer.status}, no {status}"]
        html = answer.text()
        found += validez.faults(html, own_inline=own_inline)
        found += self._policy(answer, own_inline) + self.hoja.cabeceras
        if settings.DEMO and DEMO not in html.lower():
            found.append("demostración: la página no dice que no tiene validez")
        if not asked.muestra:
            found += self._errors(html, answer.status)
        if not asked.ajena:
            found += self._weights(answer, alone=own_inline)
        found += self._sideways()
        for width in asked.anchos:
            found += self._axe(width, reloads=asked.avisa, ours=not asked.ajena)
        return found + self._complaints(answer)

    def _policy(self, answer: Response, own_inline: bool) -> list[str]:
        header = answer.headers.get("content-security-policy", "")
        parts = dict(part.strip().partition(" ")[::2] for part in header.split(";"))
        if parts.get("default-src") != "'none'":
            return ["política: sin default-src 'none'"]
        found = [
            f"política: falta {name} 'none'"
            for name in ("base-uri", "frame-ancestors")
            if parts.get(name) != "'none'"
        ]
        allowed = OWN_SOURCES if own_inline else SOURCES
        for name, sources in parts.items():
            for source in sources.split():
                hashed = own_inline and source.startswith("'sha256-")
                if source not in allowed and not hashed:
                    found.append(f"política: {name} deja pasar {source}")
        return found

    def _errors(self, html: str, status: int) -> list[str]:
        """Who hears the page hears first that something is wrong, and where."""
        summary = self.page.locator(f"#{SUMMARY}").count() > 0
        told = summary or self.page.locator(".errornote").count() > 0  # the admin's own
        wrong, said = told or status >= 400, validez.title(html).startswith("Error:")
        found = []
        if wrong != said:
            found.append("título: " + ("falta «Error:»" if wrong else "dice «Error:» sin haberlo"))
        if summary and self.javascript and self.page.evaluate(FOCUSED) != SUMMARY:
            found.append("foco: no va al resumen de errores")
        return found

    def _weights(self, answer: Response, *, alone: bool) -> list[str]:
        """`alone`: all is in one file, which shares nothing with the other pages."""
        first = sum(self.peso.get(url, 0) for url in self.hoja.pedidas)
        own = [url for url in self.hoja.pedidas if url not in self.comunes]
        later = sum(self.peso.get(url, 0) for url in own)
        found = []
        if not self.peso.get(answer.url):
            found.append("peso: no se midió")
        if first > FIRST_LOAD:
            found.append(f"peso: {first:.0f} bytes si es la primera página")
        if later > NEXT_PAGE and not alone:
            found.append(f"peso: {later:.0f} bytes después de otra")
        return found

    def _sideways(self) -> list[str]:
        found = []
        for colours in ("none", "active"):
            self.page.emulate_media(forced_colors=colours)
            for width in (NARROW, NARROWEST):
                self.page.set_viewport_size({"width": width, "height": 740})
                if over := self.page.evaluate(SIDEWAYS):
                    found.append(f"ancho: {over} px de más a {width} px, colores {colours}")
        self.page.emulate_media(forced_colors="none")
        return found

    def _axe(self, width: int, *, reloads: bool, ours: bool) -> list[str]:
        """`reloads`: it goes on by itself, but warns first and may be held (WCAG 2.2.1).

        Not `ours`: axe does not fetch the style sheets, whose @import it takes from the page.
        """
        self.page.set_viewport_size({"width": width, "height": 740})
        rules = AXE["rules"] | {"meta-refresh": {"enabled": not reloads}}
        told = self.axe.run(self.page, options=AXE | {"rules": rules, "preload": ours}).response
        return [
            f"axe a {width} px: {rule['id']}: {node['html'][:160]}"
            for rule in told["violations"]
            for node in rule["nodes"]
        ]

    def _complaints(self, answer: Response) -> list[str]:
        """What the console and the network said; the status of the page itself was judged."""
        own = f"answer: {answer.status} {answer.url}"
        return [fault for fault in self.vigia.faults if fault != own]

    def settle(self) -> None:
        """Wait until all is loaded. Without JavaScript no promise is ever kept: not even ours."""
        self.page.wait_for_load_state("load")
        if self.javascript:
            self.page.evaluate("document.fonts.ready.then(() => 0)")

    def address(self, path: str) -> str:
        return path if urlsplit(path).scheme else self.base + path
