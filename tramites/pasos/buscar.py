"""The search of every page: one clear answer is opened at once, several are listed."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comun import reloj
from tramites.pasos.entrada import NSS, Miga, in_force
from tramites.rules import names_somebody
from tramites.services.fichas import find_fichas

LONGEST = 100  # characters of a search that are read


@never_cache
@require_safe
def buscar(request: HttpRequest) -> HttpResponse:
    """Search the fichas; a person's data are never shown back nor searched."""
    typed = request.GET.get("q", "").replace("\0", "")[:LONGEST].strip()
    personal = names_somebody(typed)
    found = None if personal or not typed else find_fichas(typed, today=_today())
    if found and found.segura:
        return redirect(reverse("tramites:ficha", args=(found.fichas[0].clave,)) + "?buscado=1")
    context = {
        "seccion": "buscar",
        "buscado": "" if personal else typed,
        "personal": personal,
        "fichas": found.fichas if found else [],
        "todas": [] if found and found.fichas else in_force(),
        "nss": reverse("tramites:ficha", args=(NSS,)),
        "migas": [Miga("Buscar")],
    }
    return render(request, "entrada/buscar.html", context)


def _today() -> date:
    return reloj.local_date(reloj.now())
