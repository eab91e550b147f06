"""The steps of the rights over data by their names in the outbox. No rule lives here."""

from uuid import UUID

from celery import shared_task

from comun import reloj
from comun.outbox import step
from tramites.derechos.enums import COPIAR, ENVIAR
from tramites.derechos.services import copias, correos, peticiones, prevenciones


def _abandon(aviso_id: UUID, error: str) -> None:
    correos.abandon(aviso_id=aviso_id)


@step(ENVIAR, on_dead=_abandon)
def send(aviso_id: UUID) -> None:
    correos.send(aviso_id=aviso_id)


@step(COPIAR)
def copy(copia_id: UUID) -> None:
    copias.make(copia_id=copia_id)


@shared_task(name="derechos.olvidar_copias")
def forget() -> None:
    copias.forget(reloj.now())


@shared_task(name="derechos.recontar")
def recount() -> None:
    now = reloj.now()
    peticiones.recount(now)  # first: a new day off may leave time to somebody
    prevenciones.lapse(now)
