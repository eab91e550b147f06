"""After the proof of the mailbox: who is this, whose mailbox speaks for them, have they a number."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from comun import reloj
from comun.caos import punto
from comun.errors import Transient
from comun.queue import enqueue
from constancias.enums import Verbo
from nss.identidad import Identidad, fuente
from nss.services import locate
from tramites.enums import DOCUMENTAR, ClaseCorreo, Estado, Razon
from tramites.models import Solicitud
from tramites.services import correos, equipos, prueba, vinculos
from tramites.services.confirmacion import lock

WAIT_FOR_SOURCE = timedelta(hours=24)
STILL_LOOKING = timedelta(minutes=10)  # after the proof, a person is taken to watch the page
NEEDS_PERSON = (Estado.REQUIERE_DOMICILIO, Estado.INCONCLUSA)


def identify(*, solicitud_id: UUID) -> None:
    """Decide where a confirmed Solicitud goes; do nothing if that is already decided.

    The identity source is asked outside the transaction: no row stays locked
    while somebody else's machine thinks.
    """
    solicitud = Solicitud.objects.get(pk=solicitud_id)
    if solicitud.estado != Estado.CONFIRMADA:
        return
    try:
        identidad = fuente().look_up(solicitud.curp)
    except Transient:
        wait_for_source(solicitud_id=solicitud_id)
        return
    punto("tras_identidad")
    settle_identidad(solicitud_id=solicitud_id, identidad=identidad)


@transaction.atomic
def wait_for_source(*, solicitud_id: UUID) -> None:
    """Rest until the source answers; after a day without it, stop with a reason."""
    now = reloj.now()
    solicitud = lock(solicitud_id)
    if solicitud.estado != Estado.CONFIRMADA:
        return
    # Not since the proof: whoever was held for days has not waited for the source yet.
    since = solicitud.espera_desde or now
    if now - since > WAIT_FOR_SOURCE:
        end = {"razon": Razon.SIN_RESPUESTA, "espera_desde": None}
        solicitud.advance(Estado.INCONCLUSA, now=now, **end)
        correos.write(solicitud, ClaseCorreo.SEGUIR, now=now)
    else:
        solicitud.advance(Estado.EN_ESPERA_IDENTIDAD, now=now, espera_desde=since)


@transaction.atomic
def settle_identidad(*, solicitud_id: UUID, identidad: Identidad | None) -> None:
    """Move the Solicitud by what the source said: reason to stop, mailbox, number."""
    now = reloj.now()
    solicitud = lock(solicitud_id)
    if solicitud.estado != Estado.CONFIRMADA:
        return
    if solicitud.espera_desde:
        Solicitud.objects.filter(pk=solicitud.pk).update(espera_desde=None)
    _settle(solicitud, identidad, now=now)
    if solicitud.estado in NEEDS_PERSON and _waited(solicitud, now=now):
        correos.write(solicitud, ClaseCorreo.SEGUIR, now=now)


def _settle(solicitud: Solicitud, identidad: Identidad | None, *, now: datetime) -> None:
    if not equipos.still_known(solicitud, now=now):
        solicitud.advance(Estado.CANCELADA, now=now)
        return
    if not prueba.passes(solicitud, identidad, now=now):
        solicitud.advance(Estado.INCONCLUSA, now=now, razon=Razon.ACTA)
        return
    razon = reason_to_stop(solicitud, identidad)
    if razon or identidad is None:
        solicitud.advance(Estado.INCONCLUSA, now=now, razon=razon or Razon.CURP_NO_ENCONTRADA)
        return
    voz = vinculos.claim(solicitud, now=now)
    if voz != vinculos.Voz.ACTIVO:
        frozen = now if voz == vinculos.Voz.CONGELADO else None
        solicitud.advance(Estado.RETENIDA, now=now, congelada_en=frozen)
        return
    _yield_or_take_over(solicitud, now=now)
    if solicitud.estado == Estado.CONFIRMADA:
        _look_for_numero(solicitud, identidad, now=now)


def _waited(solicitud: Solicitud, *, now: datetime) -> bool:
    """Say if the person has surely left the page: the Solicitud was held, or the source away."""
    assert solicitud.confirmada_en is not None
    back = solicitud.movimientos.filter(destino=Estado.CONFIRMADA).order_by("-pk").first()
    waited = back is not None and back.origen in (Estado.RETENIDA, Estado.EN_ESPERA_IDENTIDAD)
    return waited and now - solicitud.confirmada_en > STILL_LOOKING


def reason_to_stop(solicitud: Solicitud, identidad: Identidad | None) -> Razon | None:
    """Return why the source's answer ends the Solicitud, or None if it may go on."""
    if identidad is None:
        return Razon.CURP_NO_ENCONTRADA
    if identidad.curp != solicitud.curp or identidad.estatus.is_superseded:
        return Razon.CURP_SUSTITUIDA
    if not identidad.estatus.is_active:
        return Razon.CURP_BAJA
    return None


def _yield_or_take_over(solicitud: Solicitud, *, now: datetime) -> None:
    """Settle a collision with another live Solicitud of the CURP: the bound mailbox wins."""
    others = Solicitud.objects.filter(curp_idx=solicitud.curp_idx, tipo=solicitud.tipo).live()
    for other in others.exclude(pk=solicitud.pk).select_for_update(of=("self",)):
        if other.correo_idx == solicitud.correo_idx:
            solicitud.advance(Estado.CANCELADA, now=now)
            return
        other.advance(Estado.CANCELADA, now=now)


def _look_for_numero(solicitud: Solicitud, identidad: Identidad, *, now: datetime) -> None:
    found = locate(identidad=identidad)
    if found.kind in {"varios_nss", "homonimia"}:
        solicitud.advance(Estado.INCONCLUSA, now=now, razon=Razon(found.kind))
        return
    datos = {**solicitud.datos, "identidad": identidad.as_json(), "identidad_aceptada": False}
    if found.numero is None:
        solicitud.advance(Estado.REQUIERE_DOMICILIO, now=now, datos=datos)
        return
    solicitud.advance(
        Estado.LOCALIZADA,
        now=now,
        datos=datos,
        asegurado=found.numero.asegurado,
        verbo=Verbo.LOCALIZACION,
    )
    enqueue(DOCUMENTAR, solicitud.pk, now=now)
