"""Verbs of the reference data: find a clinic; load a catalogue."""

from catalogos.services.ubicacion import Ubicacion, locate_unidad

__all__ = ["Ubicacion", "locate_unidad"]
