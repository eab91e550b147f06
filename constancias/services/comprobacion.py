"""Somebody asks if a document is genuine: answer, and write down that it was asked."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from comun import bitacora, cripto, reloj
from comun.queue import enqueue
from constancias.enums import Canal, Dictamen, Medio
from constancias.errors import PdfUnreadable, TooManyWaiting
from constancias.models import Consulta, Verificacion
from constancias.verificacion import Veredicto, judge, judge_code, judge_token
from constancias.verificacion.informe import inform

VERIFICAR = "constancias.verificar"
KEPT = timedelta(minutes=10)  # how long an upload may wait, and its answer be read
WAITING_MOST = 100  # uploads at once: 200 MB of the database
PUBLICO = "público"

Informe = dict[str, Any]


def check_code(*, texto: str, canal: Canal, now: datetime) -> Informe:
    """Answer about a typed code.

    Raises
        CodigoMalformado: it cannot be a code. Nothing is looked up nor written down.
    """
    return _answer(judge_code(texto), Medio.CODIGO, canal, now)


def check_credencial(*, texto: str, canal: Canal, now: datetime) -> Informe:
    """Answer about the text of a QR."""
    return _answer(judge_token(texto), Medio.CREDENCIAL, canal, now)


@transaction.atomic
def leave_pdf(*, pdf: bytes, canal: Canal, now: datetime) -> UUID:
    """Keep a PDF sealed for the worker to read; return where its answer will be.

    Raises
        TooManyWaiting: the worker does not keep up.
    """
    if Consulta.objects.filter(resultado=None, creada_en__gt=now - KEPT).count() >= WAITING_MOST:
        raise TooManyWaiting
    row = Consulta(canal=canal, creada_en=now)
    row.contenido = cripto.seal(pdf, place=_place(row.pk))
    row.save(force_insert=True)
    enqueue(VERIFICAR, row.pk, now=now)
    return row.pk


def find_consulta(*, consulta_id: UUID, now: datetime) -> Consulta | None:
    """Return an upload or its answer while it is kept; the PDF itself is not fetched."""
    rows = Consulta.objects.defer("contenido").filter(creada_en__gt=now - KEPT)
    return rows.filter(pk=consulta_id).first()


def resolve(*, consulta_id: UUID) -> None:
    """Read the PDF of an upload, in a limited process, and put the answer in its place.

    Repeatable: one already answered, or forgotten, is left as it is.
    """
    row = Consulta.objects.filter(pk=consulta_id, resultado=None).first()
    if row is None or row.contenido is None:
        return
    try:
        veredicto = judge(cripto.unseal(bytes(row.contenido), place=_place(row.pk)))
    except PdfUnreadable:
        veredicto = Veredicto(dictamen=Dictamen.ILEGIBLE)
    _settle(row.pk, veredicto)


def give_up(consulta_id: UUID, error: str) -> None:
    """The worker died on it each time: it is told as unreadable, and forgotten."""
    _settle(consulta_id, Veredicto(dictamen=Dictamen.ILEGIBLE))


def forget(*, now: datetime) -> int:
    """Delete the uploads and answers whose time is over; return how many."""
    deleted, _ = Consulta.objects.filter(creada_en__lte=now - KEPT).delete()
    return deleted


@transaction.atomic
def _settle(consulta_id: UUID, veredicto: Veredicto) -> None:
    rows = Consulta.objects.select_for_update().defer("contenido")
    row = rows.filter(pk=consulta_id, resultado=None).first()
    if row is None:
        return
    now = reloj.now()
    row.contenido, row.resultado = None, inform(veredicto, medio=Medio.PDF, now=now)
    row.save(update_fields=("contenido", "resultado"))
    _write_down(veredicto, Medio.PDF, Canal(row.canal), now)


def _answer(veredicto: Veredicto, medio: Medio, canal: Canal, now: datetime) -> Informe:
    with transaction.atomic():
        _write_down(veredicto, medio, canal, now)
    return inform(veredicto, medio=medio, now=now)


def _write_down(veredicto: Veredicto, medio: Medio, canal: Canal, now: datetime) -> None:
    """Add the row and the audit entry: the document, never who asked nor what they brought."""
    row = veredicto.constancia
    Verificacion.objects.create(
        medio=medio, canal=canal, dictamen=veredicto.dictamen, constancia=row, fecha=now
    )
    bitacora.append(
        accion=f"verificacion.{medio.value}",
        objeto=f"{row.folio} {row.tipo}" if row else "sin documento",
        actor=PUBLICO,
        razon=veredicto.dictamen.value,
        now=now,
    )


def _place(consulta_id: UUID) -> str:
    return f"constancias_consulta:contenido:{consulta_id}"
