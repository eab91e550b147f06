"""The mailbox that speaks for a CURP: bound, held back, released, retired."""

from datetime import datetime, timedelta

from django.conf import settings

from comun.queue import enqueue
from tramites import rules
from tramites.enums import DE_RETENCION, IDENTIFICAR, MOVES, ClaseCorreo, Estado
from tramites.models import Confirmacion, Correo, EquipoConocido, Objecion, Solicitud, VinculoCorreo
from tramites.services import correos

REMIND_AFTER = timedelta(hours=24)
Voz = VinculoCorreo.Estado


def speaks(solicitud: Solicitud) -> bool:
    """Say if the mailbox of this Solicitud is the one bound to its CURP."""
    return VinculoCorreo.objects.of_pair(solicitud).active().exists()


def may_open(solicitud: Solicitud) -> bool:
    """Say if its pages and documents may be shown: asked at every look, for the bond may move."""
    return not solicitud.tells or speaks(solicitud)


def claim(solicitud: Solicitud, *, now: datetime) -> Voz:
    """Say what this mailbox is to the CURP; the first one proved is bound to it.

    For another mailbox a waiting bond is left and the bound one is told: the
    sweeper moves the bond after RETENCION_HORAS. A pair that somebody objected
    to stays frozen, even where nobody is bound any more.
    """
    if VinculoCorreo.objects.of_pair(solicitud).frozen().exists():
        return Voz.CONGELADO
    mine = {"curp_idx": solicitud.curp_idx, "correo_idx": solicitud.correo_idx}
    words = {"correo": {"correo": solicitud.correo}, "desde": now}
    active, _ = VinculoCorreo.objects.select_for_update(of=("self",)).get_or_create(
        curp_idx=solicitud.curp_idx, estado=Voz.ACTIVO, defaults={**mine, **words}
    )
    if active.correo_idx == solicitud.correo_idx:
        return Voz.ACTIVO
    waiting, new = VinculoCorreo.objects.get_or_create(**mine, estado=Voz.EN_ESPERA, defaults=words)
    if not new:
        VinculoCorreo.objects.filter(pk=waiting.pk).update(desde=now)
    _warn(solicitud, active, ClaseCorreo.RETENCION, now=now)
    return Voz.EN_ESPERA


def _warn(
    solicitud: Solicitud, active: VinculoCorreo, clase: ClaseCorreo, *, now: datetime
) -> None:
    """Tell the bound mailbox that another one waits, with a link by which it may object."""
    token = rules.mint_token()
    Objecion.objects.create(solicitud=solicitud, token_hash=rules.token_hash(token), creada_en=now)
    correos.write(
        solicitud,
        clase,
        now=now,
        contexto={"token": token},
        destinatario=active.correo["correo"],
    )


def _was_told(solicitud: Solicitud) -> bool:
    """Say if a notice of this hold reached a mail server that answered for the mailbox."""
    of_hold = solicitud.correos.filter(clase__in=DE_RETENCION, creado_en__gte=solicitud.movida_en)
    return of_hold.exclude(estado=Correo.Estado.PENDIENTE).exists()


def remind(solicitud: Solicitud, *, now: datetime) -> None:
    """Warn the bound mailbox a second time; nobody is bound, nobody is warned."""
    active = VinculoCorreo.objects.of_curp(solicitud.curp_idx).active().first()
    if active is not None:
        _warn(solicitud, active, ClaseCorreo.RECORDATORIO, now=now)


def retention() -> timedelta:
    return timedelta(hours=settings.RETENCION_HORAS)


def retention_ends(solicitud: Solicitud) -> datetime:
    """Return when a held Solicitud goes on if the bound mailbox does not object."""
    return solicitud.movida_en + retention()


def began_anew(solicitud: Solicitud) -> bool:
    """Say if a hold's 72 hours were counted again, for want of a notice that reached somebody."""
    held = solicitud.movimientos.filter(destino=Estado.RETENIDA).last()
    return held is not None and held.fecha < solicitud.movida_en


def release(solicitud: Solicitud, *, now: datetime) -> None:
    """The bound mailbox did not object: the bond moves, and the Solicitud goes on.

    If no mail server ever answered for the bound mailbox, its 72 hours begin anew.

    Where the bond moved since to somebody who was never warned of this hold, it
    stays: the worker then holds the Solicitud anew and warns that mailbox. The row
    must be locked.
    """
    if solicitud.congelada_en is not None:
        return
    bonds = VinculoCorreo.objects.of_curp(solicitud.curp_idx)
    active = bonds.active().select_for_update(of=("self",)).first()
    waiting = bonds.of_pair(solicitud).waiting().first()
    if waiting is not None and (active is None or active.desde <= waiting.desde):
        if active is not None and not _was_told(solicitud):
            Solicitud.objects.filter(pk=solicitud.pk).update(movida_en=now)
            late = solicitud.correos.filter(clase__in=DE_RETENCION, estado=Correo.Estado.PENDIENTE)
            late.update(estado=Correo.Estado.RECHAZADO, contexto=None)  # their links say too little
            _warn(solicitud, active, ClaseCorreo.RETENCION, now=now)
            return
        if active is not None:
            old = active.correo["correo"]
            retire(active, now=now)
            correos.write(solicitud, ClaseCorreo.CAMBIO, now=now, destinatario=old)
        VinculoCorreo.objects.filter(pk=waiting.pk).update(estado=Voz.ACTIVO, desde=now)
    solicitud.advance(Estado.CONFIRMADA, now=now)
    enqueue(IDENTIFICAR, solicitud.pk, now=now)


def retire(bond: VinculoCorreo, *, now: datetime, to: Voz = Voz.RETIRADO) -> None:
    """Take the voice from a mailbox: its live Solicitudes, links, browsers and unsent documents die.

    What was mailed before stays valid; sessions close at their next look (`may_open`).
    """
    VinculoCorreo.objects.filter(pk=bond.pk).update(estado=to, desde=now)
    pair = {"curp_idx": bond.curp_idx, "correo_idx": bond.correo_idx}
    EquipoConocido.objects.filter(**pair).delete()
    theirs = Solicitud.objects.same_pair(**pair)
    for row in theirs.select_for_update(of=("self",)):
        if Estado.CANCELADA in MOVES[Estado(row.estado)]:
            row.advance(Estado.CANCELADA, now=now)
    Confirmacion.objects.filter(solicitud__in=theirs).put_out(now)
    unsent = Correo.objects.filter(solicitud__in=theirs, clase=ClaseCorreo.DOCUMENTOS)
    unsent.filter(estado=Correo.Estado.PENDIENTE).update(
        estado=Correo.Estado.RECHAZADO, contexto=None
    )
