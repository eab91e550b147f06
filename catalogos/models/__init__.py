"""Tables of reference: the territory, the Institute's offices and clinics, and their versions."""

from catalogos.models.estructura import Competencia, Delegacion, Subdelegacion
from catalogos.models.territorio import Asentamiento, Entidad, Municipio
from catalogos.models.unidades import Cobertura, UnidadMedica
from catalogos.models.versiones import VersionCatalogo

__all__ = [
    "Asentamiento",
    "Cobertura",
    "Competencia",
    "Delegacion",
    "Entidad",
    "Municipio",
    "Subdelegacion",
    "UnidadMedica",
    "VersionCatalogo",
]
