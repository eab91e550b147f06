"""Numbers for many people at once, by the same statement as for one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from nss.errors import SerieAgotada
from nss.models import Serie
from nss.rules.numero import SERIES_SIZE
from nss.services.alta import new_asegurado
from nss.services.copia import insert_new
from nss.services.series import Anios, Lugar, candidates, open_series, take
from nss.values import Identidad

_Alta = tuple[UUID, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alta:
    """A person and the day on which the number is dated."""

    titular: Identidad
    fecha: date


@transaction.atomic
def assign_many(*, altas: Sequence[Alta], lugar: Lugar, now: datetime) -> int:
    """Number those whose CURP is not registered yet; return how many they were.

    Series are taken in one order, so that two batches never wait for each other in a circle.

    Raises
        SerieAgotada: some year has no room for all; nobody was numbered.
    """
    rows = [new_asegurado(alta.titular, lugar, now) for alta in altas]
    new = insert_new(rows)
    by_years: defaultdict[Anios, list[_Alta]] = defaultdict(list)
    for row, alta in zip(rows, altas, strict=True):
        if row.pk in new:
            anios = Anios.of(alta=alta.fecha, nacimiento=alta.titular.fecha_nacimiento)
            by_years[anios].append((row.pk, alta.fecha))
    for anios in sorted(by_years):
        _take_all(by_years[anios], lugar, anios)
    return len(new)


def _take_all(waiting: list[_Alta], lugar: Lugar, anios: Anios) -> None:
    """Give numbers to all, filling one series after another."""
    for candidata in candidates(lugar, anios):
        serie = Serie.objects.select_for_update().get(pk=open_series(candidata, anios))
        room = SERIES_SIZE - serie.siguiente
        if room:
            take(serie.pk, waiting[:room])
        waiting = waiting[room:]
        if not waiting:
            return
    raise SerieAgotada(alta=anios.alta, nacimiento=anios.nacimiento, faltan=len(waiting))
