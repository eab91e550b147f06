"""The procedure's steps by their names in the outbox. No rule lives here: each is one call."""

from uuid import UUID

from celery import shared_task

from comun import reloj
from comun.outbox import step
from tramites.enums import ASIGNAR, AVISAR_INTENTOS, DOCUMENTAR, ENVIAR, IDENTIFICAR
from tramites.services import (
    asignacion,
    cierre,
    correos,
    documentos,
    identificacion,
    prueba,
    rastros,
    vigilancia,
)


def _fall(solicitud_id: UUID, error: str) -> None:
    cierre.fall(solicitud_id=solicitud_id, now=reloj.now())


def _abandon(correo_id: UUID, error: str) -> None:
    correos.abandon(correo_id=correo_id)


@step(IDENTIFICAR, on_dead=_fall)
def identify(solicitud_id: UUID) -> None:
    identificacion.identify(solicitud_id=solicitud_id)


@step(ASIGNAR, on_dead=_fall)
def assign(solicitud_id: UUID) -> None:
    asignacion.assign(solicitud_id=solicitud_id)


@step(DOCUMENTAR, on_dead=_fall)
def document(solicitud_id: UUID) -> None:
    documentos.document(solicitud_id=solicitud_id)


@step(ENVIAR, on_dead=_abandon)
def send(correo_id: UUID) -> None:
    correos.send(correo_id=correo_id)


@step(AVISAR_INTENTOS)
def tell_of_tries(solicitud_id: UUID) -> None:
    prueba.tell_of_tries(solicitud_id=solicitud_id)


@shared_task(name="tramites.detectar")
def detect() -> None:
    rastros.detect(reloj.now())


@shared_task(name="tramites.vigilar")
def watch() -> None:
    vigilancia.watch(reloj.now())
