"""One POST of JSON to a machine that is not ours, with a whole deadline and a size it cannot pass.

Slow, silent, down, redirecting, talkative: each ends as FuenteAusente with a short code, within
the deadline counted from the name's resolution to the last byte.
"""

import asyncio
import ssl
from dataclasses import dataclass
from functools import lru_cache

from nss.errors import FuenteAusente

ANSWER_MAX = 64 * 1024  # bytes; an honest answer is under 2 kB
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Espera:
    """Seconds: to connect (TLS included), and in all."""

    conexion: float
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Destino:
    """Where to ask, and how each side proves who it is. Empty text: not used."""

    url: str
    credencial: str = ""
    autoridad: str = ""  # PEM file of the roots to believe; empty: the system's
    certificado: str = ""  # PEM file of our own certificate, and `llave` of its key
    llave: str = ""


def post(destino: Destino, body: bytes, espera: Espera) -> bytes:
    """Return the JSON text of a 200 answer.

    Raises
        FuenteAusente: anything else.
    """
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(_post(destino, body, espera))
    finally:
        loop.close()  # not asyncio.run: that would wait for a name server that hangs


async def _post(destino: Destino, body: bytes, espera: Espera) -> bytes:
    import aiohttp  # noqa: PLC0415 - heavy, and the web never asks

    headers = {"Content-Type": JSON, "Accept": JSON, "Accept-Encoding": "identity"}
    if destino.credencial:
        headers["Authorization"] = f"Bearer {destino.credencial}"
    wait = aiohttp.ClientTimeout(
        total=espera.total, connect=espera.conexion, sock_connect=espera.conexion
    )
    try:
        async with (
            aiohttp.ClientSession(timeout=wait, auto_decompress=False) as session,
            session.post(
                destino.url,
                data=body,
                headers=headers,
                allow_redirects=False,
                ssl=_context(destino) if destino.url.startswith("https:") else True,
            ) as answer,
        ):
            _check_head(answer.status, answer.content_type, answer.headers)
            return await _read(answer.content)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as exc:
        raise FuenteAusente(type(exc).__name__) from exc


def _check_head(status: int, kind: str, headers: object) -> None:
    assert hasattr(headers, "get")
    if status != 200:
        raise FuenteAusente(f"http {status}")
    if kind != JSON:
        raise FuenteAusente("tipo")
    if headers.get("Content-Encoding", "identity") != "identity":
        raise FuenteAusente("codificación")


async def _read(content: object) -> bytes:
    assert hasattr(content, "read")
    body = b""
    while len(body) <= ANSWER_MAX and (more := await content.read(ANSWER_MAX)):
        body += more
    if len(body) > ANSWER_MAX:
        raise FuenteAusente("tamaño")
    return body


@lru_cache(maxsize=4)
def _context(destino: Destino) -> ssl.SSLContext:
    """Return how TLS is spoken with it; read once, so a new certificate needs a restart."""
    try:
        context = ssl.create_default_context(cafile=destino.autoridad or None)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if destino.certificado:
            context.load_cert_chain(destino.certificado, destino.llave or None)
    except (OSError, ssl.SSLError) as exc:
        raise FuenteAusente("certificado propio") from exc
    return context
