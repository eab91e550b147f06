"""Domicilio: where the person lives, as typed and as the catalogue names it."""

from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Domicilio:
    """Kept whole, by text: the catalogue may retire the Asentamiento later.

    `colonia_propia`: the catalogue does not have it; `colonia` is as the person wrote it, and
    the Asentamiento is any of its postal code.
    """

    asentamiento_id: int
    cp: str
    entidad: str
    municipio: str
    colonia: str
    tipo_asentamiento: str
    calle: str
    numero_exterior: str
    numero_interior: str = ""
    colonia_propia: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(**data)

    @property
    def linea(self) -> str:
        """The address on one line, as an envelope would say it."""
        interior = f", interior {self.numero_interior}" if self.numero_interior else ""
        return (
            f"{self.calle} {self.numero_exterior}{interior}, {self.tipo_asentamiento.lower()}"
            f" {self.colonia}, C.P. {self.cp}, {self.municipio}, {self.entidad}"
        )
