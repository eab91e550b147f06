"""The audit chain: one append at a time, each row's HMAC over the row before it."""

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

from django.db import connection, transaction

from comun import cripto
from comun.models import Bitacora

GENESIS = bytes(32)
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


def broken_rows() -> Iterator[int]:
    """Yield the numbers of the entries that do not follow from the entry before."""
    expected_n, previous = 1, GENESIS
    for row in Bitacora.objects.order_by("n").iterator(chunk_size=2000):
        whole = (
            row.n == expected_n
            and bytes(row.hmac_previo) == previous
            and bytes(row.hmac) == digest_of(row)
        )
        if not whole:
            yield row.n
        expected_n, previous = row.n + 1, bytes(row.hmac)
