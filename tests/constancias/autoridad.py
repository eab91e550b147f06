"""A small RFC 3161 authority of the tests, over HTTP, with the faults of real ones."""

import asyncio
import contextlib
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

SLOW = 8  # s, above the portal's deadline
MODES = (
    "lenta",
    "gota_a_gota",
    "caida",
    "basura",
    "negada",
    "otra_firma",
    "otro_resumen",
    "enorme",
)


class Autoridad:
    """Serves at `url`; `modo` is "buena" or one of MODES. Its certificate is its own root."""

    def __init__(self) -> None:
        self.modo, self.pedidos = "buena", 0
        self.certificado, self._stamper = _identity()
        _, self._stranger = _identity()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/tsa"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, body: bytes) -> bytes:
        if self.modo == "basura":
            return b"\x30\x03\x02\x01\x07no es una respuesta"
        if self.modo == "enorme":
            return b"\x00" * 200_000
        request = tsp.TimeStampReq.load(body)
        if self.modo == "otro_resumen":
            request["message_imprint"]["hashed_message"] = b"\x07" * 32
        if self.modo == "negada":
            status = {"status": "rejection", "status_string": ["no"], "fail_info": {"bad_alg"}}
            return tsp.TimeStampResp({"status": status}).dump()
        stamper = self._stranger if self.modo == "otra_firma" else self._stamper
        return asyncio.run(stamper.async_request_tsa_response(request)).dump()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        return type("Puerta", (Puerta,), {"autoridad": self})


class Puerta(BaseHTTPRequestHandler):
    """One request of an Autoridad."""

    autoridad: Autoridad

    def do_POST(self) -> None:
        modo = self.autoridad.modo
        self.autoridad.pedidos += 1
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if modo == "caida":
            self.send_error(503)
            return
        if modo == "lenta":
            time.sleep(SLOW)
        content = self.autoridad.answer(body)
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with contextlib.suppress(OSError):  # who asked did not wait
            self._send(content, drop_by_drop=modo == "gota_a_gota")

    def _send(self, content: bytes, *, drop_by_drop: bool) -> None:
        for byte in content[: SLOW * 2] if drop_by_drop else ():
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(0.5)
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        pass


def _identity() -> tuple[str, DummyTimeStamper]:
    key, now = rsa.generate_private_key(65537, 2048), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Autoridad de tiempo de prueba")])
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = (
        x509.CertificateBuilder(
            name, name, key.public_key(), 77, now - timedelta(days=1), now + timedelta(days=9)
        )
        .add_extension(usage, critical=True)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    stamper = DummyTimeStamper(
        asn1.Certificate.load(certificate.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(private),
    )
    return certificate.public_bytes(Encoding.PEM).decode(), stamper
