"""The end: the number, its two documents, and leaving."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from catalogos.models import UnidadMedica
from comun import reloj
from constancias.enums import Tipo, Verbo
from constancias.models import Constancia
from constancias.rules import folio_instant, short_date
from constancias.services import is_masking
from tramites.enums import ClaseCorreo, Estado
from tramites.errors import DocumentoUnknown, TooSoon
from tramites.models import Correo, Solicitud
from tramites.pasos.acceso import needs_solicitud, own_solicitud
from tramites.pasos.confirmacion import wait_words
from tramites.pasos.opinion import give_ballot
from tramites.pasos.paginas import see_other
from tramites.pasos.quiosco import is_shared
from tramites.services.cierre import read_documento, resend_documentos


def result_of(solicitud: Solicitud) -> dict[str, Any]:
    """Return what the result shows: number, person, documents, and how the mail went."""
    mail = solicitud.correos.filter(clase=ClaseCorreo.DOCUMENTOS).order_by("-orden").first()
    refused = mail is not None and mail.estado == Correo.Estado.RECHAZADO
    sent = mail is not None and mail.estado == Correo.Estado.ENVIADO
    numero, identidad = solicitud.numero, solicitud.identidad
    documentos = documents_of(solicitud)
    return {
        "solicitud": solicitud,
        "nss": numero.nss if numero else "",
        "nombre": identidad.nombre_completo if identidad else "",
        "asignado": solicitud.verbo == Verbo.ASIGNACION,
        "clinica": _clinic_of(solicitud),
        "documentos": documentos,
        "con_comprobante": Tipo.COMPROBANTE in dict(documentos),
        "enmascarada": _masked(solicitud, documentos),
        "fecha": short_date(folio_instant(solicitud.folio)),
        "envio": "rechazado" if refused else "enviado" if sent else "en_camino",
    }


def _clinic_of(solicitud: Solicitud) -> str:
    """Return the clinic of the address given; "" if none was asked for."""
    if solicitud.domicilio is None:
        return ""
    found = UnidadMedica.objects.filter(pk=solicitud.unidad_id or 0).first()
    return found.etiqueta if found else "UMF por confirmar"


def _masked(solicitud: Solicitud, documentos: list[tuple[str, str]]) -> str:
    """Return if the masked constancia may be asked for, is being made, or is among the documents."""
    if Tipo.ENMASCARADA in dict(documentos):
        return "lista"
    if Tipo.CONSTANCIA not in dict(documentos):
        return "no"
    return "en_camino" if is_masking(folio=solicitud.folio) else "se_puede"


def documents_of(solicitud: Solicitud) -> list[tuple[str, str]]:
    """Return kind and name of the documents in force, in the order of Tipo."""
    current = Constancia.objects.current(solicitud.folio).values_list("tipo", flat=True)
    issued = set(current)
    return [(value, str(label)) for value, label in Tipo.choices if value in issued]


@require_safe
def ver(request: HttpRequest, tipo: str) -> HttpResponse:
    """Show the PDF in the browser."""
    return _pdf(request, tipo, "inline")


@require_safe
def descargar(request: HttpRequest, tipo: str) -> HttpResponse:
    """Give the PDF as a file; a shared computer only shows it."""
    return _pdf(request, tipo, "inline" if is_shared(request) else "attachment")


def _pdf(request: HttpRequest, tipo: str, how: str) -> HttpResponse:
    """Not yours, not there and not a document are one answer: 404."""
    solicitud = own_solicitud(request)
    if solicitud is None or tipo not in Tipo:
        raise Http404
    try:
        documento = read_documento(solicitud_id=solicitud.pk, tipo=Tipo(tipo))
    except DocumentoUnknown as exc:
        raise Http404 from exc
    return HttpResponse(
        documento.contenido,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'{how}; filename="{documento.nombre_archivo}"',
            "Cache-Control": "no-store, private",
            "X-Robots-Tag": "noindex, nofollow",
        },
    )


@require_POST
def reenviar(request: HttpRequest, tipo: str) -> HttpResponse:
    """Mail one document again to the proved mailbox."""
    solicitud = own_solicitud(request)
    if solicitud is None or tipo not in Tipo:
        raise Http404
    chosen = Tipo(tipo)
    try:
        resend_documentos(solicitud_id=solicitud.pk, tipo=chosen, now=reloj.now())
    except DocumentoUnknown as exc:
        raise Http404 from exc
    except TooSoon as exc:
        messages.warning(request, wait_words(exc))
    else:
        messages.success(request, f"Enviamos otra vez a tu correo: {chosen.label}.")
    return see_other("tramite")


@require_POST
@needs_solicitud
def finalizar(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """End the session of a finished trámite and tell the next step."""
    if solicitud.estado not in (Estado.DOCUMENTADA, Estado.CONCLUIDA):
        return see_other("tramite")
    request.session.flush()
    give_ballot(request.session)
    return see_other("fin")


@require_POST
def salir(request: HttpRequest) -> HttpResponse:
    """Leave: this browser forgets the Solicitud, the Solicitud goes on."""
    request.session.flush()
    messages.success(
        request, "Saliste. Tu solicitud sigue guardada: para volver, usa tu CURP y tu correo."
    )
    return see_other("inicio")
