"""Keys, credenciales and pages to test with, without a database."""

import json
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.serialization import load_pem_private_key

from constancias import certificados, credencial, jws, offline
from constancias.credencial import Credencial
from constancias.enums import Tipo, Verbo
from constancias.sello import PrivateKey
from tests.constancias import hojas

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PORTAL = "http://127.0.0.1:8000"
FARTHEST = "https://portal-nss.escuela-normal-superior.edu.mx"
LONGEST_NAME = " ".join(hojas.LONG.values())


@dataclass(frozen=True)
class Firmante:
    serie: str
    key: PrivateKey
    certificado: str

    def published(self, estado: str = "activa") -> dict[str, Any]:
        """Its entry in claves.json."""
        jwk = jws.jwk(self.certificado)
        return {"serie": self.serie, "serie_impresa": self.serie, "estado": estado, "jwk": jwk}


def firmante(which: str = "ours") -> Firmante:
    """A key with its certificate; each name has its own for the whole run."""
    return _firmante(which)


@cache
def _firmante(which: str) -> Firmante:
    emitido = certificados.issue(nombre=which, now=NOW)
    key = load_pem_private_key(emitido.llave, password=None)
    assert isinstance(key, PrivateKey)
    return Firmante(serie=emitido.serie, key=key, certificado=emitido.certificado)


def known(serie: str):
    """Public keys as a verifier has them: ours alone."""
    return firmante().key.public_key() if serie == firmante().serie else None


def told(**changes: Any) -> Credencial:
    whole: dict[str, Any] = {
        "emisor": hojas.EMISOR.nombre,
        "folio": hojas.FOLIO,
        "tipo": Tipo.CONSTANCIA,
        "verbo": Verbo.ASIGNACION,
        "nss": "92919084431",
        "curp": "LORA070514MGRPVNA4",
        "nombre": "María Guadalupe Hernández Rodríguez",
        "emitida": date(2026, 11, 20),
        "indice": 5,
        "estados_url": PORTAL + credencial.ESTADOS,
    }
    return Credencial(**{**whole, **changes})


def token(which: str = "ours", **changes: Any) -> str:
    return credencial.encode(told(**changes), firmante(which))


def lista(estados: dict[int, int], which: str = "ours", places: int = 100) -> str:
    """A signed status list of `places` documents, made by hand."""
    packed = bytearray(places // 4)
    for indice, value in estados.items():
        packed[indice // 4] |= value << (indice % 4 * 2)
    signer = firmante(which)
    head = {"alg": "ES256", "kid": signer.serie, "typ": "statuslist+jwt"}
    lst = jws.b64url(zlib.compress(bytes(packed)))
    body = {"iat": int(NOW.timestamp()), "status_list": {"bits": 2, "lst": lst}}
    text = ".".join(jws.b64url(json.dumps(part).encode()) for part in (head, body))
    return f"{text}.{jws.b64url(jws.raw_sign(text.encode(), signer.key))}"


def page(estados: str | None = None, **claves: str) -> offline.Pagina:
    """The offline page that knows our key, active, and others as `name=estado`."""
    publicadas = {
        "emisor": hojas.EMISOR.nombre,
        "portal": PORTAL,
        "demostracion": True,
        "claves": [
            firmante(name).published(estado)
            for name, estado in {"ours": "activa", **claves}.items()
        ],
    }
    return offline.assemble(publicadas, lista({7: 1, 8: 3}) if estados is None else estados, NOW)


def others(char: str, alphabet: str) -> list[str]:
    return [other for other in alphabet if other != char]
