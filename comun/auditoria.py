"""Is the audit chain whole? Which entry is not: changed, missing, put in, or cut off the end.

Who rewrites the table cannot make an HMAC, so a change shows in its own row and
a gap in its number. The end is another matter: a chain cut short is a whole
shorter chain. Its head is therefore told to the log once a day
(`comun.cabeza`), which goes elsewhere, and the audit takes it from there.
"""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from comun import bitacora
from comun.bitacora import GENESIS, Hallazgo
from comun.models import Bitacora

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cabeza:
    """The last entry at some moment, as it was told elsewhere."""

    n: int
    hmac: bytes

    def __str__(self) -> str:
        return f"{self.n}:{self.hmac.hex()}"

    @classmethod
    def parse(cls, text: str) -> "Cabeza":
        """Read "n:hexadecimal"; raise ValueError if it is not that."""
        n, _, digest = text.partition(":")
        return cls(int(n), bytes.fromhex(digest))


def head() -> Cabeza:
    last = Bitacora.objects.order_by("-n").values_list("n", "hmac").first()
    return Cabeza(last[0], bytes(last[1])) if last else Cabeza(0, GENESIS)


def tell_head() -> None:
    """Leave the head in the log, for `auditar_bitacora --registro` to find."""
    log.info("cabeza de la bitácora", extra={"cabeza": str(head())})


def heads_in(path: Path) -> Iterator[Cabeza]:
    """Yield the heads that a log of the portal tells; other lines are passed over."""
    with path.open(errors="replace") as lines:
        for line in lines:
            if '"cabeza"' not in line:
                continue
            try:
                yield Cabeza.parse(json.loads(line)["cabeza"])
            except (ValueError, KeyError, TypeError):
                continue


def examine(cabezas: Iterable[Cabeza] = ()) -> Iterator[Hallazgo]:
    """Yield what is wrong with the chain, and with what was told of it elsewhere."""
    return bitacora.examine({cabeza.n: cabeza.hmac for cabeza in cabezas if cabeza.n})
