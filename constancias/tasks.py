"""Steps of documents by their names in the outbox. No rule lives here: each is one call."""

from uuid import UUID

from celery import shared_task

from comun import reloj
from comun.outbox import step
from constancias import services
from constancias.errors import SelloUnavailable
from constancias.services import comprobacion
from constancias.services.enmascarado import ENMASCARAR
from constancias.services.publicacion import PUBLICAR


@step(ENMASCARAR)
def mask(constancia_id: UUID) -> None:
    services.issue_masked(constancia_id=constancia_id)


@step(PUBLICAR)
def publish(lista: UUID) -> None:
    services.publish_estados(now=reloj.now())


@step(comprobacion.VERIFICAR, on_dead=comprobacion.give_up)
def verify(consulta_id: UUID) -> None:
    comprobacion.resolve(consulta_id=consulta_id)


@shared_task(name="constancias.olvidar_consultas")
def forget() -> None:
    comprobacion.forget(now=reloj.now())


@shared_task(name="constancias.barrer_archivos")
def sweep() -> None:
    """Delete what an interrupted work left without a row."""
    services.sweep_orphans(now=reloj.now(), delete=True)


@shared_task(name="constancias.refrescar_estados")
def refresh() -> None:
    """Keep the list from growing old. Without a key there is none, and the log says why."""
    try:
        services.refresh_estados(now=reloj.now())
    except SelloUnavailable:
        return
