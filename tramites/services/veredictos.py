"""What an approved change of mailbox does: the bond, what waited, and a squatter's documents."""

from datetime import datetime

from django.db.models import QuerySet

from comun.queue import enqueue
from constancias.enums import Motivo
from constancias.models import Constancia
from constancias.services import revoke
from tramites.enums import IDENTIFICAR, ClaseCorreo, Estado
from tramites.models import CasoVinculo, Solicitud, VinculoCorreo, correo_index
from tramites.services import correos, vinculos
from tramites.services.vinculos import Voz


def carry_out(caso: CasoVinculo, *, now: datetime) -> None:
    """Do what the case asks, inside the transaction of its approval."""
    if caso.motivo == CasoVinculo.Motivo.OBJECION:
        _end_held(caso, but=None, now=now)
        return
    new = correo_index(caso.correo) if caso.correo else None
    _silence_bound(caso, but=new, now=now)
    if caso.motivo == CasoVinculo.Motivo.OTRA_PERSONA:
        _undo_squatters(caso, but=new, now=now)
        if new is not None:  # else whoever was present may be among those that spoke once
            _freeze_earlier(caso, but=new, now=now)
    if new is not None:
        _give_voice(caso, new, now=now)
    _end_held(caso, but=new, now=now)
    CasoVinculo.objects.filter(curp_idx=caso.curp_idx, estado=CasoVinculo.Estado.ABIERTO).update(
        estado=CasoVinculo.Estado.ATENDIDO
    )


def _silence_bound(caso: CasoVinculo, *, but: bytes | None, now: datetime) -> None:
    """Take the voice from the bound mailbox; a squatter's never binds again."""
    bonds = VinculoCorreo.objects.of_curp(caso.curp_idx).active()
    bond = bonds.exclude(correo_idx=but).select_for_update(of=("self",)).first()
    if bond is None:
        return
    squatter = caso.motivo == CasoVinculo.Motivo.OTRA_PERSONA
    vinculos.retire(bond, now=now, to=Voz.CONGELADO if squatter else Voz.RETIRADO)
    theirs = Solicitud.objects.same_pair(curp_idx=bond.curp_idx, correo_idx=bond.correo_idx)
    if last := theirs.order_by("-creada_en").first():
        correos.write(last, ClaseCorreo.CAMBIO, now=now)


def _undo_squatters(caso: CasoVinculo, *, but: bytes | None, now: datetime) -> None:
    """Revoke every document in force that did not go to the mailbox of who was present.

    It goes by the person's number, not by what is left of their requests: the bond may have
    moved since, and a squatter may have had its own data erased. What was issued before two
    of the staff last saw this person stays; of what nobody can say any more whose it was, the
    reason given is no fraud.
    """
    papers = Constancia.objects.of_person(caso.curp_idx).in_force()
    seen = CasoVinculo.objects.filter(
        curp_idx=caso.curp_idx,
        origen=CasoVinculo.Origen.EN_PERSONA,
        estado=CasoVinculo.Estado.APROBADO,
    ).exclude(pk=caso.pk)
    if last := seen.order_by("-resuelto_en").values_list("resuelto_en", flat=True).first():
        papers = papers.filter(emitida_en__gt=last)
    rows = Solicitud.objects.filter(asegurado__in=papers.values("numero__asegurado"))
    mine = rows.filter(correo_idx=but) if but is not None else rows.none()
    keep = _folios_of(mine)
    nobodys = _folios_of(rows.exclude(vaciada_en=None))
    for folio in sorted(set(papers.values_list("folio", flat=True)) - keep):
        revoke(
            folio=folio,
            motivo=Motivo.ERROR if folio in nobodys else Motivo.FRAUDE,
            solicita=f"usuario:{caso.solicita_id}",
            aprueba=f"usuario:{caso.resuelve_id}",
            now=now,
        )


def _folios_of(rows: QuerySet[Solicitud]) -> set[str]:
    """Return the folios of their documents in force, under those that replaced them too."""
    folios = rows.values_list("folio", flat=True)
    return {paper.folio for folio in folios for paper in Constancia.objects.current(folio)}


def _freeze_earlier(caso: CasoVinculo, *, but: bytes, now: datetime) -> None:
    """Freeze each pair that spoke or waited once for this CURP, unless it does now."""
    bonds = VinculoCorreo.objects.of_curp(caso.curp_idx)
    held = bonds.filter(estado__in=(Voz.EN_ESPERA, Voz.CONGELADO)).values("correo_idx")
    spoke = bonds.filter(estado=Voz.RETIRADO).exclude(correo_idx=but).exclude(correo_idx__in=held)
    last = (
        spoke.order_by("correo_idx", "-desde").distinct("correo_idx").values_list("pk", flat=True)
    )
    VinculoCorreo.objects.filter(pk__in=list(last)).update(
        estado=VinculoCorreo.Estado.CONGELADO, desde=now
    )


def _give_voice(caso: CasoVinculo, correo_idx: bytes, *, now: datetime) -> None:
    """Bind the mailbox of the person who was present, and let what it had waiting go on."""
    pair = {"curp_idx": caso.curp_idx, "correo_idx": correo_idx}
    waited = VinculoCorreo.objects.filter(**pair, estado__in=(Voz.EN_ESPERA, Voz.CONGELADO))
    waited.update(estado=VinculoCorreo.Estado.RETIRADO, desde=now)
    if not VinculoCorreo.objects.filter(**pair).active().exists():  # its wait may have ended since
        VinculoCorreo.objects.create(
            **pair, correo={"correo": caso.correo}, estado=Voz.ACTIVO, desde=now
        )
    held = Solicitud.objects.same_pair(**pair).filter(estado=Estado.RETENIDA)
    for row in held.select_for_update(of=("self",)):
        row.advance(Estado.CONFIRMADA, now=now, congelada_en=None)
        enqueue(IDENTIFICAR, row.pk, now=now)


def _end_held(caso: CasoVinculo, *, but: bytes | None, now: datetime) -> None:
    """Cancel what other mailboxes have waiting for this CURP; those pairs stay frozen."""
    held = Solicitud.objects.filter(curp_idx=caso.curp_idx, estado=Estado.RETENIDA)
    if caso.solicitud_id is not None:
        held = held.filter(pk=caso.solicitud_id)
    for row in held.exclude(correo_idx=but).select_for_update(of=("self",)):
        row.advance(Estado.CANCELADA, now=now)
        pair = VinculoCorreo.objects.of_pair(row)
        pair.waiting().update(estado=VinculoCorreo.Estado.CONGELADO, desde=now)
