"""The pages of /verificar/: bring something, read the answer. Everything works without JavaScript."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comun import reloj
from constancias.credencial import PREFIX
from constancias.enums import Canal
from constancias.errors import TooManyWaiting
from constancias.services import comprobacion
from constancias.verificar import acceso
from constancias.verificar.forms import TOO_LARGE, CodigoForm, CredencialForm, PdfForm, blank
from constancias.verificar.vista import view_of

EVERY, WITHOUT_SCRIPTS = 1, 3  # s between two looks at an answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verificar(request: HttpRequest) -> HttpResponse:
    """Offer the three ways; answer at once about a code or the text of a QR."""
    if request.method != "POST":
        return _page(request)
    if acceso.too_often(request):
        return _later(request)
    if "credencial" in request.POST:
        return _by_credencial(request, request.POST["credencial"])
    if request.POST.get("codigo", "").lstrip().startswith(PREFIX):
        return _by_credencial(request, request.POST["codigo"])
    form = CodigoForm(request.POST)
    if not form.is_valid():
        return _page(request, por_codigo=form)
    return _result(
        request,
        comprobacion.check_code(
            texto=form.cleaned_data["codigo"], canal=Canal.PAGINA, now=reloj.now()
        ),
    )


def _by_credencial(request: HttpRequest, text: str) -> HttpResponse:
    form = CredencialForm({"credencial": text})
    if not form.is_valid():
        return _page(request, por_credencial=form)
    texto = form.cleaned_data["credencial"]
    informe = comprobacion.check_credencial(texto=texto, canal=Canal.PAGINA, now=reloj.now())
    return _result(request, informe)


@csrf_exempt  # only until its size is known: what checks the form reads it whole
@require_POST
def pdf(request: HttpRequest) -> HttpResponse:
    """Refuse too much before a byte is read."""
    if acceso.too_often(request):
        return _later(request)
    if acceso.form_too_large(request):
        form = PdfForm({})
        form.is_valid()
        form.errors["archivo"] = form.error_class([TOO_LARGE])
        return _page(request, status=413, por_pdf=form)
    return _leave(request)


@csrf_protect
def _leave(request: HttpRequest) -> HttpResponse:
    form = PdfForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, por_pdf=form)
    content = form.cleaned_data["archivo"]
    try:
        pk = comprobacion.leave_pdf(pdf=content, canal=Canal.PAGINA, now=reloj.now())
    except TooManyWaiting as exc:
        form.add_error("archivo", f"{exc.message} {exc.advice}")
        return _page(request, status=503, por_pdf=form)
    return HttpResponseRedirect(reverse("constancias:consulta", args=(pk,)), status=303)


@never_cache
@require_safe
def consulta(request: HttpRequest, consulta_id: UUID) -> HttpResponse:
    """Show the answer about a PDF, or that it is being read; htmx asks again by itself."""
    if acceso.looks_too_often(request):
        return _later(request)
    row = comprobacion.find_consulta(consulta_id=consulta_id, now=reloj.now())
    if row is None:
        return render(request, "verificar/olvidada.html", {"seccion": "verificar"}, status=404)
    asked_by_htmx = request.headers.get("HX-Request") == "true"
    if row.resultado is not None:
        # The whole page again: its title says the answer.
        fresh = HttpResponse(headers={"HX-Refresh": "true"})
        return fresh if asked_by_htmx else _result(request, row.resultado)
    if asked_by_htmx:
        return HttpResponse(status=204)
    context = {"seccion": "verificar", "cada": EVERY, "cada_sin_guiones": WITHOUT_SCRIPTS}
    response = render(request, "verificar/espera.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _page(request: HttpRequest, *, status: int = 200, **taken: Form) -> HttpResponse:
    context: dict[str, Any] = {
        "seccion": "verificar",
        "portal": settings.URL_PORTAL,
        "con_error": next(iter(taken.values()), None),
        **blank(**taken),
    }
    return render(request, "verificar/verificar.html", context, status=status)


def _result(request: HttpRequest, informe: dict[str, Any]) -> HttpResponse:
    context = {"seccion": "verificar", "portal": settings.URL_PORTAL, "vista": view_of(informe)}
    return render(request, "verificar/resultado.html", context)


def _later(request: HttpRequest) -> HttpResponse:
    context = {"seccion": "verificar", "segundos": acceso.RETRY}
    response = render(request, "verificar/limite.html", context, status=429)
    response["Retry-After"] = str(acceso.RETRY)
    return response
