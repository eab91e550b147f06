"""Whose address counts: only our own proxies are believed, from the right, hop by hop."""

from ipaddress import ip_network

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory

from comun import limites
from comun.checks import proxies_are_few
from comun.procedencia import CLAIMS, ClientAddress, client_of
from imss_portal import env

OURS = tuple(map(ip_network, ("10.0.0.0/8", "192.0.2.7/32", "2001:db8:aaaa::/48")))
ME, MY_PROXY = "203.0.113.9", "10.0.0.1"

CHAINS = [
    # who calls us is not ours: whatever it says, it is itself
    (ME, "", ME),
    (ME, "198.51.100.1", ME),
    (ME, "10.0.0.1", ME),
    (ME, "127.0.0.1", ME),
    (ME, "198.51.100.1, 10.0.0.1", ME),
    (ME, "garbage", ME),
    ("2001:db8:bbbb::1", "198.51.100.1", "2001:db8:bbbb::1"),
    ("127.0.0.1", "198.51.100.1", "127.0.0.1"),
    # one proxy of ours
    (MY_PROXY, "", MY_PROXY),
    (MY_PROXY, ME, ME),
    (MY_PROXY, f"  {ME}  ", ME),
    (MY_PROXY, f"198.51.100.1, {ME}", ME),
    (MY_PROXY, f"198.51.100.1,198.51.100.2,{ME}", ME),
    (MY_PROXY, f"127.0.0.1, {ME}", ME),
    (MY_PROXY, f"10.9.9.9, {ME}", ME),
    (MY_PROXY, f"garbage, {ME}", ME),
    (MY_PROXY, f",,,{ME}", ME),
    ("192.0.2.7", ME, ME),
    ("192.0.2.8", ME, "192.0.2.8"),
    ("2001:db8:aaaa::5", ME, ME),
    ("2001:db8:aaab::5", ME, "2001:db8:aaab::5"),
    ("::ffff:10.0.0.1", ME, ME),
    (MY_PROXY, f"::ffff:{ME}", ME),
    (MY_PROXY, "2001:db8:cccc::1", "2001:db8:cccc::1"),
    (MY_PROXY, "2001:DB8:CCCC:0::1", "2001:db8:cccc::1"),
    (MY_PROXY, "fe80::1%eth0", "fe80::1"),
    (MY_PROXY, f"{ME}:51234", ME),
    (MY_PROXY, "[2001:db8:cccc::1]:443", "2001:db8:cccc::1"),
    (MY_PROXY, "[2001:db8:cccc::1]", "2001:db8:cccc::1"),
    # two and more of ours
    (MY_PROXY, f"{ME}, 10.0.0.2", ME),
    (MY_PROXY, f"198.51.100.1, {ME}, 192.0.2.7, 10.0.0.2", ME),
    (MY_PROXY, "10.0.0.3, 10.0.0.2", "10.0.0.3"),
    (MY_PROXY, "10.0.0.3,", MY_PROXY),
    # a hop that is no address: the last one believed wrote it
    (MY_PROXY, "unknown", MY_PROXY),
    (MY_PROXY, "_hidden, 10.0.0.2", "10.0.0.2"),
    (MY_PROXY, f"{ME}, unknown, 10.0.0.2", "10.0.0.2"),
    (MY_PROXY, "010.1.1.1", MY_PROXY),
    (MY_PROXY, "1.2.3", MY_PROXY),
    (MY_PROXY, "203.0.113.9.evil.example", MY_PROXY),
    (MY_PROXY, f"{ME}:99999999", MY_PROXY),
    (MY_PROXY, "[", MY_PROXY),
    # a Unix socket: only the proxy beside us can call it
    ("", ME, ME),
    ("", f"198.51.100.1, {ME}", ME),
    ("", "", ""),
]


@pytest.mark.parametrize(("peer", "chain", "client"), CHAINS)
def test_client_of_a_chain(peer, chain, client):
    assert client_of(peer, chain, OURS) == client


@pytest.mark.parametrize(("peer", "chain", "_"), CHAINS)
def test_with_no_proxies_nothing_is_believed(peer, chain, _):
    assert client_of(peer, chain, ()) == peer


