"""Proof of work: the way in for who can neither see the image nor hear the voice.

The browser looks for PARTS numbers; the i-th, n, makes SHA-256("reto.i.n") begin with
`bits` zeros. Many small searches in place of a big one: the time hardly varies. On a phone
of 2019 (some 200,000 hashes a second) 16 searches of 14 bits take about 1.3 s.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection

from comun import limites
from comun.errors import DomainError
from comun.models import Trabajo

PARTS = 16
SERVES = timedelta(minutes=10)
KEPT = 5  # challenges one browser may have open
PER_SESSION, HOUR = 6, 3600  # challenges one browser gets in an hour; s
# A whole school may sit behind one address: it is never refused, each further round of
# challenges in an hour only costs one bit more, up to MOST.
PER_ADDRESS, MOST, UNCOUNTED = 60, 4, 2  # challenges; bits; bits when nobody counts
_ISSUED, _ASKED = "trabajos", "trabajos_pedidos"
_SOLUTION = re.compile(rf"[0-9]{{1,10}}(,[0-9]{{1,10}}){{{PARTS - 1}}}")


class TrabajoAgotado(DomainError):
    code = "comun.trabajo_agotado"
    message = "Tu equipo ya pidió muchas pruebas en esta hora."
    advice = "Usa la imagen o el audio, o vuelve más tarde."


@dataclass(frozen=True, slots=True)
class Reto:
    """What the browser must find: `partes` numbers, each of `bits` zeros."""

    reto: str
    bits: int
    partes: int = PARTS


def issue(session: SessionBase, *, address: str, now: datetime) -> Reto:
    """Make a challenge for this browser; the more an address asks, the harder it is.

    Raises
        TrabajoAgotado: this browser had PER_SESSION of them within the hour.
    """
    since = now.timestamp() - HOUR
    asked = [moment for moment in session.get(_ASKED, []) if moment > since]
    if len(asked) >= PER_SESSION:
        raise TrabajoAgotado
    bits = settings.TRABAJO_BITS + _surcharge(
        limites.times("trabajo", limites.network_of(address), seconds=HOUR)
    )
    made = Reto(secrets.token_hex(16), bits)
    Trabajo.objects.create(reto=made.reto, bits=bits, vence=now + SERVES)
    session[_ASKED] = [*asked, now.timestamp()]
    session[_ISSUED] = [*session.get(_ISSUED, []), made.reto][-KEPT:]
    return made


def _surcharge(count: int | None) -> int:
    return UNCOUNTED if count is None else min((count - 1) // PER_ADDRESS, MOST)


def consume(session: SessionBase, reto: str, solution: str) -> bool:
    """Say if `solution` ("n,n,…") solves this browser's `reto`; it is gone either way."""
    issued = session.get(_ISSUED, [])
    if reto not in issued:
        return False
    session[_ISSUED] = [other for other in issued if other != reto]
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM comun_trabajo WHERE reto = %s RETURNING bits, vence > clock_timestamp()",
            [reto],
        )
        row = cursor.fetchone()
    return bool(row and row[1] and solves(reto, bits=row[0], solution=solution))


def solves(reto: str, *, bits: int, solution: str) -> bool:
    """Check the numbers found: PARTS hashes, some microseconds."""
    if not _SOLUTION.fullmatch(solution):
        return False
    return all(
        has_zeros(reto, part, int(number), bits) for part, number in enumerate(solution.split(","))
    )


def has_zeros(reto: str, part: int, number: int, bits: int) -> bool:
    digest = hashlib.sha256(f"{reto}.{part}.{number}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - bits) == 0


def forget_expired(now: datetime) -> None:
    Trabajo.objects.filter(vence__lt=now).delete()
