"""Celery's names for the outbox. No rule lives here."""

from celery import shared_task

from comun import auditoria, captcha, depuracion, outbox, reloj, trabajo


@shared_task(name="comun.atender")
def atender(pendiente_id: int) -> None:
    outbox.attend(pendiente_id)


@shared_task(name="comun.barrer")
def barrer() -> None:
    now = reloj.now()
    outbox.sweep(now)
    captcha.forget_expired(now)
    trabajo.forget_expired(now)


@shared_task(name="comun.depurar")
def depurar() -> None:
    """Well under the time a task has; what is left waits for the next hour."""
    depuracion.purge(now=reloj.now(), seconds=10)


@shared_task(name="comun.cabeza")
def cabeza() -> None:
    auditoria.tell_head()
