"""The audit chain: one append at a time, each row's HMAC over the row before it."""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction

from comun import cripto
from comun.errors import KeyUnknown
from comun.models import Bitacora

GENESIS = bytes(32)
CHUNK = 2000  # rows held at once
_LOCK = 0x62697461  # "bita": the advisory lock that makes appends take turns


@transaction.atomic
def append(
    *,
    accion: str,
    objeto: str,
    now: datetime,
    actor: str = "sistema",
    razon: str = "",
    secuencia: uuid.UUID | None = None,
) -> Bitacora:
    """Add one entry. Call it last in a transaction: appends wait for each other until commit.

    `objeto` and `razon` carry identifiers and codes, never a person's data.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = Bitacora.objects.order_by("-n").values_list("n", "hmac").first()
    n, previous = (last[0] + 1, bytes(last[1])) if last else (1, GENESIS)
    row = Bitacora(
        n=n,
        secuencia=secuencia or uuid.uuid4(),
        actor=actor,
        accion=accion,
        objeto=objeto,
        razon=razon,
        fecha=now,
        llave=next(iter(cripto.index_ring())),
        hmac_previo=previous,
    )
    row.hmac = digest_of(row)
    row.save(force_insert=True)
    return row


def digest_of(row: Bitacora) -> bytes:
    """Return the HMAC that `row` must carry, from its columns and the one before.

    Raises
        KeyUnknown: the index ring has not the key it names.
    """
    facts = [
        row.n,
        str(row.secuencia),
        row.actor,
        row.accion,
        row.objeto,
        row.razon,
        row.fecha.astimezone(UTC).isoformat(timespec="microseconds"),
        row.llave,
    ]
    body = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    return cripto.keyed_digest("bitacora", bytes(row.hmac_previo), body, llave=row.llave)


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """An entry that is not as it was written."""

    n: int
    motivo: str


def examine(told: Mapping[int, bytes] | None = None) -> Iterator[Hallazgo]:
    """Yield what is wrong, in the order of the chain, each fault in the entry that has it.

    `told` are HMACs of some entries as they were noted outside the database.
    """
    told = told or {}
    expected, before, last = 1, GENESIS, 0  # `before` is empty after an entry that is not whole
    for row in Bitacora.objects.order_by("n").iterator(chunk_size=CHUNK):
        if row.n < expected:
            yield Hallazgo(row.n, "no es de la cadena")
            continue
        yield from (Hallazgo(n, "falta") for n in range(expected, row.n))
        stored, right = bytes(row.hmac), _digest_or_none(row)
        follows = row.n > expected or not before or bytes(row.hmac_previo) == before
        if stored != right:
            yield Hallazgo(row.n, "no es lo que se escribió" if right else "su llave no está")
        elif not follows:
            yield Hallazgo(row.n, "no sigue al anterior")
        elif told.get(row.n, stored) != stored:
            yield Hallazgo(row.n, "no es el que se anotó fuera")
        expected, before, last = row.n + 1, stored if stored == right else b"", row.n
    cut = range(last + 1, max(told, default=0) + 1)
    yield from (Hallazgo(n, "falta: la cadena se cortó") for n in cut)


def _digest_or_none(row: Bitacora) -> bytes:
    try:
        return digest_of(row)
    except KeyUnknown:  # nobody writes with a key that is not in the ring
        return b""


def broken_rows() -> list[int]:
    """Return the numbers of the entries that are not as they were written."""
    return [one.n for one in examine()]
