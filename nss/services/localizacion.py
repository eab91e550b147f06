"""Which number does this person already hold?"""

from dataclasses import dataclass
from typing import Literal

from nss.models import Asegurado, Numero
from nss.values import Identidad

Kind = Literal["vigente", "ninguno", "varios_nss", "homonimia"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Localizacion:
    """`numero` is there only when `kind` is "vigente"."""

    kind: Kind
    numero: Numero | None = None


def locate(*, identidad: Identidad) -> Localizacion:
    """Look by the key, then by earlier keys, then by everything else about the person.

    Nothing is guessed: two numbers, or a person alike under another key, end
    without a number. The status of the key is the caller's to judge first.
    """
    keys = (identidad.curp, *identidad.curps_anteriores)
    holders = list(Asegurado.objects.of_keys(keys).values_list("pk", flat=True))
    if not holders:
        alike = Asegurado.objects.alike(identidad).exists()
        return Localizacion(kind="homonimia" if alike else "ninguno")
    numeros = list(
        Numero.objects.open().filter(asegurado__in=holders).select_related("asegurado")[:2]
    )
    if len(numeros) > 1 or any(n.estado != Numero.Estado.VIGENTE for n in numeros):
        return Localizacion(kind="varios_nss")
    if not numeros:
        return Localizacion(kind="ninguno")
    return Localizacion(kind="vigente", numero=numeros[0])
