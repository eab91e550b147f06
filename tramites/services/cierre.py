"""The end: reading a document, having it mailed again, going on after a technical fault."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from comun.queue import enqueue
from constancias.enums import Tipo
from constancias.models import Constancia
from constancias.services import read_pdf
from tramites.avisos import file_name
from tramites.enums import MOVES, NEXT_STEP, WITH_NUMERO, ClaseCorreo, Estado
from tramites.errors import DocumentoUnknown, MoveNotAllowed
from tramites.models import Solicitud
from tramites.services import correos
from tramites.services.confirmacion import lock


@dataclass(frozen=True, slots=True, kw_only=True)
class Documento:
    """A PDF as it goes to its owner."""

    nombre_archivo: str
    contenido: bytes


def read_documento(*, solicitud_id: UUID, tipo: Tipo) -> Documento:
    """Return the PDF of a Solicitud as it stands today; raise DocumentoUnknown if there is none."""
    solicitud = Solicitud.objects.filter(pk=solicitud_id, estado__in=sorted(WITH_NUMERO)).first()
    found = solicitud and Constancia.objects.current(solicitud.folio).filter(tipo=tipo).first()
    if not found:
        raise DocumentoUnknown(solicitud=solicitud_id, tipo=tipo)
    return Documento(nombre_archivo=file_name(tipo), contenido=read_pdf(found))


@transaction.atomic(durable=True)
def resend_documentos(*, solicitud_id: UUID, tipo: Tipo, now: datetime) -> None:
    """Mail a document again to the proved mailbox.

    Raises
        DocumentoUnknown: there is none yet.
        TooSoon: the last mail is less than REENVIO_SEGUNDOS old.
    """
    solicitud = lock(solicitud_id)
    if not Constancia.objects.current(solicitud.folio).filter(tipo=tipo).exists():
        raise DocumentoUnknown(solicitud=solicitud_id, tipo=tipo)
    correos.refuse_too_soon(solicitud, ClaseCorreo.DOCUMENTOS, now=now)
    contexto = {"tipos": [str(tipo)]}
    correos.write(solicitud, ClaseCorreo.DOCUMENTOS, now=now, contexto=contexto)


@transaction.atomic
def fall(*, solicitud_id: UUID, now: datetime) -> None:
    """A step was given up: the Solicitud rests in fallo_tecnico until somebody retries it."""
    solicitud = lock(solicitud_id)
    if Estado.FALLO_TECNICO in MOVES[Estado(solicitud.estado)]:
        solicitud.advance(Estado.FALLO_TECNICO, now=now)


@transaction.atomic
def retry(*, solicitud_id: UUID, now: datetime) -> None:
    """Bring a Solicitud back from fallo_tecnico to where it fell, and ask for its step.

    Raises
        MoveNotAllowed: it is not in fallo_tecnico.
    """
    solicitud = lock(solicitud_id)
    if solicitud.estado != Estado.FALLO_TECNICO:
        raise MoveNotAllowed(solicitud=solicitud.pk, estado=solicitud.estado)
    before = Estado(solicitud.estado_previo)
    solicitud.advance(before, now=now)
    enqueue(NEXT_STEP[before], solicitud.pk, now=now)
