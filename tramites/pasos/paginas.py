"""What the pages of all steps share: the step bar, facts shown back, fragment or page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

INICIAR, DOMICILIO, FINALIZAR = "Iniciar trámite", "Ingresar domicilio", "Finalizar trámite"
LOCALIZAR = (INICIAR, FINALIZAR)
ASIGNAR = (INICIAR, DOMICILIO, FINALIZAR)


@dataclass(frozen=True, slots=True)
class PasoBarra:
    numero: int
    nombre: str
    estado: str


@dataclass(frozen=True, slots=True)
class Dato:
    """One fact shown back; `cambiar` is where it can be changed, or ""."""

    etiqueta: str
    valor: str
    cambiar: str = ""


class SeeOther(HttpResponseRedirect):
    """After a POST the browser GETs the next page: a reload repeats nothing."""

    status_code = 303


def see_other(name: str, *args: object) -> SeeOther:
    return SeeOther(reverse(f"tramites:{name}", args=args))


def step_bar(steps: tuple[str, ...], current: str) -> list[PasoBarra]:
    """Return the bar with `current` marked; two steps to locate, three to assign."""
    at = steps.index(current)
    return [
        PasoBarra(n + 1, name, "hecho" if n < at else "actual" if n == at else "falta")
        for n, name in enumerate(steps)
    ]


def asked_by_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def refresh_page() -> HttpResponse:
    """Tell htmx to load the whole page again: what it shows has become another one."""
    return HttpResponse(headers={"HX-Refresh": "true"})


def render_page(
    request: HttpRequest, page: str, fragment: str, context: Mapping[str, Any]
) -> HttpResponse:
    """Render `fragment` for an htmx request, else the `page` that includes it."""
    response = render(request, fragment if asked_by_htmx(request) else page, dict(context))
    patch_vary_headers(response, ["HX-Request"])
    return response
