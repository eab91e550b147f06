"""Help on the way through Paso 1: what is wrong with one field, told as soon as it changes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comun import reloj
from tramites.forms import CapturaForm


@never_cache
@require_POST
def revisar_curp(request: HttpRequest) -> HttpResponse:
    """Say which character of the CURP is wrong, in the words of the form; nothing is looked up."""
    return _note(request, "curp", "pasos/_nota_curp.html")


@never_cache
@require_POST
def revisar_correo(request: HttpRequest) -> HttpResponse:
    """Say what is wrong with the mailbox, or offer the one that was probably meant."""
    return _note(request, "correo", "pasos/_nota_correo.html")


def _note(request: HttpRequest, field: str, template: str) -> HttpResponse:
    """Render the note of one field; an empty one is no fault yet."""
    typed = request.POST if request.POST.get(field, "").strip() else None
    form = CapturaForm(typed, today=reloj.local_date(reloj.now()))
    return render(request, template, {"form": form})


@require_safe
def ayuda_curp(request: HttpRequest) -> HttpResponse:
    return render(request, "pasos/ayuda_curp.html", {"seccion": "tramite", "partes": PARTES})


# Positions, what they are, and how they come about; the example is nobody's.
EJEMPLO = "LORA070514MGRPVNA4"
PARTES = tuple(
    (place, EJEMPLO[first - 1 : last], meaning)
    for place, first, last, meaning in (
        ("1 a 4", 1, 4, "Letras de tus apellidos y de tu nombre. La Ñ se escribe X."),
        ("5 y 6", 5, 6, "Los dos últimos números del año en que naciste."),
        ("7 y 8", 7, 8, "El mes en que naciste, del 01 al 12."),
        ("9 y 10", 9, 10, "El día en que naciste, del 01 al 31."),
        ("11", 11, 11, "El sexo: H de hombre, M de mujer o X."),
        ("12 y 13", 12, 13, "El estado donde naciste. Fuera de México es NE."),
        ("14 a 16", 14, 16, "Consonantes de tus apellidos y de tu nombre."),
        ("17", 17, 17, "Un número si naciste antes del año 2000; una letra si naciste después."),
        ("18", 18, 18, "Un número que comprueba los demás: lo pone el registro."),
    )
)
