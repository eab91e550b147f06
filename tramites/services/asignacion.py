"""One person, one number: assigned in one transaction, or read from whoever was first."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from catalogos.services import locate_unidad
from comun import eventos, reloj
from comun.caos import punto
from comun.queue import enqueue
from constancias.enums import Verbo
from nss.errors import NumeroPorAclarar, SerieAgotada
from nss.models import Numero
from nss.services import Lugar, assign_nss
from tramites.enums import DOCUMENTAR, Estado, Razon
from tramites.models import Solicitud
from tramites.services.confirmacion import lock
from tramites.services.domicilio import asentamiento_of
from tramites.services.vinculos import speaks


@transaction.atomic
def assign(*, solicitud_id: UUID) -> None:
    """Give the person of a Solicitud a number; do nothing if that is already done.

    No series with room: the Solicitud waits, and the sweeper brings it back.
    """
    now = reloj.now()
    solicitud = lock(solicitud_id)
    if solicitud.estado != Estado.POR_ASIGNAR:
        return
    if not speaks(solicitud):  # the bond moved while it lay in fallo_tecnico
        solicitud.advance(Estado.CANCELADA, now=now)
        return
    identidad = solicitud.identidad
    assert identidad is not None, "por_asignar comes after identify"
    try:
        asignacion = assign_nss(titular=identidad, lugar=place_of(solicitud), now=now)
    except SerieAgotada:
        solicitud.advance(Estado.EN_ESPERA_SERIE, now=now)
        eventos.record("tramites.sin_serie", solicitud.pk, now=now)
        return
    except NumeroPorAclarar:
        solicitud.advance(Estado.INCONCLUSA, now=now, razon=Razon.VARIOS_NSS)
        return
    _settle(solicitud, asignacion.numero, created=asignacion.created, now=now)
    punto("antes_commit")


def _settle(solicitud: Solicitud, numero: Numero, *, created: bool, now: datetime) -> None:
    solicitud.advance(
        Estado.ASIGNADA if created else Estado.LOCALIZADA,
        now=now,
        asegurado=numero.asegurado,
        verbo=Verbo.ASIGNACION if created else Verbo.LOCALIZACION,
    )
    eventos.record("tramites.nss_asignado", solicitud.pk, now=now)
    enqueue(DOCUMENTAR, solicitud.pk, now=now)


def place_of(solicitud: Solicitud) -> Lugar:
    """Return the offices of the person's address: they decide the series of the number."""
    domicilio = solicitud.domicilio
    found = asentamiento_of(domicilio) if domicilio else None
    if not found:
        return Lugar()
    ubicacion = locate_unidad(asentamiento=found)
    return Lugar(
        delegacion_id=ubicacion.delegacion.pk if ubicacion.delegacion else None,
        subdelegacion_id=ubicacion.subdelegacion.pk if ubicacion.subdelegacion else None,
        unidad_id=solicitud.unidad_id,
        entidad=found.municipio.entidad.clave_curp,
    )
