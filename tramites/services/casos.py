"""Changes of mailbox by the staff: one asks, another decides, and the chain knows both."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from comun import bitacora
from nss.models import curp_index
from nss.values import Curp
from tramites import rules
from tramites.errors import (
    CasoClosed,
    CasoRepeated,
    CorreoNeeded,
    CorreoSpeaksAlready,
    RazonNamesSomebody,
    SamePersonDecides,
)
from tramites.models import CasoVinculo, Solicitud, VinculoCorreo, correo_index
from tramites.services import veredictos

Estado, Motivo = CasoVinculo.Estado, CasoVinculo.Motivo
IN_PERSON = (Motivo.PERDIO_CORREO, Motivo.OTRA_PERSONA)


def open_objection(solicitud: Solicitud, *, now: datetime) -> None:
    """Put a frozen change before the staff; inside the transaction that froze it."""
    CasoVinculo.objects.create(
        curp_idx=solicitud.curp_idx,
        datos={"curp": str(solicitud.curp), "correo": ""},
        origen=CasoVinculo.Origen.NO_FUI_YO,
        motivo=Motivo.OBJECION,
        estado=Estado.ABIERTO,
        solicitud=solicitud,
        creado_en=now,
    )


def refuse_unfit(*, curp: Curp, correo: str, motivo: str, razon: str) -> None:
    """Raise what keeps such a change from being asked for.

    Raises
        RazonNamesSomebody: the reason carries a person's data.
        CorreoSpeaksAlready: that mailbox is bound to the CURP, and nobody's papers are in doubt.
        CorreoNeeded: no mailbox is named while others wait or were stopped.
        CasoRepeated: one waits for its approval already.
    """
    if rules.names_somebody(razon):
        raise RazonNamesSomebody
    key = curp_index(curp)
    bound = VinculoCorreo.objects.of_curp(key).active()
    in_doubt = motivo == Motivo.OTRA_PERSONA
    if correo and not in_doubt and bound.filter(correo_idx=correo_index(correo)).exists():
        raise CorreoSpeaksAlready
    _refuse_unnamed(key, correo)
    if CasoVinculo.objects.filter(curp_idx=key, estado=Estado.SOLICITADO).exists():
        raise CasoRepeated


def _refuse_unnamed(curp_idx: bytes | None, correo: str) -> None:
    """With no mailbox named the first one proved is bound: nobody may stand by for that."""
    if not correo and VinculoCorreo.objects.of_curp(curp_idx).stopped().exists():
        raise CorreoNeeded


@transaction.atomic
def request_change(
    *, curp: Curp, correo: str, motivo: CasoVinculo.Motivo, razon: str, user_id: int, now: datetime
) -> CasoVinculo:
    """Ask for another mailbox, or none, for the person who is present with their papers.

    Raises what `refuse_unfit` raises.
    """
    assert motivo in IN_PERSON
    refuse_unfit(curp=curp, correo=correo, motivo=motivo, razon=razon)
    caso = CasoVinculo.objects.create(
        curp_idx=curp_index(curp),
        datos={"curp": str(curp), "correo": correo.strip()},
        origen=CasoVinculo.Origen.EN_PERSONA,
        motivo=motivo,
        razon=razon,
        estado=Estado.SOLICITADO,
        solicita_id=user_id,
        creado_en=now,
    )
    _note("vinculo.solicitado", caso, user_id, now)
    return caso


@transaction.atomic
def request_keep(*, caso_id: UUID, user_id: int, now: datetime) -> None:
    """Ask that an objection be upheld: the bound mailbox stays, the frozen change ends.

    Raises
        CasoClosed: it is no open objection.
        CasoRepeated: another change of that CURP waits for its approval.
    """
    caso = _lock(caso_id)
    if (caso.origen, caso.estado) != (CasoVinculo.Origen.NO_FUI_YO, Estado.ABIERTO):
        raise CasoClosed
    if CasoVinculo.objects.filter(curp_idx=caso.curp_idx, estado=Estado.SOLICITADO).exists():
        raise CasoRepeated
    caso.estado, caso.solicita_id = Estado.SOLICITADO, user_id
    caso.save(update_fields=("estado", "solicita"))
    _note("vinculo.solicitado", caso, user_id, now)


@transaction.atomic
def approve(*, caso_id: UUID, user_id: int, now: datetime) -> None:
    """Do what was asked, all of it or nothing.

    Raises
        CasoClosed: nobody asks for it any more.
        SamePersonDecides: who asked may not approve.
        CorreoNeeded: it names no mailbox, and another one came to wait since it was asked for.
    """
    caso = _lock_for_decision(caso_id, user_id)
    if caso.origen == CasoVinculo.Origen.EN_PERSONA:
        _refuse_unnamed(caso.curp_idx, caso.correo)
    caso.estado, caso.resuelve_id, caso.resuelto_en = Estado.APROBADO, user_id, now
    caso.save(update_fields=("estado", "resuelve", "resuelto_en"))
    veredictos.carry_out(caso, now=now)
    _note("vinculo.aprobado", caso, user_id, now)


@transaction.atomic
def reject(*, caso_id: UUID, user_id: int, now: datetime) -> None:
    """Leave all as it is; an objection is open again, for its change is still frozen.

    Raises what `approve` raises.
    """
    caso = _lock_for_decision(caso_id, user_id)
    if caso.origen == CasoVinculo.Origen.NO_FUI_YO:
        caso.estado, caso.solicita = Estado.ABIERTO, None
    else:
        caso.estado, caso.resuelve_id, caso.resuelto_en = Estado.RECHAZADO, user_id, now
    caso.save(update_fields=("estado", "solicita", "resuelve", "resuelto_en"))
    _note("vinculo.rechazado", caso, user_id, now)


def _lock(caso_id: UUID) -> CasoVinculo:
    return CasoVinculo.objects.select_for_update(of=("self",)).get(pk=caso_id)


def _lock_for_decision(caso_id: UUID, user_id: int) -> CasoVinculo:
    caso = _lock(caso_id)
    if caso.estado != Estado.SOLICITADO:
        raise CasoClosed
    if caso.solicita_id == user_id:
        raise SamePersonDecides
    return caso


def _note(accion: str, caso: CasoVinculo, user_id: int, now: datetime) -> None:
    bitacora.append(
        accion=accion,
        objeto=f"caso:{caso.pk}",
        actor=f"usuario:{user_id}",
        razon=f"{caso.motivo}: {caso.razon}".rstrip(": "),
        now=now,
    )
