"""/componentes/: every component of the pages, together, with made-up facts. Demo and tests only."""

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tramites.enums import Etapa, Publico
from tramites.models import Ficha
from tramites.models.fichas import Mosaico
from tramites.pasos.entrada import Miga, Opcion
from tramites.pasos.paginas import ASIGNAR, DOMICILIO, Dato, step_bar

ICONOS = ("lupa", "pantalla", "voz", *Publico.values, *Etapa.values)


class Muestra(forms.Form):
    """A field that is right and one that is wrong."""

    nombre = forms.CharField(label="Un dato", help_text="Una ayuda.")
    clave = forms.CharField(label="Otro dato", error_messages={"required": "Escribe el otro dato."})
    lugar = forms.CharField(label="Un dato que se busca")
    opcion = forms.ChoiceField(
        label="Una elección",
        choices=(("a", "Esta"), ("b", "La otra")),
        widget=forms.RadioSelect,
        error_messages={"required": "Elige una."},
    )


@require_safe
def componentes(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    form = Muestra({"nombre": "Ana", "lugar": "40200"})
    form.is_valid()
    context = {
        "seccion": "componentes",
        "form": form,
        "barra": step_bar(ASIGNAR, DOMICILIO),
        "datos": [Dato("Nombre", "ANA LÓPEZ"), Dato("Colonia", "Centro", "/componentes/")],
        "opciones": [
            Opcion("Empleo", "empleo", "/componentes/", 2),
            Opcion("Retiro", "retiro", "/componentes/", 0),
        ],
        "ficha": Ficha(
            clave="imss-02-008",
            homoclave="IMSS-02-008",
            titulo="Una ficha",
            resumen="Lo que se obtiene.",
            digitalizado=True,
        ),
        "mosaicos": [
            Mosaico("Ten a la mano tu CURP", "Los 18 caracteres."),
            Mosaico("Un correo", ""),
        ],
        "iconos": ICONOS,
        "migas": [Miga("Demostración", "/componentes/"), Miga("Componentes")],
    }
    return render(request, "sitio/componentes.html", context)
