"""A signing key of the test's own, and numbers to document."""

import subprocess
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.core.cache import cache

from comun import reloj
from comun.cripto import blind_index
from constancias import llaves, services
from constancias.enums import Tipo
from constancias.models import Constancia
from nss.models import Asegurado, Numero
from nss.values import Nss
from tests.constancias import hojas, mutaciones


@pytest.fixture
def llave(db, settings, tmp_path):
    settings.LLAVE_SELLO = str(tmp_path / "llaves" / "sello.pem")
    settings.DOCUMENTOS_DIR = str(tmp_path / "documentos")
    llaves.create(now=reloj.now())
    return llaves.active()


@pytest.fixture
def fresh_limits():
    """Nobody has asked anything yet, nor has after the test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def base(llave, make_numero):
    """A genuine constancia and the key that sealed it."""
    return mutaciones.issue(0, Tipo.CONSTANCIA, make_numero)


@pytest.fixture
def bait():
    """A server that should never be asked: its address, and what was asked of it."""
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Server)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.fixture
def make_numero(db):
    """A number of a person of its own, as if it came from another registry."""

    def make(nss: str) -> Numero:
        asegurado = Asegurado.objects.create(
            curp_idx=blind_index("curp", nss),
            persona_idx=blind_index("persona", nss),
            datos={},
            creado_en=reloj.now(),
        )
        return Numero.objects.create(
            nss=Nss(nss), asegurado=asegurado, fecha_alta=date(2025, 2, 18)
        )

    return make


@pytest.fixture
def numero(make_numero):
    return make_numero(hojas.facts().nss)


@pytest.fixture
def issue(llave, numero):
    def make(*tipos: Tipo, folio: str = hojas.FOLIO) -> list[Constancia]:
        facts = hojas.facts(folio=folio)
        return [
            services.record(
                preparado=services.prepare(facts=facts, tipo=tipo), numero=numero, now=reloj.now()
            )
            for tipo in tipos
        ]

    return make


@pytest.fixture
def text_of(tmp_path):
    """What pdftotext reads, in reading order; options as pdftotext takes them."""

    def read(pdf: bytes, *options: str) -> str:
        return tool(tmp_path, pdf, "pdftotext", *options, "{}", "-")

    return read


@pytest.fixture
def pdf_tool(tmp_path):
    def run(pdf: bytes, *command: str) -> str:
        return tool(tmp_path, pdf, *command)

    return run


def tool(folder: Path, pdf: bytes, *command: str) -> str:
    path = folder / "documento.pdf"
    path.write_bytes(pdf)
    words = [word.replace("{}", str(path)) for word in command]
    return subprocess.run(words, capture_output=True, check=False, text=True).stdout