def test_an_endless_chain_of_ours_ends():
    assert client_of(MY_PROXY, "10.0.0.2," * 500 + "10.0.0.3", OURS) == "10.0.0.2"


@pytest.fixture
def through(settings):
    settings.PROXIES_CONFIABLES = OURS
    return _through


def _through(**meta):
    """Return the request as everybody behind the door sees it."""
    seen = []
    door = ClientAddress(lambda request: seen.append(request) or HttpResponse())
    door(RequestFactory().get("/", **meta))
    return seen[0]


def test_a_thousand_forged_chains_from_one_address_are_one(through):
    cache.clear()
    keys = set()
    for n in range(1000):
        chain = f"198.51.{n % 250}.{n // 4}, 10.0.{n % 256}.1"
        request = through(REMOTE_ADDR=ME, HTTP_X_FORWARDED_FOR=chain)
        keys.add(limites.key_of("prueba", request.META["REMOTE_ADDR"]))
    assert len(keys) == 1


def test_a_thousand_forged_chains_behind_our_proxy_are_one(through):
    keys = {limites.key_of("prueba", through(**behind(n)).META["REMOTE_ADDR"]) for n in range(1000)}
    assert len(keys) == 1


def behind(n: int) -> dict[str, str]:
    return {"REMOTE_ADDR": MY_PROXY, "HTTP_X_FORWARDED_FOR": f"198.51.{n % 250}.{n // 4}, {ME}"}


def test_one_house_of_ipv6_is_one_and_its_neighbour_another(through):
    def key(chain):
        meta = {"REMOTE_ADDR": MY_PROXY, "HTTP_X_FORWARDED_FOR": chain}
        return limites.key_of("prueba", through(**meta).META["REMOTE_ADDR"])

    assert len({key(f"2001:db8:cccc:1:{n:x}::{n:x}") for n in range(1, 200)}) == 1
    assert key("2001:db8:cccc:1::1") != key("2001:db8:cccc:2::1")


@pytest.mark.parametrize(
    ("peer", "said", "scheme"),
    [
        (MY_PROXY, "https", "https"),
        (MY_PROXY, "http, HTTPS", "https"),
        (MY_PROXY, "https, http", "http"),
        (MY_PROXY, "javascript", "http"),
        (MY_PROXY, "", "http"),
        (ME, "https", "http"),
    ],
)
def test_scheme_is_what_our_proxy_says(through, peer, said, scheme):
    request = through(REMOTE_ADDR=peer, HTTP_X_FORWARDED_PROTO=said)
    assert request.scheme == scheme


@pytest.mark.parametrize("peer", [ME, MY_PROXY])
def test_nobody_further_in_reads_the_claims(through, peer):
    request = through(REMOTE_ADDR=peer, **dict.fromkeys(CLAIMS, "198.51.100.1"))
    assert not set(CLAIMS) & set(request.META)


@pytest.mark.parametrize("text", ["10.0.0.0/33", "proxy", "10.0.0.1/8"])
def test_networks_that_are_none_stop_the_process(monkeypatch, text):
    monkeypatch.setenv("PROXIES_CONFIABLES", text)
    with pytest.raises(ImproperlyConfigured, match="PROXIES_CONFIABLES"):
        env.networks("PROXIES_CONFIABLES")


def test_networks_are_read_by_words(monkeypatch):
    monkeypatch.setenv("PROXIES_CONFIABLES", "10.0.0.0/8 192.0.2.7,2001:db8:aaaa::/48")
    assert env.networks("PROXIES_CONFIABLES") == OURS


@pytest.mark.parametrize("wide", ["0.0.0.0/0", "::/0", "0.0.0.0/1"])
def test_believing_everybody_is_refused(settings, wide):
    settings.PROXIES_CONFIABLES = (ip_network(wide),)
    assert [found.id for found in proxies_are_few(None)] == ["comun.E006"]
    settings.PROXIES_CONFIABLES = OURS
    assert proxies_are_few(None) == []
