"""The outbox's names for the staff's verbs."""

from uuid import UUID

from comun.outbox import step
from comun.personal.enums import AVISAR
from comun.personal.services import avisos


@step(AVISAR)
def avisar(aviso_id: UUID) -> None:
    avisos.send(aviso_id=aviso_id)
