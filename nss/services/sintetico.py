"""Synthetic people into the padrón, and a share of them into the registry, batch by batch."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from comun.reloj import local_date
from nss.models import PersonaPadron, PrefijoSerie
from nss.services.lote import Alta, assign_many
from nss.services.padron import add_personas
from nss.services.series import Lugar
from nss.sinteticos import Sintetica, people

DEMO_PREFIX = "00"
_BATCH = 20_000


@dataclass(slots=True)
class Generadas:
    """How many people were new, and how many of them got a number."""

    personas: int = 0
    numeros: int = 0


def ensure_demo_prefix() -> None:
    """Let every place issue 00, which no known number bears."""
    PrefijoSerie.objects.get_or_create(prefijo=DEMO_PREFIX, delegacion=None, subdelegacion=None)


def generate(*, how_many: int, seed: int, numbered: float, now: datetime) -> Generadas:
    """Add the first `how_many` people of a seed; `numbered` (0 to 1) of them with a NSS.

    Each batch is one transaction: a run cut short is completed by running it again.
    """
    ensure_demo_prefix()
    total, source = Generadas(), people(seed, today=local_date(now))
    while batch := list(islice(source, min(_BATCH, how_many))):
        how_many -= len(batch)
        added, given = _add(batch, numbered, now)
        total.personas += added
        total.numeros += given
    return total


@transaction.atomic
def _add(batch: list[Sintetica], numbered: float, now: datetime) -> tuple[int, int]:
    new = add_personas(
        [person.identidad for person in batch], origen=PersonaPadron.Origen.SINTETICO
    )
    curps = {identidad.curp for identidad in new}
    altas = [
        Alta(titular=person.identidad, fecha=person.alta)
        for person in batch
        if person.identidad.curp in curps
        and person.identidad.estatus.is_active
        and person.suerte < numbered
    ]
    return len(new), assign_many(altas=altas, lugar=Lugar(), now=now)
