"""«No fui yo»: the bound mailbox stops the change of mailbox that it was warned of."""

import enum
import hmac
from datetime import datetime

from django.db import transaction

from comun import bitacora
from tramites import rules
from tramites.enums import Estado
from tramites.errors import LinkInvalid, UltimosWrong
from tramites.models import Objecion, Solicitud, VinculoCorreo
from tramites.services import casos
from tramites.services.confirmacion import lock


class EstadoAviso(enum.StrEnum):
    """What the link of a notice is good for; looking changes nothing."""

    VIGENTE = "vigente"
    DETENIDO = "detenido"
    TERMINADO = "terminado"
    AGOTADO = "agotado"
    DESCONOCIDO = "desconocido"


def notice_state(token_hash: bytes) -> EstadoAviso:
    found = Objecion.objects.filter(token_hash=token_hash).select_related("solicitud").first()
    return _state_of(found, found.solicitud) if found else EstadoAviso.DESCONOCIDO


def _state_of(objecion: Objecion, solicitud: Solicitud) -> EstadoAviso:
    if solicitud.congelada_en is not None:
        return EstadoAviso.DETENIDO
    if solicitud.estado != Estado.RETENIDA or objecion.creada_en < solicitud.movida_en:
        return EstadoAviso.TERMINADO
    if objecion.intentos >= rules.LAST4_TRIES:
        return EstadoAviso.AGOTADO
    return EstadoAviso.VIGENTE


def object_by_link(*, token_hash: bytes, ultimos4: str, now: datetime) -> None:
    """Freeze the held Solicitud and its waiting bond; a second time changes nothing.

    The last four of the CURP are asked so that a scanner which presses every
    button of a mail's page freezes nobody. A wrong try is counted.

    Raises
        LinkInvalid: unknown, tried too often, or the hold is over.
        UltimosWrong: these are not the last four of the CURP.
    """
    refusal = _try_object(token_hash=token_hash, ultimos4=ultimos4, now=now)
    if refusal is not None:
        raise refusal


@transaction.atomic(durable=True)
def _try_object(
    *, token_hash: bytes, ultimos4: str, now: datetime
) -> LinkInvalid | UltimosWrong | None:
    owner = Objecion.objects.filter(token_hash=token_hash).values_list("solicitud_id").first()
    if owner is None:
        return LinkInvalid(reason=EstadoAviso.DESCONOCIDO)
    solicitud = lock(owner[0])
    objecion = Objecion.objects.get(token_hash=token_hash)
    state = _state_of(objecion, solicitud)
    if state == EstadoAviso.DETENIDO:
        return None
    if state != EstadoAviso.VIGENTE:
        return LinkInvalid(reason=state)
    if not hmac.compare_digest(ultimos4.strip().upper().encode(), solicitud.curp[-4:].encode()):
        objecion.intentos += 1
        objecion.save(update_fields=("intentos",))
        return UltimosWrong(restantes=rules.LAST4_TRIES - objecion.intentos)
    objecion.usada_en = now
    objecion.save(update_fields=("usada_en",))
    freeze(solicitud, now=now)
    return None


def freeze(solicitud: Solicitud, *, now: datetime) -> None:
    """Stop the clock of a held Solicitud: from here two of the staff decide. It must be locked."""
    Solicitud.objects.filter(pk=solicitud.pk).update(congelada_en=now)
    VinculoCorreo.objects.of_pair(solicitud).waiting().update(
        estado=VinculoCorreo.Estado.CONGELADO, desde=now
    )
    casos.open_objection(solicitud, now=now)
    bitacora.append(
        accion="vinculo.congelado",
        objeto=f"solicitud:{solicitud.pk}",
        now=now,
        actor="correo vinculado",
    )
