"""The address: a draft sealed on the row, so that any device goes on; CONCLUIR asks for a number."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from catalogos.models import Asentamiento
from catalogos.rules import normalise
from comun.queue import enqueue
from tramites.domicilios import Domicilio
from tramites.enums import ASIGNAR, Estado
from tramites.errors import DomicilioIncomplete, MoveNotAllowed
from tramites.models import Solicitud
from tramites.services.confirmacion import lock


def asentamiento_of(domicilio: Domicilio) -> Asentamiento | None:
    """Return the colonia of an address, or None if the catalogue lost it.

    For a colonia that the catalogue lacks: an unsaved twin of one of its postal code under
    the name written, so that coverage by code answers and coverage of the other colonia not.
    """
    places = Asentamiento.objects.select_related("municipio__entidad")
    place = places.filter(pk=domicilio.asentamiento_id).first()
    if place is not None and domicilio.colonia_propia:
        place.pk = None
        place.nombre, place.nombre_normalizado = domicilio.colonia, normalise(domicilio.colonia)
    return place


def place_of_oficina(solicitud: Solicitud) -> Asentamiento | None:
    """Return where the person lives as far as is known: the address, or a postal code asked for."""
    if solicitud.domicilio:
        return asentamiento_of(solicitud.domicilio)
    return Asentamiento.objects.at(solicitud.datos.get("cp_oficina", "")).first()


@transaction.atomic(durable=True)
def save_cp_oficina(*, solicitud_id: UUID, cp: str, now: datetime) -> None:
    """Keep the postal code by which the office of an inconclusa is shown, also on its slip."""
    solicitud = lock(solicitud_id)
    if solicitud.estado == Estado.INCONCLUSA:
        solicitud.keep(cp_oficina=cp)


def _lock_for_domicilio(solicitud_id: UUID) -> Solicitud:
    solicitud = lock(solicitud_id)
    if solicitud.estado != Estado.REQUIERE_DOMICILIO:
        raise MoveNotAllowed(solicitud=solicitud.pk, estado=solicitud.estado)
    return solicitud


@transaction.atomic(durable=True)
def save_domicilio(*, solicitud_id: UUID, domicilio: Domicilio, now: datetime) -> None:
    """Keep the address; another colonia forgets the clinic chosen for the old one.

    Raises
        MoveNotAllowed: the Solicitud does not ask for an address (any more).
    """
    solicitud = _lock_for_domicilio(solicitud_id)
    before = solicitud.domicilio
    same_place = before is not None and before.asentamiento_id == domicilio.asentamiento_id
    unidad_id = solicitud.unidad_id if same_place else None
    solicitud.keep(domicilio=domicilio.as_json(), unidad_id=unidad_id)


@transaction.atomic(durable=True)
def save_unidad(*, solicitud_id: UUID, unidad_id: int | None, now: datetime) -> None:
    """Keep the clinic shown or chosen; None is "UMF por confirmar"."""
    solicitud = _lock_for_domicilio(solicitud_id)
    if solicitud.domicilio is None:
        raise DomicilioIncomplete(solicitud=solicitud.pk)
    solicitud.keep(unidad_id=unidad_id)


@transaction.atomic(durable=True)
def conclude(*, solicitud_id: UUID, now: datetime) -> None:
    """CONCLUIR: ask for a number. A second click finds it asked already and changes nothing.

    Raises
        DomicilioIncomplete: there is no address yet.
        MoveNotAllowed: the Solicitud is elsewhere.
    """
    solicitud = lock(solicitud_id)
    if solicitud.estado in (Estado.POR_ASIGNAR, Estado.EN_ESPERA_SERIE) or solicitud.asegurado_id:
        return
    if solicitud.estado != Estado.REQUIERE_DOMICILIO:
        raise MoveNotAllowed(solicitud=solicitud.pk, estado=solicitud.estado)
    if solicitud.domicilio is None:
        raise DomicilioIncomplete(solicitud=solicitud.pk)
    solicitud.advance(Estado.POR_ASIGNAR, now=now)
    enqueue(ASIGNAR, solicitud.pk, now=now)
