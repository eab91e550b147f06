"""A copy of all that is kept of a person: asked for by them, made by the worker, soon forgotten."""

import base64
import json
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from comun import bitacora, reloj
from comun.queue import enqueue
from tramites.derechos.enums import COPIAR, FormatoCopia
from tramites.derechos.errors import CopiaUnknown
from tramites.derechos.expediente import compile_expediente
from tramites.derechos.impresion import to_pdf
from tramites.derechos.models import Copia
from tramites.models import Solicitud
from tramites.services.vinculos import speaks

KEPT = timedelta(hours=1)
FRESH = timedelta(minutes=5)  # one this new is the same one: laying out is the dear part


@transaction.atomic
def ask(*, solicitud: Solicitud, now: datetime) -> Copia:
    """Order a copy in place of the one before; one being made, or just made, is the same one."""
    Solicitud.objects.select_for_update(of=("self",)).get(pk=solicitud.pk)
    before = Copia.objects.defer("contenido").filter(solicitud=solicitud).first()
    serves = KEPT if before and before.lista_en is None else FRESH
    if before and now - before.pedida_en < serves:
        return before
    Copia.objects.filter(solicitud=solicitud).delete()
    copia = Copia.objects.create(solicitud=solicitud, pedida_en=now)
    enqueue(COPIAR, copia.pk, now=now)
    bitacora.append(
        accion="datos.copia_pedida", objeto=f"solicitud:{solicitud.pk}", now=now, actor="persona"
    )
    return copia


def make(*, copia_id: UUID) -> None:
    """Read all there is and lay it out; do nothing if it was made, or is no longer wanted."""
    copia = Copia.objects.select_related("solicitud").filter(pk=copia_id, lista_en=None).first()
    if copia is None:
        return
    told = compile_expediente(copia.solicitud, now=reloj.now())
    pdf = to_pdf(told, identifier=copia.pk.bytes)
    copia.contenido = {"expediente": told, "pdf": base64.b64encode(pdf).decode()}
    copia.completa, copia.lista_en = told["completa"], reloj.now()
    with transaction.atomic():
        # A copy asked for anew, or forgotten, has another row or none.
        if Copia.objects.select_for_update().filter(pk=copia.pk, lista_en=None).exists():
            copia.save(update_fields=("contenido", "completa", "lista_en"))


def find(*, solicitud: Solicitud, now: datetime) -> Copia | None:
    """Return the copy of this Solicitud while it is kept; its content is not read."""
    fresh = Copia.objects.filter(solicitud=solicitud, pedida_en__gt=now - KEPT)
    return fresh.defer("contenido").first()


def read(*, solicitud: Solicitud, formato: FormatoCopia, now: datetime) -> bytes:
    """Return the bytes of a copy that is ready.

    Raises
        CopiaUnknown: none, not ready, or it tells what this mailbox may no longer read.
    """
    copia = find(solicitud=solicitud, now=now)
    if copia is None or copia.lista_en is None or (copia.completa and not speaks(solicitud)):
        raise CopiaUnknown
    if formato == FormatoCopia.PDF:
        return base64.b64decode(copia.contenido["pdf"])
    return json.dumps(copia.contenido["expediente"], ensure_ascii=False, indent=1).encode()


def forget(now: datetime) -> int:
    """Delete the copies that are no longer kept; return how many."""
    return Copia.objects.filter(pedida_en__lte=now - KEPT).delete()[0]
