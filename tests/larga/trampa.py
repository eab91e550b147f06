"""A site with holes, for the scanners to find: it lives on loopback as long as one test."""

import html
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

HOME = (
    "<!DOCTYPE html><title>Trampa</title><a href='/eco?q=hola'>eco</a> "
    "<a href='/fila?id=1'>fila</a> <a href='/lleva?a=/eco'>lleva</a>"
)


class Trampa(BaseHTTPRequestHandler):
    """/eco repeats what it is told, /fila puts it into a statement, /lleva goes wherever it says."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        status, body, headers = 200, HOME, {}
        if parts.path == "/eco":
            body = f"<p>Dijiste {asked.get('q', '')}</p>"
        elif parts.path == "/fila":
            status, body = self._row(asked.get("id", ""))
        elif parts.path == "/lleva":
            status, headers = 302, {"Location": asked.get("a", "/").splitlines()[0]}
        self._answer(status, body, headers)

    def _row(self, asked: str) -> tuple[int, str]:
        base = sqlite3.connect(":memory:")
        base.execute("CREATE TABLE persona (id INTEGER, nombre TEXT)")
        base.execute("INSERT INTO persona VALUES (1, 'Ana'), (2, 'Luis')")
        try:
            rows = base.execute(f"SELECT nombre FROM persona WHERE id = {asked}").fetchall()
        except sqlite3.Error as exc:
            return 500, f"<p>sqlite3.OperationalError: {html.escape(str(exc))}</p>"
        finally:
            base.close()
        return 200, "".join(f"<p>{name}</p>" for (name,) in rows) or "<p>Nadie</p>"

    def _answer(self, status: int, body: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def trampa() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Trampa)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
