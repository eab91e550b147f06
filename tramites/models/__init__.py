"""Tables of the procedure."""

from tramites.models.ampliaciones import AmpliacionBuzon
from tramites.models.casos import CasoVinculo
from tramites.models.correos import Confirmacion, Correo
from tramites.models.fichas import Ficha
from tramites.models.opiniones import Opinion
from tramites.models.rastros import Alerta, Rastro, SalDeRastro
from tramites.models.solicitud import Movimiento, Solicitud, correo_index
from tramites.models.vinculos import EquipoConocido, IntentoActa, Objecion, VinculoCorreo

__all__ = [
    "Alerta",
    "AmpliacionBuzon",
    "CasoVinculo",
    "Confirmacion",
    "Correo",
    "EquipoConocido",
    "Ficha",
    "IntentoActa",
    "Movimiento",
    "Objecion",
    "Opinion",
    "Rastro",
    "SalDeRastro",
    "Solicitud",
    "VinculoCorreo",
    "correo_index",
]
