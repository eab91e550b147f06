"""Proof of the mailbox: the link (posted) or the six digits; only who gives it gains access."""

import enum
import hmac
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from comun.queue import enqueue
from tramites import rules
from tramites.enums import IDENTIFICAR, ClaseCorreo, Estado
from tramites.errors import (
    CodeInvalid,
    CodeWrong,
    LinkInvalid,
    MoveNotAllowed,
    SolicitudUnknown,
    UltimosWrong,
)
from tramites.models import Confirmacion, Solicitud, correo_index
from tramites.rules import Acta
from tramites.services import correos, limites
from tramites.services.captura import begin
from tramites.services.emision import code_digest

# What the person says of their certificate may still be judged.
UNJUDGED = (Estado.CONFIRMADA, Estado.EN_ESPERA_IDENTIDAD, Estado.INCONCLUSA)


class EstadoEnlace(enum.StrEnum):
    """What a link is good for at an instant; looking changes nothing."""

    VIGENTE = "vigente"
    VENCIDO = "vencido"
    USADO = "usado"
    SUSTITUIDO = "sustituido"
    AGOTADO = "agotado"
    AGOTADO_HOY = "agotado_hoy"
    DESCONOCIDO = "desconocido"


def link_state(token_hash: bytes, now: datetime) -> EstadoEnlace:
    found = Confirmacion.objects.filter(token_hash=token_hash).first()
    return _state_of(found, now)


def owner_of(token_hash: bytes) -> UUID | None:
    """Return the Solicitud a link belongs to, so that its own browser is recognised."""
    found = Confirmacion.objects.filter(token_hash=token_hash).values_list("solicitud_id")
    return found[0][0] if found else None


def _state_of(confirmacion: Confirmacion | None, now: datetime) -> EstadoEnlace:
    if confirmacion is None:
        return EstadoEnlace.DESCONOCIDO
    if confirmacion.enlace_usado_en:
        return EstadoEnlace.USADO
    if confirmacion.sustituida_en:
        return EstadoEnlace.SUSTITUIDO
    if confirmacion.vence <= now:
        return EstadoEnlace.VENCIDO
    if _tries_left_today(confirmacion, now) <= 0:  # before its own: another link would not serve
        return EstadoEnlace.AGOTADO_HOY
    spent = confirmacion.intentos_enlace >= rules.LAST4_TRIES
    return EstadoEnlace.AGOTADO if spent else EstadoEnlace.VIGENTE


def _tries_left_today(confirmacion: Confirmacion, now: datetime) -> int:
    """Return how many wrong tries the links of its Solicitud may still have today.

    The bound mailbox gets links without end: who reads it and does not know the CURP gets no
    more tries of its last four than anybody.
    """
    links = Confirmacion.objects.filter(
        solicitud_id=confirmacion.solicitud_id, creada_en__gt=now - timedelta(days=1)
    )
    tries = links.aggregate(tries=Sum("intentos_enlace"))["tries"]
    return rules.LAST4_TRIES_A_DAY - (tries or 0)


def confirm_by_link(
    *, token_hash: bytes, ultimos4: str | None, now: datetime, acta: Acta | None = None
) -> Solicitud:
    """Take the link as proof; return the Solicitud to which this browser gains access.

    `ultimos4` is None only in the browser that began the Solicitud. A wrong try
    is counted even though it is refused. `acta` is kept for the worker to judge.

    Raises
        LinkInvalid: unknown, used, superseded, expired or tried too often.
        UltimosWrong: these are not the last four of the CURP.
        FamiliaLlena: the mailbox proved as many CURPs as one may.
    """
    outcome = _try_link(token_hash=token_hash, ultimos4=ultimos4, acta=acta, now=now)
    if isinstance(outcome, Solicitud):
        return outcome
    raise outcome


