"""How often a way in may be tried: counted in Postgres before anything is compared.

Five tries in 15 minutes of one account from one address, whether it exists or
not; thirty from one address; five codes of one account from anywhere, because
who gets that far knows the password.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction

from comun import cripto
from comun.limites import network_of
from comun.personal.errors import TooManyTries
from comun.personal.models import Intento

WINDOW = timedelta(minutes=15)
OF_ONE, OF_AN_ADDRESS = 5, 30

Limit = tuple[bytes, int]


def of_password(name: str, address: str) -> list[Limit]:
    where = network_of(address)
    return [
        (_key("clave", name.strip().casefold(), where), OF_ONE),
        (_key("clave", "", where), OF_AN_ADDRESS),
    ]


def of_code(user_id: int) -> list[Limit]:
    return [(_key("codigo", str(user_id), ""), OF_ONE)]


def _key(*parts: str) -> bytes:
    return cripto.keyed_digest("intento", *(part.encode() for part in parts))[:16]


@transaction.atomic
def admit(limits: list[Limit], *, now: datetime) -> None:
    """Note one more try; raise TooManyTries, noting nothing, if one limit is reached.

    The locks make tries of one kind take turns: a thousand at once are five.
    """
    with connection.cursor() as cursor:
        for key, _ in sorted(limits):
            number = int.from_bytes(key[:8], "big", signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
    for key, most in limits:
        if Intento.objects.filter(quien=key, cuando__gt=now - WINDOW).count() >= most:
            raise TooManyTries
    Intento.objects.bulk_create(Intento(quien=key, cuando=now) for key, _ in limits)


def forgive(limits: list[Limit]) -> None:
    """Who came in has no tries against them; of their address, this one alone is taken back."""
    for key, most in limits:
        tries = Intento.objects.filter(quien=key).order_by("-pk").values_list("pk", flat=True)
        Intento.objects.filter(pk__in=list(tries[: 1 if most == OF_AN_ADDRESS else None])).delete()
