"""The register of pages and states: what is opened, and which addresses that answers for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.paginas.mesa import Mesa

Abre = Callable[[Mesa], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caso:
    """One page in one state. `abre` leaves the browser on it."""

    nombre: str
    claves: tuple[str, ...]  # of tests.paginas.mapa: addresses that this case really asks for
    abre: Abre
    estado: int = 200
    sin_js: bool = False  # looked at without JavaScript too
    en_linea: bool = False  # one file with its script inside, named by its hash
    ajena: bool = False  # Django's own pages for the staff: their weight is not ours
    muestra: bool = False  # shows an error that is nobody's
    avisa: bool = False  # warns before it goes on by itself and may be held (WCAG 2.2.1)


CASOS: list[Caso] = []


def caso(nombre: str, *claves: str, **facts: Any) -> Callable[[Abre], Abre]:
    """Register the function below as the way to a page; `facts` are fields of its Caso."""

    def keep(abre: Abre) -> Abre:
        assert nombre not in {one.nombre for one in CASOS}, nombre
        CASOS.append(Caso(nombre=nombre, claves=claves, abre=abre, **facts))
        return abre

    return keep


def direccion(nombre: str, path: str, *claves: str, **facts: Any) -> None:
    """Register a page that its address alone brings."""
    caso(nombre, *claves, **facts)(lambda mesa: mesa.ir(path))
