"""Tables of the procedure."""

from tramites.models.correos import Confirmacion, Correo, VinculoCorreo
from tramites.models.solicitud import Movimiento, Solicitud, correo_index

__all__ = [
    "Confirmacion",
    "Correo",
    "Movimiento",
    "Solicitud",
    "VinculoCorreo",
    "correo_index",
]
