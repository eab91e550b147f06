"""The outbox's names for the staff's verbs."""

from uuid import UUID

from comun.outbox import step
from personal.enums import AVISAR
from personal.services import avisos


@step(AVISAR)
def avisar(aviso_id: UUID) -> None:
    avisos.send(aviso_id=aviso_id)
