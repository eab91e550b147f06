"""Verbs of the reference data: find a clinic; load a catalogue."""

from catalogos.services.busqueda import find_asentamientos
from catalogos.services.ubicacion import Ubicacion, locate_unidad

__all__ = ["Ubicacion", "find_asentamientos", "locate_unidad"]
