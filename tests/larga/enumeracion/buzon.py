"""What reaches each mailbox: how many mails, how large, and how long the worker was over them."""

import random
import time
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.core import mail

from comun import outbox
from comun.models import Pendiente
from tests.larga.enumeracion.demora import spin
from tramites import tasks  # noqa: F401 - registers the steps
from tramites.enums import ENVIAR
from tramites.models import Correo


@dataclass(slots=True)
class Recibido:
    """What one mailbox got: bytes of each mail, and seconds of work until the last was out."""

    bytes: tuple[int, ...] = ()
    segundos: float = 0.0


def deliver(slow: Collection[str] = (), *, by: float = 0, seed: int = 1) -> dict[str, Recibido]:
    """Let the worker send what is due, in no order; those in `slow` take `by` seconds more."""
    owners = {row.pk: row.destinatario["correo"] for row in Correo.objects.iterator()}
    due = list(Pendiente.objects.waiting().filter(tipo=ENVIAR).values_list("pk", "objeto"))
    random.Random(seed).shuffle(due)
    found: dict[str, Recibido] = defaultdict(Recibido)
    with late({pk for pk, owner in owners.items() if owner in set(slow)}, by):
        for pk, correo in due:
            mail.outbox.clear()
            begun = time.perf_counter()
            outbox.attend(pk)
            spent = time.perf_counter() - begun
            got = found[owners[correo]]
            got.segundos += spent
            got.bytes += tuple(len(one.message().as_bytes()) for one in mail.outbox)
    return found


@contextmanager
def late(correos: Collection[UUID], seconds: float) -> Iterator[None]:
    """Have the step that sends take longer over these: a leak planted on purpose."""
    before = outbox.STEPS[ENVIAR]

    def verb(correo_id: UUID) -> None:
        if correo_id in correos:
            spin(seconds)
        before.verb(correo_id)

    outbox.STEPS[ENVIAR] = outbox.Step(verb, before.on_dead)
    try:
        yield
    finally:
        outbox.STEPS[ENVIAR] = before
