"""Veredicto: the checks and their answers, and the one word they add up to."""

from dataclasses import dataclass, field

from constancias.documentos import Hoja
from constancias.enums import Dictamen
from constancias.models import Constancia


@dataclass(frozen=True, slots=True, kw_only=True)
class Veredicto:
    """The checks in order, each with its answer; genuine when all hold.

    `constancia` is the document it is, or says it is, and `hoja` what that one
    prints. `campos` names what differs from it, never the values.
    """

    dictamen: Dictamen
    revisiones: dict[str, bool] = field(default_factory=dict)
    constancia: Constancia | None = None
    hoja: Hoja | None = field(default=None, repr=False)
    serie: str = ""
    campos: tuple[str, ...] = ()

    @property
    def genuina(self) -> bool:
        return bool(self.revisiones) and all(self.revisiones.values())

    @property
    def fallas(self) -> list[str]:
        return [name for name, holds in self.revisiones.items() if not holds]

    @property
    def folio(self) -> str:
        return self.constancia.folio if self.constancia else ""

    @property
    def tipo(self) -> str:
        return self.constancia.tipo if self.constancia else ""

    @property
    def estado(self) -> str:
        return self.constancia.estado if self.constancia else "desconocida"
