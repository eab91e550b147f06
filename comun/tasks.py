"""Celery's names for the outbox. No rule lives here."""

from celery import shared_task

from comun import captcha, outbox, reloj, trabajo


@shared_task(name="comun.atender")
def atender(pendiente_id: int) -> None:
    outbox.attend(pendiente_id)


@shared_task(name="comun.barrer")
def barrer() -> None:
    now = reloj.now()
    outbox.sweep(now)
    captcha.forget_expired(now)
    trabajo.forget_expired(now)
