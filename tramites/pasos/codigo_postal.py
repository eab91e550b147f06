"""No conozco mi código postal: state, municipio, and the colonia as far as it is remembered."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from catalogos.models import Asentamiento, Entidad, Municipio
from catalogos.services import find_asentamientos
from tramites.enums import Estado
from tramites.forms import TextoField
from tramites.models import Solicitud
from tramites.pasos.acceso import needs_solicitud
from tramites.pasos.domicilio import CHOSEN
from tramites.pasos.paginas import ASIGNAR, DOMICILIO, render_page, see_other, step_bar

ABROAD = "NE"


class MunicipioField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A municipio by its name alone: its state stands above it."""

    def label_from_instance(self, obj: Municipio) -> str:
        return obj.nombre


class BuscarForm(forms.Form):
    """Where the person lives, without the postal code. The municipios offered follow the state."""

    entidad = forms.ModelChoiceField(
        Entidad.objects.exclude(pk=ABROAD),
        label="Estado",
        empty_label="Elige tu estado",
        error_messages={
            "required": "Elige tu estado.",
            "invalid_choice": "Elige un estado de la lista.",
        },
    )
    municipio = MunicipioField(
        Municipio.objects.none(),
        label="Municipio o alcaldía",
        required=False,
        empty_label="Todos o no lo sé",
        error_messages={"invalid_choice": "Elige un municipio de la lista."},
    )
    colonia = TextoField(
        label="Colonia, pueblo o ranchería",
        max_length=80,
        min_length=3,
        help_text="Basta una parte del nombre. No importan los acentos ni alguna letra equivocada.",
        error_messages={
            "required": "Escribe el nombre de tu colonia o una parte.",
            "min_length": "Escribe al menos tres letras.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["municipio"]
        assert isinstance(field, forms.ModelChoiceField)
        state = str(self["entidad"].value() or "")
        field.queryset = Municipio.objects.filter(entidad=state).order_by("nombre_normalizado")

    def only_state(self) -> None:
        """Forget the faults of fields the person has not reached yet."""
        for name in set(self.errors) - {"entidad"}:
            del self.errors[name]


@require_http_methods(["GET", "HEAD", "POST"])
@needs_solicitud
def buscar(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """Find the colonia by its name; the one chosen fills the page of the address."""
    if solicitud.estado != Estado.REQUIERE_DOMICILIO:
        return see_other("tramite")
    if request.method != "POST":
        return _page(request, solicitud, BuscarForm())
    if chosen := _chosen(request):
        request.session[CHOSEN] = chosen.pk
        return see_other("domicilio")
    form = BuscarForm(request.POST)
    if request.POST.get("accion") == "estado":
        form.only_state()
        return _page(request, solicitud, form)
    return _page(request, solicitud, form, found=_find(form) if form.is_valid() else None)


def _chosen(request: HttpRequest) -> Asentamiento | None:
    pk = request.POST.get("elegida", "")
    known = pk.isascii() and pk.isdigit() and len(pk) < 19
    return Asentamiento.objects.vigentes().filter(pk=pk).first() if known else None


def _find(form: BuscarForm) -> list[Asentamiento]:
    data = form.cleaned_data
    municipio = data["municipio"]
    return find_asentamientos(
        nombre=data["colonia"],
        entidad=data["entidad"].pk,
        municipio_id=municipio.pk if municipio else None,
    )


def _page(
    request: HttpRequest,
    solicitud: Solicitud,
    form: BuscarForm,
    found: list[Asentamiento] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "encontradas": found,
        "solicitud": solicitud,
        "barra": step_bar(ASIGNAR, DOMICILIO),
        "seccion": "tramite",
    }
    return render_page(request, "pasos/buscar_cp.html", "pasos/_municipio.html", context)
