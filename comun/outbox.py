"""How a waiting step is taken: leased, run, and then done, put off or given up."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import OperationalError, transaction

from comun import reloj
from comun.caos import punto
from comun.errors import DomainError, Transient
from comun.models import Pendiente
from comun.queue import ring
from comun.registro import where

log = logging.getLogger(__name__)

MAX_TRIES = 5
TRANSIENT_FOR = timedelta(hours=24)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
SWEEP_AT_MOST = 500
PASSING = (Transient, OperationalError, ConnectionError, TimeoutError)

Verb = Callable[[UUID], None]


@dataclass(frozen=True, slots=True)
class Step:
    """A verb of an app under its name in the outbox; `on_dead` tells the app it was given up."""

    verb: Verb
    on_dead: Callable[[UUID, str], None] | None


STEPS: dict[str, Step] = {}


def step(
    tipo: str, *, on_dead: Callable[[UUID, str], None] | None = None
) -> Callable[[Verb], Verb]:
    """Register the decorated function as what happens to a Pendiente of `tipo`."""

    def register(verb: Verb) -> Verb:
        STEPS[tipo] = Step(verb, on_dead)
        return verb

    return register


def attend(pk: int) -> None:
    """Take the step of row `pk`; do nothing if it is done or somebody holds it.

    A fault that may pass is retried for a day with growing waits; anything else
    five times, then the row is given up and its app is told.
    """
    pendiente = Pendiente.objects.lease(pk)
    if pendiente is None:
        return
    punto("tras_reclamar")
    try:
        STEPS[pendiente.tipo].verb(pendiente.objeto)
    except PASSING as exc:
        _after_fault(pendiente, exc, passing=True)
    except Exception as exc:
        _after_fault(pendiente, exc, passing=False)
    else:
        pendiente.finish()


def _after_fault(pendiente: Pendiente, exc: Exception, *, passing: bool) -> None:
    error = exc.code if isinstance(exc, DomainError) else type(exc).__name__
    now = reloj.now()
    if passing:
        spent = now - pendiente.creado_en > TRANSIENT_FOR
    else:
        spent = pendiente.intentos >= MAX_TRIES
        log.error("paso %s de %s: %s en %s", pendiente.tipo, pendiente.objeto, error, where(exc))
    if not spent:
        pendiente.postpone(until=now + wait_after(pendiente.intentos), error=error)
        return
    log.error("paso %s de %s abandonado: %s", pendiente.tipo, pendiente.objeto, error)
    with transaction.atomic():
        pendiente.give_up(error=error)
        if on_dead := STEPS[pendiente.tipo].on_dead:
            on_dead(pendiente.objeto, error)


def wait_after(tries: int) -> timedelta:
    """Return the wait before the next try: 30 s · 2ⁿ, at most 15 min.

    >>> [wait_after(n).seconds for n in (1, 2, 3, 9)]
    [30, 60, 120, 900]
    """
    doublings = max(0, min(tries - 1, 10))
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def sweep(now: datetime) -> int:
    """Ring again for the rows whose bell was lost; return how many.

    Two sweepers may run: SKIP LOCKED shares the rows out, `avisado_en` keeps a
    row from being rung more often than every REAVISO seconds.
    """
    with transaction.atomic():
        rows = list(
            Pendiente.objects.due(now)
            .order_by("proximo")
            .select_for_update(skip_locked=True)
            .values_list("pk", "tipo")[:SWEEP_AT_MOST]
        )
        Pendiente.objects.filter(pk__in=[pk for pk, _ in rows]).update(avisado_en=now)
    for pk, tipo in rows:
        ring(tipo, pk)
    return len(rows)
