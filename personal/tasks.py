"""Celery's and the outbox's names for the staff's verbs."""

from uuid import UUID

from celery import shared_task

from comun import reloj
from comun.outbox import step
from personal.enums import AVISAR
from personal.services import avisos, equipos, intentos


@step(AVISAR)
def avisar(aviso_id: UUID) -> None:
    avisos.send(aviso_id=aviso_id)


@shared_task(name="personal.olvidar")
def olvidar() -> None:
    now = reloj.now()
    intentos.forget_old(now)
    equipos.forget_old(now)
