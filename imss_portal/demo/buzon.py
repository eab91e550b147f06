"""/buzon/: the mails that the demo sent, for whoever tries it. It exists in the demo only."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from imss_portal.demo.mensajes import Mensaje, newest

# What a browser may show or save under its own type; anything else is saved as bytes.
KNOWN = {"application/pdf", "text/plain", "text/calendar"}


@never_cache
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    return render(request, "buzon/lista.html", {"mensajes": newest(_folder()), "seccion": "buzon"})


@never_cache
@require_safe
def mensaje(request: HttpRequest, clave: str) -> HttpResponse:
    return render(request, "buzon/mensaje.html", {"mensaje": _find(clave), "seccion": "buzon"})


@never_cache
@require_safe
def original(request: HttpRequest, clave: str) -> HttpResponse:
    """Give the mail as it came, for a mail program to open."""
    content = _find(clave).path.read_bytes()
    return _download(content, "message/rfc822", f"{clave}.eml")


@never_cache
@require_safe
def adjunto(request: HttpRequest, clave: str, numero: str) -> HttpResponse:
    found = _find(clave).adjuntos
    if not 1 <= int(numero) <= len(found):
        raise Http404
    file = found[int(numero) - 1]
    kind = file.tipo if file.tipo in KNOWN else "application/octet-stream"
    return _download(file.contenido, kind, file.nombre)


def _folder() -> Path:
    if not (settings.DEMO and settings.BUZON_DIR):
        raise Http404
    return Path(settings.BUZON_DIR)


def _find(clave: str) -> Mensaje:
    path = _folder() / f"{clave}.eml"
    if not path.is_file():
        raise Http404
    return Mensaje.read(path)


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{Path(name).name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
