"""The outbox: leased by one, retried, given up, never doubled, never lost."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from comun import outbox, queue, reloj
from comun.errors import DomainError, Transient
from comun.models import Pendiente
from comun.queue import enqueue
from imss_portal.celery import app

TIPO = "pruebas.paso"


@pytest.fixture
def verb():
    """A step whose behaviour the test sets; it notes whom it was called for."""

    class Verb:
        def __init__(self):
            self.calls, self.dead, self.raises, self.during = [], [], None, None

        def __call__(self, objeto):
            self.calls.append(objeto)
            if self.during:
                self.during(objeto)
            if self.raises:
                raise self.raises

    spy = Verb()
    outbox.step(TIPO, on_dead=lambda objeto, error: spy.dead.append((objeto, error)))(spy)
    yield spy
    del outbox.STEPS[TIPO]


def ask(objeto=None, **options) -> Pendiente:
    objeto = objeto or uuid.uuid4()
    with transaction.atomic():
        enqueue(TIPO, objeto, now=reloj.now(), **options)
    return Pendiente.objects.get(objeto=objeto, estado=Pendiente.Estado.PENDIENTE)


@pytest.mark.django_db
def test_a_step_is_taken_once(verb):
    row = ask()
    outbox.attend(row.pk)
    outbox.attend(row.pk)
    row.refresh_from_db()
    assert verb.calls == [row.objeto]
    assert (row.estado, row.intentos) == (Pendiente.Estado.HECHO, 1)


@pytest.mark.django_db
def test_a_step_asked_twice_is_one_row(verb):
    row = ask()
    again = ask(row.objeto)
    assert (again.pk, again.pedidos) == (row.pk, 2)


@pytest.mark.django_db
def test_a_step_asked_for_while_it_runs_waits_for_another_turn(verb):
    row = ask()
    verb.during = ask
    outbox.attend(row.pk)
    row.refresh_from_db()
    assert row.estado == Pendiente.Estado.PENDIENTE
    verb.during = None
    outbox.attend(row.pk)
    row.refresh_from_db()
    assert (row.estado, len(verb.calls)) == (Pendiente.Estado.HECHO, 2)


@pytest.mark.django_db
def test_a_passing_fault_waits_longer_each_time_and_is_not_given_up(verb):
    row = ask()
    verb.raises = Transient("fuera")
    for wait in (30, 60, 120, 240, 480, 900, 900):
        before = reloj.now()
        outbox.attend(row.pk)
        row.refresh_from_db()
        assert before <= row.proximo - timedelta(seconds=wait) <= reloj.now()
    assert (row.estado, row.error, verb.dead) == (Pendiente.Estado.PENDIENTE, "Transient", [])


@pytest.mark.django_db
def test_a_passing_fault_is_given_up_after_a_day(verb):
    row = ask()
    Pendiente.objects.filter(pk=row.pk).update(creado_en=row.creado_en - timedelta(hours=25))
    verb.raises = Transient("fuera")
    outbox.attend(row.pk)
    row.refresh_from_db()
    assert row.estado == Pendiente.Estado.MUERTO
    assert verb.dead == [(row.objeto, "Transient")]


@pytest.mark.django_db
def test_another_fault_is_given_up_after_five_tries_and_the_app_is_told(verb):
    row = ask()
    verb.raises = DomainError()
    for _ in range(6):
        outbox.attend(row.pk)
    row.refresh_from_db()
    assert (row.estado, row.error, len(verb.calls)) == (Pendiente.Estado.MUERTO, "error", 5)
    assert verb.dead == [(row.objeto, "error")]


@pytest.mark.django_db
def test_the_sweeper_finds_what_nobody_was_told_of_lately(verb, settings):
    told, forgotten, later = ask(), ask(), ask(delay=timedelta(minutes=5))
    now = reloj.now()
    Pendiente.objects.filter(pk=forgotten.pk).update(
        avisado_en=now - timedelta(seconds=settings.REAVISO + 1)
    )
    due = set(Pendiente.objects.due(now).values_list("pk", flat=True))
    assert due == {forgotten.pk}
    assert later.pk in set(
        Pendiente.objects.due(now + timedelta(minutes=6)).values_list("pk", flat=True)
    )
    assert told.pk not in due


@pytest.mark.django_db
def test_a_row_somebody_holds_is_not_due_until_the_lease_ends(verb, settings):
    row = ask()
    assert Pendiente.objects.lease(row.pk) is not None
    assert Pendiente.objects.lease(row.pk) is None
    after = reloj.now() + timedelta(seconds=settings.ARRIENDO + settings.REAVISO + 1)
    assert list(Pendiente.objects.due(after)) == [row]


@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_one_takes_the_step(verb):
    row, start = ask(), Barrier(8)

    def work(_: int) -> None:
        try:
            start.wait(timeout=5)
            outbox.attend(row.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert verb.calls == [row.objeto]


@pytest.mark.django_db
def test_one_waiting_row_per_object_and_step(verb):
    row = ask()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_can_be_asked():
    with pytest.raises(RuntimeError):
        enqueue(TIPO, uuid.uuid4(), now=reloj.now())


@pytest.fixture
def dead_broker():
    """The broker's socket is gone, as after a kill."""
    before = app.conf.broker_url
    app.conf.broker_url = "redis+socket:///nonexistent/cola.sock"
    app.pool.force_close_all()
    yield
    app.conf.broker_url = before
    app.pool.force_close_all()
    queue._Bell.silent_until = 0.0


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_does_not_undo_the_commit_nor_keep_anybody_waiting(verb, dead_broker):
    begun = time.monotonic()
    rows = [ask() for _ in range(20)]
    assert time.monotonic() - begun < 2
    waiting = Pendiente.objects.filter(pk__in=[row.pk for row in rows])
    assert waiting.filter(estado=Pendiente.Estado.PENDIENTE).count() == 20
