"""The limits of a mailbox, counted in the rows themselves; who asks is never told whose bond it is.

The web asks for the mail in every case alike; the worker decides here if it goes. The mailbox
that a CURP is bound to is never stopped, and what one mailbox is denied takes nothing from
another: nobody can shut somebody else's CURP. Beyond its limits the bound one gets links without
a code, and all is counted as if it were not bound: what a page says of codes tells of no bond.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max

from tramites.enums import ClaseCorreo
from tramites.errors import FamiliaLlena
from tramites.models import AmpliacionBuzon, Correo, Solicitud, VinculoCorreo
from tramites.topes import TOPES, Tope, Topes

Indice = bytes | None  # as the field types it; a Solicitud always has both


@dataclass(frozen=True, slots=True)
class Lleno:
    """A limit that is reached, and when there is room again."""

    tope: Tope
    hasta: datetime


@dataclass(frozen=True, slots=True)
class Turno:
    """May this mail go, and is it within the limits?"""

    lleno: Lleno | None
    ligada: bool

    @property
    def sale(self) -> bool:
        return self.lleno is None or self.ligada


def in_turn(correo_idx: Indice) -> None:
    """Make decisions about one mailbox wait for each other, until the transaction ends."""
    assert correo_idx is not None
    key = int.from_bytes(correo_idx[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def topes_of(correo_idx: Indice) -> Topes:
    """Return the limits of a mailbox: the common ones, or what staff made of them."""
    raised = AmpliacionBuzon.objects.filter(correo_idx=correo_idx).values_list("curps").first()
    return TOPES.raised_to(raised[0]) if raised else TOPES


def turn_of(correo: Correo, solicitud: Solicitud) -> Turno:
    """Say if this confirmation goes, and which limit it reaches.

    Call it `in_turn`. The instant that counts is when the mail was asked for: a
    worker that was away for an hour decides as if it had been there. All is counted
    for a bound CURP too: how soon its mail comes must not tell that it is bound.
    """
    bound = solicitud.curp_idx in bound_curps(solicitud.correo_idx)
    return Turno(lleno=_full(correo, solicitud), ligada=bound)


def _full(correo: Correo, solicitud: Solicitud) -> Lleno | None:
    """Return the limit that the mails and CURPs of this mailbox reach, whoever it speaks for."""
    now, topes = correo.creado_en, topes_of(solicitud.correo_idx)
    sent = _sent_to(solicitud.correo_idx, correo, topes)
    of_pair = [moment for curp_idx, moment in sent if curp_idx == solicitud.curp_idx]
    of_all = [moment for _, moment in sent]
    for tope, moments in (
        (topes.pareja, of_pair),
        (topes.hora, of_all),
        (topes.dia, of_all),
        (topes.familia, _proved_others(solicitud, topes, now)),
    ):
        if hasta := tope.room_at(moments, now=now):
            return Lleno(tope, hasta)
    return None


def refuse_full_family(solicitud: Solicitud, *, now: datetime) -> None:
    """Raise FamiliaLlena if this mailbox proved as many other CURPs as one mailbox may.

    The mail did not go when they were proved already; this is for links that
    were all asked for before the first of them was used.
    """
    in_turn(solicitud.correo_idx)
    if solicitud.curp_idx in bound_curps(solicitud.correo_idx):
        return
    topes = topes_of(solicitud.correo_idx)
    if topes.familia.room_at(_proved_others(solicitud, topes, now), now=now):
        raise FamiliaLlena(solicitud=solicitud.pk)


def bound_curps(correo_idx: Indice) -> set[Indice]:
    """Return the CURPs (their indexes) that this mailbox speaks for."""
    bonds = VinculoCorreo.objects.filter(
        correo_idx=correo_idx, estado=VinculoCorreo.Estado.ACTIVO
    ).values_list("curp_idx", flat=True)
    return set(bonds)


def _sent_to(correo_idx: Indice, but: Correo, topes: Topes) -> list[tuple[Indice, datetime]]:
    """Return (CURP's index, instant) of the confirmations that this mailbox got within its limits."""
    rows = (
        Correo.objects.filter(
            solicitud__correo_idx=correo_idx,
            clase=ClaseCorreo.CONFIRMACION,
            exento=False,
            creado_en__gt=but.creado_en - max(topes.dia.within, topes.pareja.within),
        )
        .exclude(pk=but.pk)
        .exclude(estado=Correo.Estado.OMITIDO)
        .exclude(estado=Correo.Estado.PENDIENTE, contexto=None)  # not decided yet
    )
    return list(rows.values_list("solicitud__curp_idx", "creado_en"))


def _proved_others(solicitud: Solicitud, topes: Topes, now: datetime) -> list[datetime]:
    """Return when this mailbox last proved each other CURP. Only proof counts: a stranger who
    types somebody's mailbox with CURPs of his own takes no place in that family."""
    rows = (
        Solicitud.objects.filter(
            correo_idx=solicitud.correo_idx, confirmada_en__gt=now - topes.familia.within
        )
        .exclude(curp_idx=solicitud.curp_idx)
        .order_by()
        .values("curp_idx")
        .annotate(ultima=Max("confirmada_en"))
    )
    return [row["ultima"] for row in rows]
