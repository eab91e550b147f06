"""The entrance: what the trámite is, how long it takes, what to have at hand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    return render(request, "pasos/inicio.html", {"seccion": "inicio"})
