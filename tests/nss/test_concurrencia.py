"""Many at the counter at once: no number twice, no gap, one number per key."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from random import Random
from threading import Barrier

import pytest
from django.db import connection, transaction

from nss.errors import SerieAgotada
from nss.models import Asegurado, Numero, PrefijoSerie, Serie
from nss.services import Lugar, assign_nss
from nss.services.lote import Alta, assign_many
from nss.values import Identidad
from tests.nss.personas import identidad

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
CLIENTS = 64
FULL = 10_000


def at_once(jobs: list, work: Callable, clients: int = CLIENTS) -> list:
    """Run `work` on every job by `clients` threads that start together, each on its connection."""
    start = Barrier(clients)

    def run(share: list) -> list:
        try:
            start.wait(timeout=60)
            return [work(job) for job in share]
        finally:
            connection.close()

    with ThreadPoolExecutor(clients) as pool:
        shares = list(pool.map(run, [jobs[n::clients] for n in range(clients)]))
    results: dict = {}
    for n, share in enumerate(shares):
        results |= dict(zip(range(n, len(jobs), clients), share, strict=True))
    return [results[n] for n in range(len(jobs))]


def ask(titular: Identidad) -> str:
    return assign_nss(titular=titular, lugar=Lugar(), now=NOW).numero.nss


def assert_dense(skip: Iterable[Serie] = ()) -> None:
    """Every series gave each consecutive once, from where it started, without a gap."""
    given = defaultdict(list)
    for serie_id, consecutivo in Numero.objects.values_list("serie_id", "consecutivo"):
        given[serie_id].append(consecutivo)
    starts = {serie.pk: serie.siguiente for serie in skip}
    for serie in Serie.objects.all():
        first = starts.get(serie.pk, 0)
        assert sorted(given[serie.pk]) == list(range(first, serie.siguiente))


def test_2000_people_by_64_clients_over_two_series_and_a_full_one():
    PrefijoSerie.objects.create(prefijo="90", orden=0)
    PrefijoSerie.objects.create(prefijo="00", orden=1)
    full = [
        Serie.objects.create(prefijo="90", anio_alta=26, anio_nacimiento=year, siguiente=FULL)
        for year in (4, 5)
    ]
    people = [identidad(n, birth=date(2004 + n % 2, 3, 9)) for n in range(2_000)]
    twice = [person for person in people for _ in range(2)]  # twins side by side, asked at once

    numbers = at_once(twice, ask)

    assert numbers[::2] == numbers[1::2]
    assert len(set(numbers)) == Numero.objects.count() == Asegurado.objects.count() == 2_000
    assert_dense(skip=full)
    assert Counter(number[:6] for number in numbers[::2]) == {"002604": 1_000, "002605": 1_000}


def test_twins_at_one_barrier_get_one_number():
    PrefijoSerie.objects.create(prefijo="00")
    for n in range(10):
        assert len(set(at_once([identidad(n)] * 16, ask, clients=16))) == 1
    assert Serie.objects.get().siguiente == 10


def test_series_that_fills_up_under_way_overflows_without_a_gap():
    PrefijoSerie.objects.create(prefijo="00", orden=0)
    PrefijoSerie.objects.create(prefijo="01", orden=1)
    first = Serie.objects.create(prefijo="00", anio_alta=26, anio_nacimiento=4, siguiente=9_900)
    at_once([identidad(n) for n in range(300)], ask, clients=32)
    assert dict(Serie.objects.values_list("prefijo", "siguiente")) == {"00": FULL, "01": 200}
    assert_dense(skip=[first])


def test_last_numbers_are_given_once_and_the_rest_are_told():
    PrefijoSerie.objects.create(prefijo="00")
    first = Serie.objects.create(prefijo="00", anio_alta=26, anio_nacimiento=4, siguiente=9_990)

    def try_one(titular: Identidad) -> str:
        try:
            return ask(titular)
        except SerieAgotada:
            return ""

    numbers = at_once([identidad(n) for n in range(64)], try_one)
    assert len(set(numbers) - {""}) == 10
    assert numbers.count("") == 54
    assert Asegurado.objects.count() == 10
    assert_dense(skip=[first])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_in_ten_rolls_back_and_leaves_no_gap(seed):
    PrefijoSerie.objects.create(prefijo="00")
    luck = Random(seed)
    jobs = [(identidad(n % 400), luck.random() < 0.1) for n in range(600)]
    luck.shuffle(jobs)

    def ask_or_repent(job: tuple[Identidad, bool]) -> str:
        titular, repents = job
        with transaction.atomic():
            number = ask(titular)
            transaction.set_rollback(repents)
        return "" if repents else number

    numbers = at_once(jobs, ask_or_repent, clients=32)
    by_person = defaultdict(set)
    for (titular, repents), number in zip(jobs, numbers, strict=True):
        if not repents:
            by_person[titular.curp].add(number)
    assert all(len(held) == 1 for held in by_person.values())
    assert Numero.objects.count() == len(by_person)
    assert_dense()


def test_batches_and_single_requests_share_the_counter():
    PrefijoSerie.objects.create(prefijo="00")
    people = [identidad(n, birth=date(2004 + n % 3, 3, 9)) for n in range(480)]

    def batch(n: int) -> str:
        if n % 2:
            return ask(people[n])
        altas = [Alta(titular=person, fecha=date(2026, 11, 21)) for person in people[n : n + 30]]
        assign_many(altas=altas, lugar=Lugar(), now=NOW)
        return ""

    at_once(list(range(0, 480, 30)) + list(range(1, 480, 30)), batch, clients=8)
    assert Numero.objects.count() == Asegurado.objects.count() == 480
    assert_dense()
