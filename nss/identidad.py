"""Who a CURP belongs to: the port to the population registry, and the embedded padrón."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from nss.fuentes.http import FuenteHttp
from nss.models import PersonaPadron
from nss.values import Curp, Identidad

__all__ = ["FuenteIdentidad", "FuentePadron", "Identidad", "fuente"]


class FuenteIdentidad(Protocol):
    """Whoever knows people by their key."""

    def look_up(self, curp: Curp) -> Identidad | None:
        """Return the person, or None if the key is unknown.

        Raises
            comun.errors.Transient: no answer now; ask again later.
        """
        ...


class FuentePadron:
    """The table that `cargar_padron` and `generar_padron` fill."""

    def look_up(self, curp: Curp) -> Identidad | None:
        persona = PersonaPadron.objects.of_curp(curp)
        return persona.identidad if persona else None


FUENTES: Mapping[str, type[FuenteIdentidad]] = MappingProxyType(
    {"padron": FuentePadron, "http": FuenteHttp}
)


def fuente() -> FuenteIdentidad:
    """Return the source that settings.FUENTE_IDENTIDAD names, or the class at that dotted name."""
    named = FUENTES.get(settings.FUENTE_IDENTIDAD)
    return cast("FuenteIdentidad", (named or import_string(settings.FUENTE_IDENTIDAD))())
