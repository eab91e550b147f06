"""How sibling apps hear of each other: a row, never an import."""

from datetime import datetime
from uuid import UUID

from comun.models import Evento


def record(tipo: str, objeto: UUID, *, now: datetime, **datos: str | int) -> None:
    """Leave the event `tipo` of `objeto`; `datos` are identifiers, never a person's data."""
    Evento.objects.create(tipo=tipo, objeto=objeto, fecha=now, datos=datos)
