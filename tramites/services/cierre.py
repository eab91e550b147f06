"""The end: reading a document, having it mailed again, going on after a technical fault."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from comun.queue import enqueue
from constancias.enums import Tipo
from constancias.errors import NothingInForce
from constancias.models import Constancia
from constancias.services import ask_masked, read_pdf
from tramites.avisos import file_name
from tramites.enums import MOVES, NEXT_STEP, WITH_NUMERO, ClaseCorreo, Estado
from tramites.errors import DocumentoUnknown, MoveNotAllowed
from tramites.models import Solicitud
from tramites.services import correos
from tramites.services.confirmacion import lock
from tramites.services.vinculos import speaks


@dataclass(frozen=True, slots=True, kw_only=True)
class Documento:
    """A PDF as it goes to its owner."""

    nombre_archivo: str
    contenido: bytes


def read_documento(*, solicitud_id: UUID, tipo: Tipo) -> Documento:
    """Return the PDF of a Solicitud as it stands today; raise DocumentoUnknown if there is none."""
    solicitud = Solicitud.objects.filter(pk=solicitud_id, estado__in=sorted(WITH_NUMERO)).first()
    found = solicitud and _current(solicitud, tipo).first()
    if not found:
        raise DocumentoUnknown(solicitud=solicitud_id, tipo=tipo)
    return Documento(nombre_archivo=file_name(tipo), contenido=read_pdf(found))


@transaction.atomic(durable=True)
def resend_documentos(*, solicitud_id: UUID, tipo: Tipo, now: datetime) -> None:
    """Mail a document again to the proved mailbox.

    Raises
        DocumentoUnknown: there is none yet, or the mailbox no longer speaks for its CURP.
        TooSoon: the last mail is less than REENVIO_SEGUNDOS old.
    """
    solicitud = _lock_speaking(solicitud_id)
    if solicitud is None or not _current(solicitud, tipo).exists():
        raise DocumentoUnknown(solicitud=solicitud_id, tipo=tipo)
    correos.refuse_too_soon(solicitud, ClaseCorreo.DOCUMENTOS, now=now)
    contexto = {"tipos": [str(tipo)]}
    correos.write(solicitud, ClaseCorreo.DOCUMENTOS, now=now, contexto=contexto)


@transaction.atomic(durable=True)
def ask_masked_copy(*, solicitud_id: UUID, now: datetime) -> bool:
    """Ask the worker for the masked constancia; say if it is there already.

    Raises
        DocumentoUnknown: there is nothing to mask, or the mailbox no longer speaks for its CURP.
    """
    solicitud = _lock_speaking(solicitud_id)
    if solicitud is None:
        raise DocumentoUnknown(solicitud=solicitud_id, tipo=Tipo.ENMASCARADA)
    try:
        return ask_masked(folio=solicitud.folio, now=now) is not None
    except NothingInForce as exc:
        raise DocumentoUnknown(solicitud=solicitud_id, tipo=Tipo.ENMASCARADA) from exc


def _lock_speaking(solicitud_id: UUID) -> Solicitud | None:
    """Return it locked if it has a number and its mailbox speaks: the bond may have just moved."""
    solicitud = lock(solicitud_id)
    return solicitud if solicitud.estado in WITH_NUMERO and speaks(solicitud) else None


def _current(solicitud: Solicitud, tipo: Tipo) -> QuerySet[Constancia]:
    return Constancia.objects.current(solicitud.folio).filter(tipo=tipo)


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
