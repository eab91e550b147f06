"""The catalogues that come with the portal, loaded in the order they need each other."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import NamedTuple

from catalogos.enums import Catalogo
from catalogos.lectura.entidades import DATOS
from catalogos.models import VersionCatalogo
from catalogos.services.carga import Diferencia
from catalogos.services.cobertura import load_cobertura
from catalogos.services.entidades import seed_entidades
from catalogos.services.oficinas import load_competencia, load_delegaciones, load_subdelegaciones
from catalogos.services.unidades import load_unidades

FUENTE = "lista del portal"
LOADERS: dict[Catalogo, Callable[..., Diferencia]] = {
    Catalogo.DELEGACIONES: load_delegaciones,
    Catalogo.SUBDELEGACIONES: load_subdelegaciones,
    # an operator's offices or clinics may lack some that ours name
    Catalogo.COMPETENCIA: partial(load_competencia, skip_unknown=True),
    Catalogo.UNIDADES: load_unidades,
    Catalogo.COBERTURA: partial(load_cobertura, skip_unknown=True),
}


class Cargado(NamedTuple):
    """What happened with one catalogue; no `diferencia`: the operator's version stays."""

    catalogo: Catalogo
    diferencia: Diferencia | None
    fuente: str


def load_propios(*, now: datetime) -> Iterator[Cargado]:
    """Load each catalogue of ours, but for those an operator has replaced."""
    seed_entidades()
    for catalogo, load in LOADERS.items():
        current = VersionCatalogo.objects.current(catalogo)
        if current and current.fuente != FUENTE:
            yield Cargado(catalogo, None, current.fuente)
            continue
        path = DATOS / f"{catalogo.value}.csv"
        yield Cargado(catalogo, load(path, now=now, fuente=FUENTE), FUENTE)
