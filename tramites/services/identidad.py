"""¿Eres tú? Before a number is made: the person owns the data of the registry, or does not."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tramites.enums import Estado, Razon
from tramites.errors import MoveNotAllowed
from tramites.models import EquipoConocido, Solicitud, VinculoCorreo
from tramites.services.confirmacion import lock


@transaction.atomic(durable=True)
def accept_identidad(*, solicitud_id: UUID, now: datetime) -> None:
    """ "Sí, continuar": the address may be asked for. A second press changes nothing."""
    solicitud = _lock_unnumbered(solicitud_id)
    if not solicitud.identidad_aceptada:
        solicitud.keep(identidad_aceptada=True)


@transaction.atomic(durable=True)
def refuse_identidad(*, solicitud_id: UUID, now: datetime) -> None:
    """ "No soy yo": stop with its reason, and let the CURP's owner have their own mailbox.

    Nothing of the address is kept: it was not the person's of the registry.
    """
    solicitud = lock(solicitud_id)
    if solicitud.estado == Estado.INCONCLUSA:
        return
    if solicitud.estado != Estado.REQUIERE_DOMICILIO:
        raise MoveNotAllowed(solicitud=solicitud.pk, estado=solicitud.estado)
    mine = VinculoCorreo.objects.of_pair(solicitud).active()
    mine.update(estado=VinculoCorreo.Estado.RETIRADO, desde=now)
    EquipoConocido.objects.filter(
        curp_idx=solicitud.curp_idx, correo_idx=solicitud.correo_idx
    ).delete()
    kept = {"curp": solicitud.datos["curp"], "correo": solicitud.datos["correo"]}
    solicitud.advance(Estado.INCONCLUSA, now=now, razon=Razon.DATOS_NO_COINCIDEN, datos=kept)


def _lock_unnumbered(solicitud_id: UUID) -> Solicitud:
    solicitud = lock(solicitud_id)
    if solicitud.estado != Estado.REQUIERE_DOMICILIO:
        raise MoveNotAllowed(solicitud=solicitud.pk, estado=solicitud.estado)
    return solicitud
