"""How often one address, or one visitor, did one thing of late: a count kept in the cache.

The cache may be away. Then `exceeds` counts in each process: the limit becomes
as many times larger as there are processes, and nobody is let in without one
nor shut out because of it. The address itself is stored nowhere.
"""

import ipaddress
import logging
import time

from django.core.cache import cache

from comun import cripto

log = logging.getLogger(__name__)

WINDOW = 60  # s
LOCAL_MOST = 20_000  # addresses that one process counts by itself

_local: dict[str, tuple[float, int]] = {}


def exceeds(kind: str, address: str, *, most: int, seconds: int = WINDOW) -> bool:
    """Count one more of `kind` from `address` and say if that is over `most` in this window."""
    return exceeds_of(kind, network_of(address), most=most, seconds=seconds)


def exceeds_of(kind: str, who: str, *, most: int, seconds: int = WINDOW) -> bool:
    """Do the same for a visitor known by another name than an address."""
    count = times(kind, who, seconds=seconds)
    return (_count_here(_key(kind, who), seconds) if count is None else count) > most


def times(kind: str, who: str, *, seconds: int) -> int | None:
    """Count one more of `kind` by `who` and return how many there were in this window of `seconds`.

    Returns None when the cache does not answer: the caller decides what is safe then.
    """
    key = _key(kind, who)
    try:
        cache.add(key, 0, seconds)
        return int(cache.incr(key))
    except ValueError:  # it expired between both lines: a new window
        return 1
    except Exception as exc:  # any fault of the cache, which never decides who gets in
        log.warning("límites sin caché: %s", type(exc).__name__)
        return None


def key_of(kind: str, address: str) -> str:
    return _key(kind, network_of(address))


def _key(kind: str, who: str) -> str:
    digest = cripto.keyed_digest("limite", who.encode())
    return f"limite:{kind}:{digest.hex()[:32]}"


def network_of(address: str) -> str:
    """Return what counts as one: an IPv4, or the /64 of an IPv6, which one subscriber gets whole.

    >>> network_of("2001:db8::1:2:3"), network_of("::ffff:192.0.2.7"), network_of("")
    ('2001:db8::/64', '192.0.2.7', '')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:  # a Unix socket has none
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _count_here(key: str, seconds: int) -> int:
    now = time.monotonic()
    ends, count = _local.get(key, (0.0, 0))
    if ends <= now:
        ends, count = now + seconds, 0
        if len(_local) >= LOCAL_MOST:
            _local.clear()
    _local[key] = (ends, count + 1)
    return count + 1
