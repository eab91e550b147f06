"""Statuses of a CURP, as the population registry gives them."""

from enum import StrEnum
from types import MappingProxyType


class Estatus(StrEnum):
    """Two or three letters of RENAPO: those that start with B are out of use."""

    AN = "AN"
    AH = "AH"
    CRA = "CRA"
    RCN = "RCN"
    RCC = "RCC"
    BAP = "BAP"
    BSU = "BSU"
    BD = "BD"
    BDM = "BDM"
    BDP = "BDP"
    BJD = "BJD"
    BDA = "BDA"
    BCC = "BCC"
    BCN = "BCN"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_active(self) -> bool:
        return not self.value.startswith("B")

    @property
    def is_superseded(self) -> bool:
        """The person has a newer CURP; this one shows nothing."""
        return self in {Estatus.BCC, Estatus.BCN}


_LABELS = MappingProxyType(
    {
        Estatus.AN: "Alta normal",
        Estatus.AH: "Alta con homonimia",
        Estatus.CRA: "CURP reactivada",
        Estatus.RCN: "Registro de cambio que no afecta a la CURP",
        Estatus.RCC: "Registro de cambio que afecta a la CURP",
        Estatus.BAP: "Baja por documento apócrifo",
        Estatus.BSU: "Baja sin uso",
        Estatus.BD: "Baja por defunción",
        Estatus.BDM: "Baja administrativa",
        Estatus.BDP: "Baja por adopción",
        Estatus.BJD: "Baja judicial",
        Estatus.BDA: "Baja por duplicidad",
        Estatus.BCC: "Baja por cambio de CURP",
        Estatus.BCN: "Baja por CURP nueva",
    }
)
