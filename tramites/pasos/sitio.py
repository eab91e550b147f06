"""The short pages of the frame: what this portal is, who answers for it, its offices, its data."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogos.models import Delegacion, Subdelegacion, VersionCatalogo
from tramites.pasos.entrada import Miga

# address → the name it has in menus and crumbs
PAGES = {
    "conoce": "Conoce el portal",
    "transparencia": "Transparencia",
    "contacto": "Contacto",
    "gobierno": "Gobierno",
    "participa": "Participa",
}


@require_safe
def pagina(request: HttpRequest, pagina: str) -> HttpResponse:
    context = {"seccion": pagina, "migas": [Miga(PAGES[pagina])]}
    return render(request, f"sitio/{pagina}.html", context)


@require_safe
def directorio(request: HttpRequest) -> HttpResponse:
    """The delegaciones and subdelegaciones that the catalogue knows."""
    offices = Subdelegacion.objects.filter(vigente=True).order_by("clave")
    delegaciones = Delegacion.objects.filter(vigente=True).prefetch_related(
        Prefetch("subdelegaciones", queryset=offices.select_related("delegacion"))
    )
    context = {
        "seccion": "directorio",
        "delegaciones": delegaciones,
        "migas": [Miga("Directorio")],
    }
    return render(request, "sitio/directorio.html", context)


@require_safe
def datos(request: HttpRequest) -> HttpResponse:
    """Which public lists the portal uses, of which date, from where."""
    last = VersionCatalogo.objects.order_by("catalogo", "-pk").distinct("catalogo")
    context = {"seccion": "datos", "versiones": last, "migas": [Miga("Datos")]}
    return render(request, "sitio/datos.html", context)
