"""Forged texts of QR, and codes of nobody."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

from constancias import base45, codigo, cose, credencial
from constancias.base45 import ALPHABET
from constancias.credencial import PREFIX
from constancias.models import Constancia
from tests.constancias.mutaciones.escena import Base, Escena
from tests.constancias.mutaciones.registro import end, revoke_key, rows

SIGNATURE = cose.SIGNATURE


def tokens(
    escena: Escena, seed: int, count: int, *, offline: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield `count` texts that no document of ours prints, each after its kind.

    `offline`: only those that a verifier without a registry can refuse.
    """
    rng = random.Random(seed)
    genuine = {base.token for base in escena.bases}
    made = 0
    while made < count:
        change = rng.choice(OFFLINE if offline else TOKENS)
        text = change(rng, rng.choice(escena.bases), escena)
        if text not in genuine:
            made += 1
            yield change.__name__, text


def one_character(rng: random.Random, base: Base, escena: Escena) -> str:
    at = rng.randrange(len(base.token))
    char = rng.choice([char for char in ALPHABET if char != base.token[at]])
    return base.token[:at] + char + base.token[at + 1 :]


def lost_character(rng: random.Random, base: Base, escena: Escena) -> str:
    at = rng.randrange(len(base.token))
    return base.token[:at] + base.token[at + 1 :]


def added_character(rng: random.Random, base: Base, escena: Escena) -> str:
    at = rng.randrange(1, len(base.token))
    return base.token[:at] + rng.choice(ALPHABET) + base.token[at:]


def exchanged_characters(rng: random.Random, base: Base, escena: Escena) -> str:
    at = rng.randrange(len(base.token) - 1)
    return base.token[:at] + base.token[at + 1] + base.token[at] + base.token[at + 2 :]


def one_bit(rng: random.Random, base: Base, escena: Escena) -> str:
    data = bytearray(_bytes(base))
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return _text(bytes(data))


def signature_of_another(rng: random.Random, base: Base, escena: Escena) -> str:
    """What this one says, under the signature of another's QR."""
    other = rng.choice([one for one in escena.bases if one is not base])
    return _text(_bytes(base)[:-SIGNATURE] + _bytes(other)[-SIGNATURE:])


def mirrored_signature(rng: random.Random, base: Base, escena: Escena) -> str:
    """The second signature that ECDSA lets anybody make of a good one."""
    data = _bytes(base)
    half = SIGNATURE // 2
    return _text(data[:-half] + (cose.ORDER - int.from_bytes(data[-half:])).to_bytes(half))


def other_facts(rng: random.Random, base: Base, escena: Escena) -> str:
    """This document's place with another person's facts, by a key that copies our number."""
    return credencial.encode(base.told(nombre=f"Otra {rng.random()}"), escena.twin(base))


def place_of_another(rng: random.Random, base: Base, escena: Escena) -> str:
    """Another document's place and folio with this one's facts, by a forger's key."""
    other = rng.choice([one for one in escena.bases if one is not base])
    told = base.told(indice=other.row.indice, folio=other.row.folio)
    return credencial.encode(told, rng.choice((escena.stranger, escena.twin(base))))


def by_a_stolen_key(rng: random.Random, base: Base, escena: Escena) -> str:
    """Signed by a key of ours, and never issued."""
    other = (
        {"nss": "72250700019"} if rng.random() < 0.5 else {"indice": rng.randrange(10**6, 10**7)}
    )
    return credencial.encode(base.told(nombre=f"Otra {rng.random()}", **other), base.llave)


OFFLINE = (  # those that a verifier with no registry can refuse
    *(one_character, one_character, one_character, one_bit, one_bit),
    *(lost_character, added_character, exchanged_characters),
    *(signature_of_another, mirrored_signature, other_facts, place_of_another),
)
TOKENS = (*OFFLINE, by_a_stolen_key)


def _bytes(base: Base) -> bytes:
    return base45.decode(base.token.removeprefix(PREFIX))


def _text(data: bytes) -> str:
    return PREFIX + base45.encode(data)


def tampered_tokens(escena: Escena) -> list[tuple[str, str, Callable[[], object]]]:
    """For each check of a QR, a text that it alone refuses, and what was done to the registry."""
    base = escena.bases[1]
    forged = credencial.encode(base.told(), escena.twin(base))

    def plant() -> None:
        row = Constancia.objects.get(pk=base.row.pk)
        row.snapshot = replace(base.hoja, credencial=forged).as_json()
        row.save(update_fields=("snapshot",))

    return [
        ("firma", forged, plant),
        ("certificado", base.token, lambda: revoke_key(base)),
        ("registro", credencial.encode(base.told(), base.llave), lambda: None),
        ("sello", base.token, lambda: rows(base).update(sello="MEUC")),
        ("vigencia", base.token, lambda: end(base)),
    ]


def codes(escena: Escena, seed: int, count: int) -> Iterator[str]:
    """Yield codes that no document of ours prints: mistyped ones, and right ones of nobody."""
    rng = random.Random(seed)
    genuine = {base.hoja.codigo for base in escena.bases}
    made = 0
    while made < count:
        text = rng.choice(escena.bases).hoja.codigo
        if rng.random() < 0.5:
            at = rng.randrange(len(text))
            text = text[:at] + rng.choice(codigo.ALPHABET) + text[at + 1 :]
        else:
            body = "".join(rng.choice(codigo.ALPHABET) for _ in range(codigo.LENGTH - 1))
            text = body + codigo.check_symbol(body)
        if text not in genuine:
            made += 1
            yield text
