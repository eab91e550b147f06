"""The embedded identity source: people in, compared with those already there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from nss.models import PersonaPadron, curp_index
from nss.services.copia import insert_new
from nss.values import Identidad


@dataclass(slots=True)
class Conteo:
    """How many people a load found new, changed or as they were."""

    nuevas: int = 0
    cambiadas: int = 0
    iguales: int = 0

    def add(self, other: "Conteo") -> None:
        self.nuevas += other.nuevas
        self.cambiadas += other.cambiadas
        self.iguales += other.iguales


@transaction.atomic
def load_personas(personas: Sequence[Identidad], *, origen: PersonaPadron.Origen) -> Conteo:
    """Insert the new people and rewrite those whose data differ."""
    by_curp = {persona.curp: persona for persona in personas}
    conteo = Conteo()
    for row in PersonaPadron.objects.filter(curp_idx__in=map(curp_index, by_curp)):
        known = row.identidad
        persona = by_curp.pop(known.curp)
        if persona == known:
            conteo.iguales += 1
            continue
        row.datos, row.estatus = persona.as_json(), persona.estatus.value
        row.save(update_fields=("datos", "estatus"))
        conteo.cambiadas += 1
    conteo.nuevas = len(add_personas(list(by_curp.values()), origen=origen))
    return conteo


def add_personas(personas: Sequence[Identidad], *, origen: PersonaPadron.Origen) -> list[Identidad]:
    """Insert those whose key is not there yet; return them."""
    rows = [
        PersonaPadron(
            curp_idx=curp_index(persona.curp),
            datos=persona.as_json(),
            estatus=persona.estatus.value,
            origen=origen.value,
        )
        for persona in personas
    ]
    with transaction.atomic():
        new = insert_new(rows)
    return [persona for persona, row in zip(personas, rows, strict=True) if row.pk in new]
