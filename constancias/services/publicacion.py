"""The status list as the web serves it: signed here, by whoever has the key, and kept in a row."""

from datetime import datetime
from uuid import UUID

from comun.queue import enqueue
from constancias import estados, llaves
from constancias.models import ListaEstados, LlaveSello

PUBLICAR = "constancias.publicar_estados"
LISTA = UUID(int=0)  # the one list, as the outbox names it


def publish_estados(*, now: datetime) -> ListaEstados:
    """Sign the list as things stand and put it where the web reads it.

    Raises
        SelloUnavailable: there is no key here to sign with.
    """
    llave = llaves.active()
    contenido = estados.build(now, llave).decode()
    row, _ = ListaEstados.objects.update_or_create(
        pk=ListaEstados.ONLY,
        defaults={"contenido": contenido, "serie": llave.serie, "emitida_en": now},
    )
    return row


def refresh_estados(*, now: datetime) -> bool:
    """Publish the list again if it is older than estados.REFRESH or of another key; return if it was."""
    fresh = ListaEstados.objects.filter(emitida_en__gt=now - estados.REFRESH)
    if fresh.filter(serie__in=LlaveSello.objects.active().values("serie")).exists():
        return False
    publish_estados(now=now)
    return True


def ask_publication(*, now: datetime) -> None:
    """Add the publication of the list to the open transaction: the worker signs it after commit."""
    enqueue(PUBLICAR, LISTA, now=now)
