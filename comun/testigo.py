"""The index keys that write must be those the database was written with.

With others in LLAVES_INDICE every look-up would miss: whoever has a number would be given a
second one. So the first migrate leaves a witness, and whoever serves or works compares.
"""

import hmac
from typing import Any

from django.db import connections

from comun import cripto
from comun.models import Testigo

_WORD = b"indices"


def leave(using: str = "default", **_: Any) -> None:
    """After migrate: leave the witness, unless there is one."""
    if Testigo._meta.db_table not in connections[using].introspection.table_names():
        return
    Testigo.objects.using(using).get_or_create(pk=Testigo.ONLY, defaults=_mine())


def change() -> None:
    """Leave another, in the transaction that indexes everything again."""
    Testigo.objects.update_or_create(pk=Testigo.ONLY, defaults=_mine())


def fits(*, without_first: bool = False) -> bool:
    """Say if the ring is the witness's, or there is none yet.

    `without_first`: say it of the ring that follows its first key, which was just added.
    """
    left = Testigo.objects.filter(pk=Testigo.ONLY).first()
    keys = list(cripto.index_ring())[1:] if without_first else list(cripto.index_ring())
    if left is None or not keys:
        return not without_first
    return hmac.compare_digest(bytes(left.huella), _digest(keys))


def _mine() -> dict[str, object]:
    keys = list(cripto.index_ring())
    return {"llave": keys[0], "huella": _digest(keys)}


def _digest(keys: list[str]) -> bytes:
    """Return what only this chain of keys makes of a word."""
    found = _WORD
    for key in reversed(keys):
        found = cripto.keyed_digest("testigo", found, llave=key)
    return found
