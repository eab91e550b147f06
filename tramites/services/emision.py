"""A confirmation's link and code: minted by the worker, once it is decided that the mail goes.

Until then the older ones serve: who asks for a mail that does not go takes nothing from anybody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from comun.cripto import keyed_digest
from tramites import rules
from tramites.enums import Estado
from tramites.models import Confirmacion, Correo, Solicitud
from tramites.services import limites
from tramites.services.limites import Lleno


@dataclass(frozen=True, slots=True)
class Emision:
    """Does the mail go? If not, the limit that keeps it, or None when nobody needs it any more."""

    sale: bool
    lleno: Lleno | None = None


@transaction.atomic
def mint(*, correo_id: UUID, now: datetime) -> Emision:
    """Give the mail its link and code, or leave it unsent."""
    correo = Correo.objects.select_for_update(of=("self",)).get(pk=correo_id)
    if correo.estado != Correo.Estado.PENDIENTE:
        return Emision(sale=False)
    if correo.contexto:  # an earlier try minted them
        return Emision(sale=True)
    solicitud = Solicitud.objects.select_for_update(of=("self",)).get(pk=correo.solicitud_id)
    limites.in_turn(solicitud.correo_idx)
    unneeded = solicitud.estado != Estado.POR_CONFIRMAR
    turno = None if unneeded else limites.turn_of(correo, solicitud)
    if turno is None or not turno.sale:
        Correo.objects.filter(pk=correo.pk).update(estado=Correo.Estado.OMITIDO)
        return Emision(sale=False, lleno=turno.lleno if turno else None)
    _put_in_use(correo, solicitud, with_code=turno.lleno is None, now=now)
    return Emision(sale=True)


def _put_in_use(correo: Correo, solicitud: Solicitud, *, with_code: bool, now: datetime) -> None:
    """Put a new link in the mail, and a new code with it; the older ones are out of use then.

    Beyond the limits the link goes alone and the older ones stay: see Confirmacion.
    """
    token, codigo = rules.mint_token(), rules.mint_code() if with_code else ""
    if with_code:
        solicitud.confirmaciones.put_out(now)
    Confirmacion.objects.create(
        solicitud=solicitud,
        token_hash=rules.token_hash(token),
        codigo_hmac=code_digest(solicitud, codigo) if with_code else None,
        creada_en=now,
        vence=now + timedelta(hours=settings.ENLACE_HORAS),
    )
    correo.contexto, correo.exento = {"token": token, "codigo": codigo}, not with_code
    correo.save(update_fields=("contexto", "exento"))


def code_digest(solicitud: Solicitud, codigo: str) -> bytes:
    """Return the keyed digest of a code: of a million values a bare hash would hide nothing."""
    return keyed_digest("codigo", solicitud.pk.bytes, codigo.encode())
