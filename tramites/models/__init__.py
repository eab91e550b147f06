"""Tables of the procedure."""

from tramites.models.correos import Confirmacion, Correo, VinculoCorreo
from tramites.models.fichas import Ficha
from tramites.models.opiniones import Opinion
from tramites.models.solicitud import Movimiento, Solicitud, correo_index

__all__ = [
    "Confirmacion",
    "Correo",
    "Ficha",
    "Movimiento",
    "Opinion",
    "Solicitud",
    "VinculoCorreo",
    "correo_index",
]
