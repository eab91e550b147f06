"""The credencial: what a document says, signed and short enough for a QR that verifies offline.

A CBOR Web Token (RFC 8392) signed as COSE_Sign1 with ES256 by the key of the
sello, written in base45 after "NSS1:". Its claims are iss (1), cti (7, the folio
as a number) and one of our own with the rest as a list. No database here.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Self

import cbor2

from constancias import base45, cose
from constancias.cose import Keys, Signer, can_sign
from constancias.enums import Tipo, Verbo

__all__ = ["PREFIX", "Credencial", "CredencialInvalida", "can_sign", "decode", "encode"]

PREFIX = "NSS1:"
LONGEST = 400  # characters, prefix included
ISS, CTI, NUESTRO = 1, 7, -65537
TIPOS = (Tipo.CONSTANCIA, Tipo.TARJETA, Tipo.COMPROBANTE, Tipo.ENMASCARADA)  # only appended to
VERBOS = (Verbo.ASIGNACION, Verbo.LOCALIZACION)
ESTADOS = "/.well-known/nss-sello/estados"  # where the list lives under every portal
EMISOR_BYTES = 32  # what is left of a long issuer's name when all does not fit
FOLIO_BYTES, CURP_BYTES = 10, 12  # 23 decimal digits; 18 of base 36
_DAY_0 = date(1970, 1, 1)
_NSS, _CURP = re.compile(r"[0-9]{11}"), re.compile(r"[0-9A-Z]{18}")
_MALFORMED = (cbor2.CBORError, ValueError, LookupError, TypeError, OverflowError)
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class CredencialInvalida(Exception):
    """The text proves nothing; `reason` is "ilegible", "firma" or "clave_desconocida"."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credencial:
    """The fields of one document that a verifier needs.

    `nss` and `curp` are whole, or veiled with asterisks. `indice` is the place
    of the document in the list at `estados_url`. `recortado`: the name did not
    fit and each word that ends in a dot is cut.
    """

    emisor: str
    folio: str
    tipo: Tipo
    verbo: Verbo
    nss: str
    curp: str
    nombre: str
    emitida: date
    indice: int
    estados_url: str
    recortado: bool = False

    def claims(self) -> bytes:
        origin = self.estados_url.removesuffix(ESTADOS)
        rest = [
            TIPOS.index(self.tipo),
            VERBOS.index(self.verbo),
            int(self.nss) if _NSS.fullmatch(self.nss) else self.nss,
            int(self.curp, 36).to_bytes(CURP_BYTES) if _CURP.fullmatch(self.curp) else self.curp,
            self.nombre,
            self.recortado,
            (self.emitida - _DAY_0).days,
            self.indice,
            origin.removeprefix("https://"),
        ]
        folio = int(self.folio).to_bytes(FOLIO_BYTES)
        return cbor2.dumps({ISS: self.emisor, CTI: folio, NUESTRO: rest})

    @classmethod
    def from_claims(cls, payload: bytes) -> Self:
        claims: dict[int, Any] = cbor2.loads(payload)
        tipo, verbo, nss, curp, nombre, recortado, dias, indice, origin = claims[NUESTRO]
        return cls(
            emisor=claims[ISS],
            folio=f"{int.from_bytes(claims[CTI]):023d}",
            tipo=TIPOS[tipo],
            verbo=VERBOS[verbo],
            nss=nss if isinstance(nss, str) else f"{nss:011d}",
            curp=curp if isinstance(curp, str) else _base36(int.from_bytes(curp)),
            nombre=nombre,
            recortado=recortado,
            emitida=_DAY_0 + timedelta(days=dias),
            indice=indice,
            estados_url=(origin if "://" in origin else f"https://{origin}") + ESTADOS,
        )


def encode(credencial: Credencial, llave: Signer) -> str:
    """Return the text of the QR; a name that does not fit is cut word by word, and says so.

    Raises
        ValueError: the key is not of P-256 (ask `can_sign`), or `estados_url` is
            over 100 bytes or is not under ESTADOS.
    """
    if not credencial.estados_url.endswith(ESTADOS):
        raise ValueError("the status list is elsewhere")
    text = _seal(credencial, llave)
    if len(text) > LONGEST:
        text = _seal(_cut(credencial, llave), llave)
    if len(text) > LONGEST:
        raise ValueError("the address of the status list is too long")
    return text


def decode(text: str, keys: Keys) -> Credencial:
    """Return what `text` says if a key of ours (by the serial of its certificate) signed it.

    Raises
        CredencialInvalida
    """
    try:
        if not text.startswith(PREFIX) or len(text) > LONGEST:
            raise CredencialInvalida("ilegible")
        payload = cose.read(base45.decode(text.removeprefix(PREFIX)), keys)
        return Credencial.from_claims(payload)
    except cose.KeyUnknown as exc:
        raise CredencialInvalida("clave_desconocida") from exc
    except cose.SignatureWrong as exc:
        raise CredencialInvalida("firma") from exc
    except (cose.NotSign1, *_MALFORMED) as exc:
        raise CredencialInvalida("ilegible") from exc


def _seal(credencial: Credencial, llave: Signer) -> str:
    return PREFIX + base45.encode(cose.sign(credencial.claims(), llave))


def _cut(whole: Credencial, llave: Signer) -> Credencial:
    """Return the same with the issuer shortened and, if that is not enough, the name."""
    cut = replace(whole, emisor=shorten(whole.emisor, EMISOR_BYTES))
    excess = len(_seal(cut, llave)) - LONGEST
    if excess <= 0:
        return cut
    room = len(whole.nombre.encode()) - (excess * 2 + 2) // 3  # three characters, two bytes
    return replace(cut, nombre=shorten(whole.nombre, room), recortado=True)


def shorten(text: str, room: int) -> str:
    """Return `text` in at most `room` bytes, its long words cut to one length and dotted.

    >>> shorten("MARÍA GUADALUPE HERNÁNDEZ", 20)
    'MARÍA GUAD. HERN.'
    """
    words = text.split(" ")
    for length in range(max(map(len, words)), 0, -1):
        short = " ".join(w if len(w) <= length + 1 else f"{w[:length]}." for w in words)
        if len(short.encode()) <= room:
            return short
    return text.encode()[: max(room, 0)].decode(errors="ignore")


def _base36(number: int) -> str:
    text = ""
    for _ in range(18):
        number, value = divmod(number, 36)
        text = _DIGITS[value] + text
    return text
