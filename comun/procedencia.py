"""Where a request came from: the connection's own address, or what proxies of ours say of it.

A proxy adds the address it was called from at the right of X-Forwarded-For; what is further
left was sent by whoever called, and may say anything. So the chain is read from the right for
as long as the hops are ours, and the first that is not is the client.
"""

import ipaddress
import re
from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

HOPS = 10  # of ours in a row: no chain of a real set-up is longer
_WITH_PORT = re.compile(r"\[(?P<six>[^\]]*)\](?::\d{1,5})?|(?P<four>[0-9.]+):\d{1,5}")
# What other proxies' words may be called; after this door nobody reads any of them.
CLAIMS = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
)


def client_of(peer: str, chain: str, trusted: Sequence[Network]) -> str:
    """Return the address of the client, as text.

    Shape
        `peer`: address of the connection, "" for a Unix socket (ours when `trusted` is not empty).
        `chain`: X-Forwarded-For as it came, addresses parted by commas.
    A hop that is no address ends the chain: who wrote it is the last that can be believed.
    """
    if not _is_ours(peer, trusted):
        return peer
    best = peer
    for hop in reversed(chain.split(",")[-HOPS:]):
        found = address_in(hop)
        if found is None:
            return best
        best = str(found)
        if not _is_ours(best, trusted):
            return best
    return best


def address_in(hop: str) -> Address | None:
    """Return the address of one hop, without port, brackets or zone; mapped IPv4 as IPv4.

    >>> address_in(" 192.0.2.7:443 "), address_in("[2001:db8::1]:80"), address_in("unknown")
    (IPv4Address('192.0.2.7'), IPv6Address('2001:db8::1'), None)
    """
    text = hop.strip()
    if match := _WITH_PORT.fullmatch(text):
        text = match["six"] or match["four"] or ""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if found.version == 6 else found


def _is_ours(address: str, trusted: Sequence[Network]) -> bool:
    if not address:
        return bool(trusted)
    found = address_in(address)
    return found is not None and any(found in network for network in trusted)


class ClientAddress:
    """Leave in REMOTE_ADDR the client's address, and in the request the scheme it used.

    What is said by who is not in PROXIES_CONFIABLES is taken away unread.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta, trusted = request.META, settings.PROXIES_CONFIABLES
        peer = meta.get("REMOTE_ADDR", "")
        if _is_ours(peer, trusted):
            meta["REMOTE_ADDR"] = client_of(peer, meta.get("HTTP_X_FORWARDED_FOR", ""), trusted)
            # Of several the last: the hop next to us is the one that is surely ours.
            scheme = meta.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower()
            if scheme in {"http", "https"}:
                meta["wsgi.url_scheme"] = scheme
        for claim in CLAIMS:
            meta.pop(claim, None)
        return self.get_response(request)
