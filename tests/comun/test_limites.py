"""A limit by address: shared by the processes while the cache is there, kept by each when it is not."""

import pickle

import pytest
from django.core.cache import cache
from redis.exceptions import ResponseError

from comun import limites
from comun.limites import exceeds, key_of, network_of, times

HOME = "192.0.2.1"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
    limites._local.clear()
    yield
    cache.clear()


def test_the_one_after_the_last_is_over():
    assert [exceeds("x", "192.0.2.1", most=3) for _ in range(5)] == [False] * 3 + [True] * 2


def test_addresses_and_kinds_are_counted_apart():
    for kind, address in (("x", "192.0.2.1"), ("x", "192.0.2.2"), ("y", "192.0.2.1")):
        assert [exceeds(kind, address, most=1) for _ in range(2)] == [False, True]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("", "", True),
    ],
)
def test_what_counts_as_one_address(one, other, same):
    assert (network_of(one) == network_of(other)) is same


def test_no_address_is_stored():
    assert "192.0.2.1" not in key_of("x", "192.0.2.1")


@pytest.fixture
def _no_cache(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "unix:///nonexistent/valkey.sock",
        }
    }


@pytest.mark.usefixtures("_no_cache")
def test_without_the_cache_nobody_is_shut_out_nor_let_in():
    assert [exceeds("x", "192.0.2.1", most=3) for _ in range(5)] == [False] * 3 + [True] * 2


@pytest.mark.usefixtures("_no_cache")
def test_without_the_cache_what_a_process_keeps_has_an_end(monkeypatch):
    monkeypatch.setattr(limites, "LOCAL_MOST", 10)
    for n in range(100):
        exceeds("x", f"192.0.2.{n}", most=3)
    assert len(limites._local) <= 10


def test_the_minute_passes(monkeypatch):
    monkeypatch.setattr(limites, "WINDOW", 1)
    monkeypatch.setattr(limites.cache, "incr", _down)
    assert [exceeds("x", "192.0.2.1", most=1) for _ in range(2)] == [False, True]
    monkeypatch.setattr(limites.time, "monotonic", lambda: 10**9)
    assert not exceeds("x", "192.0.2.1", most=1)


def _down(key):
    raise ConnectionError


class _Opens:
    """Unpickled, it leaves a file."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self):
        return (open, (self.path, "w"))


@pytest.mark.parametrize("look", [cache.get, cache.incr, lambda key: cache.get_many([key])])
def test_nothing_in_the_cache_is_unpickled(tmp_path, look):
    """Whoever reaches the cache may spoil a count, and runs nothing here."""
    key, mark = key_of("verificar", HOME), tmp_path / "abierto"
    left = pickle.dumps(_Opens(str(mark)))
    pickle.loads(left).close()
    assert mark.exists()  # it would
    mark.unlink()
    raw = cache._cache.get_client(key, write=True)
    raw.set(cache.make_and_validate_key(key), left)
    with pytest.raises((ValueError, ResponseError)):
        look(key)
    assert not mark.exists()
    assert times("verificar", HOME, seconds=60) is None  # each process counts by itself


def test_only_whole_numbers_are_kept():
    with pytest.raises(TypeError):
        cache.set("algo", {"curp": "x"})
