"""The index key that writes must be the one the database was written with.

With another one first in LLAVES_INDICE every look-up would miss: whoever has a number would be
given a second one. So the first migrate leaves a witness, and whoever serves or works compares.
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
    mine = {"llave": next(iter(cripto.index_ring())), "huella": _digest()}
    Testigo.objects.using(using).get_or_create(pk=Testigo.ONLY, defaults=mine)


def fits() -> bool:
    """Say if the first index key is the witness's, or there is none yet."""
    left = Testigo.objects.filter(pk=Testigo.ONLY).first()
    return left is None or hmac.compare_digest(bytes(left.huella), _digest())


def _digest() -> bytes:
    return cripto.keyed_digest("testigo", _WORD)