@transaction.atomic(durable=True)
def _try_link(
    *, token_hash: bytes, ultimos4: str | None, acta: Acta | None, now: datetime
) -> Solicitud | LinkInvalid | UltimosWrong:
    owner = owner_of(token_hash)
    if owner is None:
        return LinkInvalid(reason=EstadoEnlace.DESCONOCIDO)
    solicitud = Solicitud.objects.select_for_update(of=("self",)).get(pk=owner)
    confirmacion = solicitud.confirmaciones.get(token_hash=token_hash)
    state = _state_of(confirmacion, now)
    if state != EstadoEnlace.VIGENTE:
        return LinkInvalid(reason=state)
    if ultimos4 is not None and not _same(ultimos4, solicitud.curp[-4:]):
        confirmacion.intentos_enlace += 1
        confirmacion.save(update_fields=("intentos_enlace",))
        left = rules.LAST4_TRIES - confirmacion.intentos_enlace
        return UltimosWrong(restantes=min(left, _tries_left_today(confirmacion, now)))
    confirmacion.enlace_usado_en = now
    confirmacion.save(update_fields=("enlace_usado_en",))
    return prove(solicitud, acta=acta, now=now)


def _same(typed: str, expected: str) -> bool:
    cleaned = typed.strip().upper().encode()
    return hmac.compare_digest(cleaned, expected.encode())


def confirm_by_code(
    *, solicitud_id: UUID, codigo: str, now: datetime, acta: Acta | None = None
) -> Solicitud:
    """Take the six digits as proof, in the browser that gives them.

    Raises
        CodeWrong: not the code; says how many tries are left.
        CodeInvalid: expired, used, or tried six times.
        FamiliaLlena: the mailbox proved as many CURPs as one may.
        SolicitudUnknown: no such Solicitud.
    """
    outcome = _try_code(solicitud_id=solicitud_id, codigo=codigo, acta=acta, now=now)
    if isinstance(outcome, Solicitud):
        return outcome
    raise outcome


@transaction.atomic(durable=True)
def _try_code(
    *, solicitud_id: UUID, codigo: str, acta: Acta | None, now: datetime
) -> Solicitud | CodeInvalid | CodeWrong:
    solicitud = lock(solicitud_id)
    confirmacion = solicitud.confirmaciones.with_code().filter(sustituida_en=None).first()
    if confirmacion is None or confirmacion.vence <= now:
        return CodeInvalid(reason="vencido")
    if confirmacion.codigo_usado_en:
        return CodeInvalid(reason="usado")
    if confirmacion.intentos >= rules.CODE_TRIES:
        return CodeInvalid(reason="agotado")
    # Counted before it is compared: six tries are six, right or wrong.
    confirmacion.intentos += 1
    typed = code_digest(solicitud, "".join(codigo.split()))
    right = hmac.compare_digest(typed, bytes(confirmacion.codigo_hmac or b""))
    if right:
        confirmacion.codigo_usado_en = now
    confirmacion.save(update_fields=("intentos", "codigo_usado_en"))
    if not right:
        return CodeWrong(restantes=rules.CODE_TRIES - confirmacion.intentos)
    return prove(solicitud, acta=acta, now=now)


def lock(solicitud_id: UUID) -> Solicitud:
    """Return the row locked until the transaction ends; raise SolicitudUnknown."""
    found = Solicitud.objects.select_for_update(of=("self",)).filter(pk=solicitud_id).first()
    if found is None:
        raise SolicitudUnknown(solicitud=solicitud_id)
    return found


