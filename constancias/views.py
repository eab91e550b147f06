"""What everybody may have to check a document without us. Public, cacheable, from any origin."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from comun import reloj
from constancias import offline
from constancias.claves import published
from constancias.estados import REFRESH, TYPE
from constancias.models import ListaEstados, LlaveSello

CLAVES_FOR, CERTIFICATE_FOR = 300, 7 * 24 * 3600  # s that anyone may keep an answer


@require_safe
def claves(request: HttpRequest) -> HttpResponse:
    """Every key that ever sealed, with its state."""
    answer = JsonResponse(published(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    return _public(request, answer, seconds=CLAVES_FOR)


@require_safe
def certificado(request: HttpRequest, serie: str) -> HttpResponse:
    """The certificate of a serie, whole or as printed, followed by its authority's."""
    digits = serie.lstrip("0") if serie.isascii() and serie.isdigit() else ""
    row = LlaveSello.objects.filter(pk=digits).first()
    if row is None:
        raise Http404
    pem = f"{row.certificado.rstrip()}\n{row.autoridad.rstrip()}\n"
    answer = HttpResponse(pem, content_type="application/x-pem-file")
    return _public(request, answer, seconds=CERTIFICATE_FOR)


@require_safe
def estados(request: HttpRequest) -> HttpResponse:
    """The signed status list; 404 until the first one is published."""
    row = ListaEstados.objects.first()
    if row is None:
        raise Http404
    answer = HttpResponse(row.contenido, content_type=f"application/{TYPE}")
    answer["Last-Modified"] = http_date(row.emitida_en.timestamp())
    return _public(request, answer, seconds=int(REFRESH.total_seconds()))


@require_safe
def sin_conexion(request: HttpRequest) -> HttpResponse:
    """The offline verifier, made now; with ?descargar it is saved instead of opened."""
    pagina = offline.build(reloj.now())
    answer = HttpResponse(pagina.html)
    answer["Content-Security-Policy"] = pagina.csp  # its own: the portal's would stop its script
    answer["Cache-Control"] = "no-cache"
    if "descargar" in request.GET:
        answer["Content-Disposition"] = f'attachment; filename="{pagina.nombre}"'
    return answer


def _public(request: HttpRequest, answer: HttpResponse, *, seconds: int) -> HttpResponse:
    etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer["ETag"] = etag
    answer["Cache-Control"] = f"public, max-age={seconds}"
    answer["Access-Control-Allow-Origin"] = "*"
    answer["X-Content-Type-Options"] = "nosniff"
    return get_conditional_response(request, etag=etag, response=answer) or answer
