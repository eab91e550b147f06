"""The proxy as it is shipped: slow clients harm nobody, nothing forged passes, no token is logged."""

import asyncio
import http.client
import http.server
import json
import threading

import pytest

from imss_portal.demo.procesos import await_true
from imss_portal.demo.puertos import free_port
from tests.conftest import PORTS
from tests.larga.lentos import Lentos
from tests.larga.proxy import believing, proxy
from tests.pila.puesta import HOST, Web, load_prefix, new_base, without_owner

pytestmark = [pytest.mark.larga, pytest.mark.pila, pytest.mark.timeout(600)]
SLOW, SECONDS, WORST = 200, 30, 0.5  # clients, s, s


def percentile(took: list[float], share: float) -> float:
    return sorted(took)[min(len(took) - 1, int(share * len(took)))]


@pytest.fixture(scope="module")
def fachada(pila_de_la_sesion, tmp_path_factory):
    """Production behind its proxy: the ports of gunicorn, http and https, and the proxy's folder."""
    folder = tmp_path_factory.mktemp("fachada")
    portal, http_port, https = (free_port(PORTS + n) for n in (150, 155, 160))
    with new_base(pila_de_la_sesion, folder, "tras_el_proxy") as env:
        load_prefix(env, folder)
        with Web(without_owner(env), portal) as web:
            await_true(web.answers, seconds=30, what="La web de producción")
            with proxy(folder, portal=portal, http=http_port, https=https):
                yield web.env, http_port, https, folder


def ask(https: int, folder, method: str, path: str, body: bytes | None = None, **headers: str):
    client = http.client.HTTPSConnection(HOST, https, context=believing(folder), timeout=10)
    client._create_connection = lambda _where, *rest: _connect(https, *rest)
    client.request(method, path, body=body, headers={"Host": HOST, **headers})
    answer = client.getresponse()
    text = answer.read()
    client.close()
    return answer, text.decode(errors="replace")


def _connect(port, *rest):
    import socket

    return socket.create_connection(("127.0.0.1", port), *rest[:1])


def test_200_slow_clients_harm_nobody(fachada, medida):
    env, _, https, folder = fachada
    behind = Lentos(https, believing(folder), SLOW)
    took = asyncio.run(behind.around(SECONDS))
    # The same against gunicorn without a proxy: the measure sees what it has to see.
    with Web(env, free_port(PORTS + 165)) as web:
        await_true(web.answers, seconds=30, what="La web sin proxy")
        bare = asyncio.run(Lentos(web.port, None, SLOW).around(12))
    figures = {
        "clientes": SLOW,
        "segundos": SECONDS,
        "visitas_lentas": behind.visits,
        "preguntas": len(took),
        "p50_ms": round(1000 * percentile(took, 0.5)),
        "p99_ms": round(1000 * percentile(took, 0.99)),
        "peor_ms": round(1000 * max(took)),
        "sin_proxy": {"preguntas": len(bare), "p50_ms": round(1000 * percentile(bare, 0.5))},
    }
    medida("clientes_lentos", figures)
    assert percentile(took, 0.99) <= WORST, figures
    assert percentile(bare, 0.5) > WORST, figures


def test_portal_is_reached_as_https_and_http_is_sent_there(fachada):
    _, http_port, https, folder = fachada
    home, text = ask(https, folder, "GET", "/asignacion-nss/")
    assert home.status == 200
    assert "<h1" in text
    assert "__Host-csrf" in str(home.headers.get_all("Set-Cookie"))
    plain = http.client.HTTPConnection("127.0.0.1", http_port, timeout=10)
    plain.request("GET", "/conoce/?a=b", headers={"Host": HOST})
    answer = plain.getresponse()
    assert (answer.status, answer.headers["Location"]) == (308, f"https://{HOST}/conoce/?a=b")


def test_too_much_is_refused_in_spanish_and_a_pdf_is_not_too_much(fachada):
    _, _, https, folder = fachada
    refused, text = ask(https, folder, "POST", "/asignacion-nss/", b"a" * 70_000)
    assert (refused.status, "demasiado grande" in text) == (413, True)
    passed, _ = ask(https, folder, "POST", "/verificar/pdf/", b"a" * 1_000_000)
    assert passed.status == 403  # the portal's own answer: there is no CSRF token


def test_no_token_and_no_query_reaches_the_log(fachada):
    _, _, https, folder = fachada
    secret = "Zx9-secreto-que-no-se-anota"
    for path in (f"/c/{secret}", f"/c/no-fui-yo/{secret}", f"/buscar/?q={secret}", f"/{secret}"):
        ask(
            https, folder, "GET", path, Referer=f"https://{HOST}/{secret}", **{"User-Agent": secret}
        )
    logged = (folder / "accesos.log").read_text() + (folder / "errores.log").read_text()
    assert secret not in logged
    assert " GET /c " in logged


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers with the headers it was called with."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = json.dumps(dict(self.headers.items())).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def test_what_the_client_says_of_itself_never_passes(tmp_path):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    http_port, https = free_port(PORTS + 165), free_port(PORTS + 170)
    forged = {
        "X-Forwarded-For": "198.51.100.1, 198.51.100.2",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "otro.example",
        "X-Forwarded-Port": "1",
        "X-Real-IP": "198.51.100.3",
        "Forwarded": "for=198.51.100.4;proto=http",
    }
    with proxy(tmp_path, portal=server.server_port, http=http_port, https=https):
        _, text = ask(https, tmp_path, "GET", "/", **forged)
    server.shutdown()
    seen = {name.lower(): value for name, value in json.loads(text).items()}
    assert seen["x-forwarded-for"] == "127.0.0.1"
    assert seen["x-forwarded-proto"] == "https"
    assert seen["host"] == HOST
    assert not {"x-forwarded-host", "x-forwarded-port", "x-real-ip", "forwarded"} & set(seen)
    assert "198.51.100" not in text


def test_portal_that_is_down_is_told_in_spanish(tmp_path):
    ports = [free_port(PORTS + n) for n in (175, 180, 185)]
    with proxy(tmp_path, portal=ports[0], http=ports[1], https=ports[2]):
        answer, text = ask(ports[2], tmp_path, "GET", "/")
    assert (answer.status, answer.headers["Retry-After"]) == (502, "30")
    assert "No se perdió nada" in text
