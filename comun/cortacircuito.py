"""A breaker before a machine that is not ours: after some faults in a row nobody waits for it.

The count is shared by every process through the cache, and kept by each one while the cache is
away. Expiry of keys is the only clock, so machines may disagree about the hour.

    closed    every call goes out; MOST faults without a success between them open it
    open      no call goes out for OPEN seconds
    half open one call goes out (the probe): its success closes, its fault opens again
"""

import logging
import time
from collections.abc import Callable
from typing import ClassVar, TypeVar

from django.core.cache import cache

log = logging.getLogger(__name__)

MOST = 5  # faults
OPEN, PROBE = 30, 15  # s: nobody calls; the one who calls may take (above any total time-out)
MEMORY = 600  # s after the last fault until the count is forgotten
SAME_SUBJECT = 3600  # s in which a doubtful answer about one subject counts once
T = TypeVar("T")


class Corte:
    """The breaker of one machine, by name."""

    known: ClassVar[dict[str, "Corte"]] = {}

    def __init__(self, name: str) -> None:
        self.name = name
        self._faults, self._open = f"corte:{name}:fallas", f"corte:{name}:abierto"
        self._probe = f"corte:{name}:sonda"
        self._here: dict[str, tuple[float, int]] = {}
        Corte.known[name] = self

    def lets_through(self) -> bool:
        """Say if this call may go out; when half open, only to the one who gets the probe."""
        if self.is_open():
            return False
        return self._count() < MOST or self._add(self._probe, PROBE)

    def is_open(self) -> bool:
        return self._get(self._open) > 0

    def is_well(self) -> bool:
        """Say if the machine answered the last time it was asked, or few faults ago."""
        return self._count() < MOST

    def succeeded(self) -> None:
        if self._count():
            self._drop()
            log.info("%s: contesta", self.name)

    def failed(self, *, about: str = "") -> None:
        """Count a fault. One `about` (a keyed digest) in the hour counts once: one odd row of the
        other side must not shut everybody out."""
        if about and not self._add(f"corte:{self.name}:{about}", SAME_SUBJECT):
            self._forget(self._probe)
            return
        if self._increase() >= MOST:
            self._add(self._open, OPEN)
            self._forget(self._probe)
            log.warning("%s: abierto por %s s", self.name, OPEN)

    def reset(self) -> None:
        """Close it and forget every fault."""
        self._drop()

    # --- the cache, or this process when it does not answer -----------------------------

    def _count(self) -> int:
        return self._get(self._faults)

    def _get(self, key: str) -> int:
        return self._ask(lambda: int(cache.get(key, 0)), lambda: self._local(key))

    def _add(self, key: str, seconds: int) -> bool:
        return self._ask(
            lambda: bool(cache.add(key, 1, seconds)), lambda: self._local_add(key, seconds)
        )

    def _increase(self) -> int:
        def shared() -> int:
            cache.add(self._faults, 0, MEMORY)
            count = int(cache.incr(self._faults))
            cache.touch(self._faults, MEMORY)
            return count

        def here() -> int:
            count = self._local(self._faults) + 1
            self._here[self._faults] = (time.monotonic() + MEMORY, count)
            return count

        return self._ask(shared, here)

    def _forget(self, *keys: str) -> None:
        for key in keys:
            self._here.pop(key, None)
        self._ask(lambda: cache.delete_many(keys), lambda: None)

    def _drop(self) -> None:
        self._forget(self._faults, self._open, self._probe)

    def _ask(self, shared: Callable[[], T], here: Callable[[], T]) -> T:
        try:
            return shared()
        except Exception as exc:  # any fault of the cache: each process goes by what it saw
            log.warning("cortacircuito sin caché: %s", type(exc).__name__)
            return here()

    def _local(self, key: str) -> int:
        ends, value = self._here.get(key, (0.0, 0))
        return value if ends > time.monotonic() else 0

    def _local_add(self, key: str, seconds: int) -> bool:
        if self._local(key):
            return False
        self._here[key] = (time.monotonic() + seconds, 1)
        return True


def degraded() -> list[str]:
    """Return the names of the machines that do not answer, as their breakers saw them."""
    return sorted(name for name, corte in Corte.known.items() if not corte.is_well())
