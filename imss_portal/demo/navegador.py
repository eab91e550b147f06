"""A browser without a screen: cookies, redirects, forms. Standard library only."""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

from imss_portal.demo.paginas import Formulario, Pagina, leer

TIMEOUT = 30  # s


@dataclass(frozen=True, slots=True)
class Descarga:
    """Bytes that are no page."""

    tipo: str
    contenido: bytes


class Navegador:
    """Keeps the cookies of one student."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),  # loopback never goes through a proxy
            urllib.request.HTTPCookieProcessor(self.cookies),
        )

    def abrir(self, path: str) -> Pagina:
        """GET an address, relative to the portal."""
        return self._page(urllib.request.Request(self._absolute(path)))

    def enviar(
        self,
        pagina: Pagina,
        formulario: Formulario,
        boton: tuple[str, str] | None = None,
        **campos: str,
    ) -> Pagina:
        """Press the button of a form with `campos` typed over what it had."""
        data = {**formulario.campos, **campos}
        if boton and boton[0]:
            data[boton[0]] = boton[1]
        target = urllib.parse.urljoin(pagina.url, formulario.action or pagina.url)
        body = urllib.parse.urlencode(data)
        if formulario.method == "get":
            return self.abrir(f"{target.partition('?')[0]}?{body}")
        headers = {"Referer": pagina.url, "Origin": self.base}
        return self._page(urllib.request.Request(target, body.encode(), headers))

    def descargar(self, path: str) -> Descarga:
        """GET a file.

        Raises
            LookupError: the portal did not give it.
        """
        try:
            with self.opener.open(self._absolute(path), timeout=TIMEOUT) as answer:
                return Descarga(answer.headers.get_content_type(), answer.read())
        except urllib.error.HTTPError as exc:
            raise LookupError(f"{path} contestó {exc.code}") from exc

    def _absolute(self, path: str) -> str:
        return urllib.parse.urljoin(self.base + "/", path)

    def _page(self, request: urllib.request.Request) -> Pagina:
        try:
            answer = self.opener.open(request, timeout=TIMEOUT)
        except urllib.error.HTTPError as exc:
            answer = exc  # a page of ours that says no
        with answer:
            html = answer.read().decode("utf-8", "replace")
            return leer(url=answer.url, status=answer.status, html=html)
