"""The only door from services to Celery: a row in the outbox, and a bell after COMMIT."""

import logging
import time
from datetime import datetime, timedelta
from uuid import UUID

from celery import signature
from django.conf import settings
from django.db import connection, transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

SILENCE = 10  # s


def enqueue(tipo: str, objeto: UUID, *, now: datetime, delay: timedelta = timedelta()) -> None:
    """Add the step `tipo` of `objeto` to the outbox of the open transaction.

    A step already waiting is asked for again, not doubled. The bell rings after
    the commit; if the broker is down the commit stands and the sweeper finds the
    row. The row is the queue; this is only the bell.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("enqueue belongs in the transaction that moves the row")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO comun_pendiente"
            " (objeto, tipo, estado, pedidos, intentos, proximo, error, creado_en, avisado_en)"
            " VALUES (%s, %s, 'pendiente', 1, 0, %s, '', %s, %s)"
            " ON CONFLICT (objeto, tipo) WHERE estado = 'pendiente' DO UPDATE"
            " SET pedidos = comun_pendiente.pedidos + 1, proximo = EXCLUDED.proximo,"
            " avisado_en = EXCLUDED.avisado_en"
            " RETURNING id",
            [str(objeto), tipo, now + delay, now, None if delay else now],
        )
        (pk,) = cursor.fetchone()
    if not delay:
        ring_on_commit(tipo, pk)


def ring_on_commit(tipo: str, pk: int) -> None:
    # A named function, not functools.partial: Django's robust handler logs
    # `callback.__qualname__`, which a partial does not have.
    def bell() -> None:
        ring(tipo, pk)

    transaction.on_commit(bell, robust=True)


def ring(tipo: str, pk: int) -> None:
    """Tell the broker that row `pk` waits. The message is a number: nothing to leak.

    A broker that did not answer is left alone for SILENCE seconds, so that one
    page waits for it and not every page.
    """
    if time.monotonic() < _Bell.silent_until:
        return
    queue = settings.COLAS.get(tipo, settings.CELERY_TASK_DEFAULT_QUEUE)
    try:
        signature("comun.atender", args=(pk,), immutable=True).apply_async(queue=queue, retry=False)
    except (OperationalError, OSError) as exc:
        _Bell.silent_until = time.monotonic() + SILENCE
        log.warning("la cola no responde (%s): el barrido avisará después", type(exc).__name__)


class _Bell:
    """Until when, by this process's clock, the broker is not tried."""

    silent_until = 0.0
