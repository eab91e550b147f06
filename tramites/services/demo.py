"""The demo people whose mailbox is bound already: what another mailbox then meets."""

from datetime import datetime

from django.db import transaction

from nss.demo import PERSONAS
from nss.models import curp_index
from tramites.models import VinculoCorreo, correo_index


@transaction.atomic
def bind_demo_people(now: datetime) -> None:
    """Bind each demo person's mailbox to their CURP; a second time changes nothing."""
    for persona in PERSONAS:
        if persona.correo:
            VinculoCorreo.objects.get_or_create(
                curp_idx=curp_index(persona.curp),
                estado=VinculoCorreo.Estado.ACTIVO,
                defaults={
                    "correo_idx": correo_index(persona.correo),
                    "correo": {"correo": persona.correo},
                    "desde": now,
                },
            )