def prove(solicitud: Solicitud, *, acta: Acta | None, now: datetime) -> Solicitud:
    """The mailbox is proved: go on with this Solicitud, or with the older one it repeats.

    The row must be locked.
    """
    if solicitud.estado == Estado.VENCIDA and solicitud.confirmada_en is None:
        solicitud.advance(Estado.POR_CONFIRMAR, now=now, razon="")  # its link outlived it
    if solicitud.estado != Estado.POR_CONFIRMAR:
        return solicitud  # the code was used before the link, or the reverse
    older = (
        Solicitud.objects.same_pair(curp_idx=solicitud.curp_idx, correo_idx=solicitud.correo_idx)
        .joinable()
        .exclude(pk=solicitud.pk)
        .select_for_update(of=("self",))
        .order_by("creada_en")
        .first()
    )
    alone = solicitud.confirmaciones.filter(codigo_hmac=None, enlace_usado_en=None)
    alone.update(enlace_usado_en=now)  # one of several that served was enough
    if acta is not None and (older is None or older.estado in UNJUDGED):
        (older or solicitud).keep(acta=acta.as_json())
    if older is None:
        limites.refuse_full_family(solicitud, now=now)
        solicitud.advance(Estado.CONFIRMADA, now=now, confirmada_en=now)
        enqueue(IDENTIFICAR, solicitud.pk, now=now)
        return solicitud
    solicitud.advance(Estado.CANCELADA, now=now)
    if older.estado == Estado.INCONCLUSA:  # the world may have changed since: look again
        older.advance(Estado.CONFIRMADA, now=now, confirmada_en=now, razon="")
        enqueue(IDENTIFICAR, older.pk, now=now)
    return older


@transaction.atomic(durable=True)
def resend(*, solicitud_id: UUID, now: datetime) -> None:
    """Mail a new link and code; the older ones stop working, save for what `emision.mint` says.

    Raises
        TooSoon: the last mail is less than REENVIO_SEGUNDOS old.
        MoveNotAllowed: the mailbox is proved already.
    """
    _mail_again(lock(solicitud_id), now=now)


def _mail_again(solicitud: Solicitud, *, now: datetime) -> None:
    if solicitud.estado == Estado.VENCIDA:
        solicitud.advance(Estado.POR_CONFIRMAR, now=now, razon="")
    if solicitud.estado != Estado.POR_CONFIRMAR:
        raise MoveNotAllowed(solicitud=solicitud.pk, estado=solicitud.estado)
    correos.refuse_too_soon(solicitud, ClaseCorreo.CONFIRMACION, now=now)
    correos.write(solicitud, ClaseCorreo.CONFIRMACION, now=now)


@transaction.atomic(durable=True)
def change_correo(*, solicitud_id: UUID, correo: str, now: datetime) -> Solicitud:
    """Leave a mistyped mailbox: a Solicitud with the right one begins.

    The pair is the identity of a Solicitud that nobody proved, so the new mailbox
    gets its own folio. What the old one was sent ends by itself, in its 24 hours: others
    may have begun with the same CURP and mailbox, and a stranger must not end their link.

    Raises
        TooSoon: the last mail is less than REENVIO_SEGUNDOS old.
        MoveNotAllowed: the mailbox is proved already.
    """
    solicitud = lock(solicitud_id)
    if correo_index(correo) == solicitud.correo_idx:
        _mail_again(solicitud, now=now)
        return solicitud
    if solicitud.estado not in (Estado.POR_CONFIRMAR, Estado.VENCIDA):
        raise MoveNotAllowed(solicitud=solicitud.pk, estado=solicitud.estado)
    correos.refuse_too_soon(solicitud, ClaseCorreo.CONFIRMACION, now=now)
    accepted = solicitud.aviso_version
    return begin(curp=solicitud.curp, correo=correo, now=now, aviso=accepted)


@transaction.atomic(durable=True)
def renew(*, token_hash: bytes, now: datetime) -> Solicitud:
    """From the page of a dead link, mail a new one: same folio, to the same mailbox.

    Raises
        LinkInvalid: the link was never ours.
        TooSoon: a new one is on its way.
        MoveNotAllowed: the mailbox is proved already.
    """
    owner = owner_of(token_hash)
    if owner is None:
        raise LinkInvalid(reason=EstadoEnlace.DESCONOCIDO)
    solicitud = lock(owner)
    _mail_again(solicitud, now=now)
    return solicitud
