"""The first verb: a CURP and a mailbox become a Solicitud and a mail. Nobody is looked up."""

from datetime import datetime

from django.db import IntegrityError, transaction

from comun import reloj
from constancias.rules import mint_folio
from nss.models import curp_index
from nss.values import Curp
from tramites.enums import ClaseCorreo, Estado
from tramites.errors import TooSoon
from tramites.models import Solicitud, correo_index
from tramites.privacidad import aviso_at
from tramites.services import correos


@transaction.atomic(durable=True)
def open_solicitud(*, curp: Curp, correo: str, now: datetime) -> Solicitud:
    """Begin, or go on with, the Solicitud of this CURP and mailbox, and ask for its mail.

    A second submit within REENVIO_SEGUNDOS is the same one: same folio, no second
    mail. Whatever the registry knows of the CURP, what happens here is the same; if
    the mail goes is the worker's to say (services.limites).
    """
    return begin(curp=curp, correo=correo, now=now)


def begin(*, curp: Curp, correo: str, now: datetime, aviso: str = "") -> Solicitud:
    """Do what `open_solicitud` says, inside the transaction of another verb.

    `aviso` is the version of the privacy notice that was accepted; "" is the one in force.
    """
    solicitud = open_row(curp=curp, correo=correo, now=now, aviso=aviso)
    try:
        correos.refuse_too_soon(solicitud, ClaseCorreo.CONFIRMACION, now=now)
    except TooSoon:
        return solicitud
    correos.write(solicitud, ClaseCorreo.CONFIRMACION, now=now)
    return solicitud


def open_row(*, curp: Curp, correo: str, now: datetime, aviso: str = "") -> Solicitud:
    """Return the pair's Solicitud to be confirmed, locked, and mail nothing."""
    aviso = aviso or aviso_at(reloj.local_date(now)).version
    solicitud = _open_one(curp=curp, correo=correo.strip(), now=now, aviso=aviso)
    if solicitud.estado == Estado.VENCIDA:
        solicitud.advance(Estado.POR_CONFIRMAR, now=now, razon="")
    return solicitud


def _open_one(*, curp: Curp, correo: str, now: datetime, aviso: str) -> Solicitud:
    """Return the pair's open Solicitud, locked; make it if there is none. It bears `aviso`."""
    pair = {"curp_idx": curp_index(curp), "correo_idx": correo_index(correo)}
    open_ones = Solicitud.objects.same_pair(**pair).reopenable().order_by("estado", "-movida_en")
    if found := open_ones.select_for_update(of=("self",)).first():
        Solicitud.objects.filter(pk=found.pk).update(aviso_version=aviso)
        return found
    solicitud = Solicitud(
        folio=mint_folio(now),
        datos={"curp": str(curp), "correo": correo},
        aviso_version=aviso,
        creada_en=now,
        movida_en=now,
        **pair,
    )
    try:
        with transaction.atomic():
            solicitud.save(force_insert=True)
    except IntegrityError:  # a twin request won the race: go on with its row
        return open_ones.select_for_update(of=("self",)).get(estado=Estado.POR_CONFIRMAR)
    return solicitud
