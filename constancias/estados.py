"""The signed status list: one place per document, so that a check made offline learns of a revocation.

A JWT of type `statuslist+jwt` (Token Status List of the IETF's OAuth group):
two bits per document, the first in the lowest bits of the first byte, deflated.
Two megabits for a million documents, about a kilobyte on the wire.
"""

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.db.models import Max
from django.urls import reverse

from constancias import llaves
from constancias.enums import EstadoConstancia
from constancias.errors import ListaInvalida
from constancias.jws import algorithm, b64url, raw_sign, raw_verify, unb64url
from constancias.llaves import Llave
from constancias.models import Constancia
from constancias.sello import PublicKey

TYPE = "statuslist+jwt"
BITS = 2
REFRESH = timedelta(minutes=5)  # how often it is signed again though nothing changed
LASTS = timedelta(days=1)  # after that a reader must fetch another
LISTA_MAX = 64 * 1024 * 1024  # bytes deflated back: 250 million documents
# 0, 1 and 3 are the standard's VALID, INVALID and "of the application".
VALUES = {
    EstadoConstancia.VIGENTE: 0,
    EstadoConstancia.REVOCADA: 1,
    EstadoConstancia.SUSTITUIDA: 3,
}
_STATES = {value: estado for estado, value in VALUES.items()}


def url() -> str:
    return settings.URL_PORTAL + reverse("constancias:estados")


def build(now: datetime, llave: Llave | None = None) -> bytes:
    """Return the list of all documents as they stand, signed by the active key.

    Raises
        SelloUnavailable: there is no key here to sign with.
    """
    llave = llave or llaves.active()
    head = {"alg": algorithm(llave.key.public_key()), "kid": llave.serie, "typ": TYPE}
    claims = {
        "sub": url(),
        "iat": int(now.timestamp()),
        "exp": int((now + LASTS).timestamp()),
        "ttl": int(REFRESH.total_seconds()),
        "status_list": {"bits": BITS, "lst": b64url(zlib.compress(_pack(), 9))},
    }
    signed = b".".join(b64url(_json(part)).encode() for part in (head, claims))
    return signed + b"." + b64url(raw_sign(signed, llave.key)).encode()


def _pack() -> bytes:
    """Return two bits per place, from 0 to the last document recorded."""
    last = Constancia.objects.aggregate(last=Max("indice"))["last"]
    packed = bytearray((last * BITS // 8) + 1 if last is not None else 0)
    ended = Constancia.objects.no_longer_in_force().values_list("indice", "estado")
    for indice, estado in ended.iterator(chunk_size=5000):
        packed[indice * BITS // 8] |= VALUES[EstadoConstancia(estado)] << (indice * BITS % 8)
    return bytes(packed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lista:
    """A list that was read and whose signature holds. Call it with a document's place."""

    emitida: datetime
    vence: datetime
    packed: bytes

    def __call__(self, indice: int) -> EstadoConstancia | None:
        """Return how the document stood when the list was signed; None: it is newer than the list."""
        if not 0 <= indice < len(self.packed) * 8 // BITS:
            return None
        value = self.packed[indice * BITS // 8] >> (indice * BITS % 8) & (2**BITS - 1)
        return _STATES.get(value, EstadoConstancia.REVOCADA)


def read(
    content: bytes, keys: Callable[[str], PublicKey | None], *, now: datetime | None = None
) -> Lista:
    """Return the list that `content` holds; `keys` gives the public key of a serie.

    With `now` a list past its date is refused.

    Raises
        ListaInvalida: not a list, not signed by a key of ours, or past its date.
    """
    try:
        signed, _, signature = content.rpartition(b".")
        head, claims = (json.loads(unb64url(part)) for part in signed.split(b"."))
        key = keys(str(head["kid"]))
        if key is None:
            raise ListaInvalida(motivo="clave_desconocida")
        if head["typ"] != TYPE or head["alg"] != algorithm(key):
            raise ListaInvalida(motivo="ilegible")
        raw_verify(unb64url(signature), signed, key)
        lista = _lista(claims)
    except InvalidSignature as exc:
        raise ListaInvalida(motivo="firma") from exc
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as exc:
        raise ListaInvalida(motivo="ilegible") from exc
    if now and now >= lista.vence:
        raise ListaInvalida(motivo="vencida")
    return lista


def _lista(claims: dict[str, Any]) -> Lista:
    whole = claims["status_list"]
    if whole["bits"] != BITS:
        raise ValueError(whole["bits"])
    inflate = zlib.decompressobj()
    packed = inflate.decompress(unb64url(whole["lst"]), LISTA_MAX)
    if not inflate.eof:
        raise ValueError("cut or too large")
    return Lista(
        emitida=datetime.fromtimestamp(claims["iat"], UTC),
        vence=datetime.fromtimestamp(claims["exp"], UTC),
        packed=packed,
    )


def _json(part: dict[str, Any]) -> bytes:
    return json.dumps(part, separators=(",", ":")).encode()
