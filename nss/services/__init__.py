"""Verbs of the registry. The ones below are what other apps call."""

from nss.services.alta import Asignacion, assign_nss, room_for
from nss.services.localizacion import Localizacion, locate
from nss.services.series import Lugar

__all__ = ["Asignacion", "Localizacion", "Lugar", "assign_nss", "locate", "room_for"]
