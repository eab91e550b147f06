"""Paso 2, only for who has no number: the address, from the postal code on."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from catalogos.models import Asentamiento
from comun import reloj
from tramites.domicilios import Domicilio
from tramites.enums import Estado
from tramites.forms import CincoDigitosField, TextoField, unknown_cp
from tramites.models import Solicitud
from tramites.pasos.acceso import needs_solicitud
from tramites.pasos.borrador import forget_draft, keep_draft, kept_draft
from tramites.pasos.paginas import (
    ASIGNAR,
    DOMICILIO,
    SeeOther,
    asked_by_htmx,
    refresh_page,
    render_page,
    see_other,
    step_bar,
)
from tramites.pasos.quiosco import forget_typed
from tramites.rules import plain_digits
from tramites.services.domicilio import save_domicilio

with_a_letter = RegexValidator(r"\w", "Escribe al menos una letra o un número.")
plain_number = RegexValidator(
    r"\A[\w\s./,#ºª°()-]+\Z", "Usa letras, números, guion, punto o diagonal; si no tiene, S/N."
)
_CHOOSE, _MISSING = "Elige tu colonia", "Mi colonia no aparece en la lista"
OTRA = "otra"  # the choice of a colonia that the catalogue does not have
CHOSEN = "colonia_elegida"  # session: the one found by name (pasos/codigo_postal.py)


def _id_or_none(value: str) -> int | None:
    return None if value == OTRA else int(value)


class DomicilioForm(forms.Form):
    """Where the person lives. The colonias offered depend on the postal code already typed."""

    cp = CincoDigitosField(label="Código postal", max_length=20)
    asentamiento = forms.TypedChoiceField(
        label="Selecciona tu colonia",
        coerce=_id_or_none,
        error_messages={
            "required": "Elige tu colonia de la lista.",
            "invalid_choice": "Esa colonia no es de este código postal: elige una de la lista.",
        },
    )
    colonia_escrita = TextoField(
        label="Nombre de tu colonia",
        max_length=100,
        required=False,
        validators=[with_a_letter],
        help_text="Solo si elegiste «Mi colonia no aparece en la lista».",
    )
    calle = TextoField(
        label="Calle",
        max_length=100,
        validators=[with_a_letter],
        widget=forms.TextInput({"autocomplete": "address-line1"}),
        help_text="Si no tiene nombre: «Domicilio conocido», el camino o el kilómetro.",
        error_messages={"required": "Escribe tu calle."},
    )
    numero_exterior = TextoField(
        label="Número exterior",
        max_length=20,
        validators=[plain_number],
        help_text="También S/N, km 5.5 o Mz 3 Lt 4.",
        error_messages={"required": "Escribe el número exterior; si no tiene, S/N."},
    )
    numero_interior = TextoField(
        label="Número interior",
        max_length=40,
        required=False,
        validators=[plain_number],
        help_text="Solo si tiene.",
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        cp = plain_digits(str(self["cp"].value() or ""))
        self.places = list(Asentamiento.objects.at(cp)) if cp.isascii() and cp.isdigit() else []
        choices = [(str(place.pk), str(place)) for place in self.places]
        alone = len(choices) == 1
        field = self.fields["asentamiento"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [*([] if alone else [("", _CHOOSE)]), *choices, (OTRA, _MISSING)]
        if data is not None and alone and self.data.get("asentamiento") != OTRA:
            self.data = {**dict(self.data.items()), "asentamiento": choices[0][0]}

    def clean_cp(self) -> str:
        cp: str = self.cleaned_data["cp"]
        if not self.places:
            raise forms.ValidationError(unknown_cp(cp), code="unknown")
        return cp

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.places:  # without a postal code there is no list to choose from
            self.errors.pop("asentamiento", None)
        elif data.get("asentamiento", "") is None:  # not in the list: its name is needed
            name = "colonia_escrita"
            if not data.get(name) and name not in self.errors:
                self.add_error(name, "Escribe el nombre de tu colonia.")
        return data

    def only_cp(self) -> None:
        """Forget the faults of fields the person has not reached yet."""
        for name in set(self.errors) - {"cp"}:
            del self.errors[name]

    def domicilio(self) -> Domicilio:
        data = self.cleaned_data
        own = data["asentamiento"] is None
        place = next(place for place in self.places if own or place.pk == data["asentamiento"])
        return Domicilio(
            asentamiento_id=place.pk,
            cp=place.cp,
            entidad=place.municipio.entidad.nombre,
            municipio=place.municipio.nombre,
            colonia=data["colonia_escrita"] if own else place.nombre,
            tipo_asentamiento="Colonia" if own else place.tipo,
            colonia_propia=own,
            calle=data["calle"],
            numero_exterior=data["numero_exterior"],
            numero_interior=data["numero_interior"],
        )


@require_http_methods(["GET", "HEAD", "POST"])
@needs_solicitud
def domicilio(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """Ask for the address in two goes: the postal code, then the rest; nothing typed is lost."""
    if solicitud.estado != Estado.REQUIERE_DOMICILIO:
        return refresh_page() if asked_by_htmx(request) else see_other("tramite")
    if not solicitud.identidad_aceptada:
        return refresh_page() if asked_by_htmx(request) else see_other("eres_tu")
    if request.method != "POST":
        return _page(request, solicitud, _begun_form(request, solicitud))
    if request.POST.get("accion") == "buscar":
        return _look_up(request, solicitud)
    form = DomicilioForm(request.POST)
    if not form.is_valid():
        return _page(request, solicitud, form)
    save_domicilio(solicitud_id=solicitud.pk, domicilio=form.domicilio(), now=reloj.now())
    request.session.pop(CHOSEN, None)
    forget_draft(request.session)
    return see_other("unidad")


def _look_up(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """Show what the postal code brings; without htmx at an address, for reload and "atrás"."""
    if asked_by_htmx(request):
        return _page(request, solicitud, _form_of_cp(request.POST))
    request.session.pop(CHOSEN, None)
    typed = {name: request.POST.get(name, "") for name in DomicilioForm.base_fields}
    keep_draft(request.session, solicitud, typed)
    return SeeOther(reverse("tramites:domicilio") + "#lugar")


def _begun_form(request: HttpRequest, solicitud: Solicitud) -> DomicilioForm:
    """Return the form as it was left: typed and not sent, or saved before, or blank."""
    typed, chosen = kept_draft(request.session, solicitud), _chosen_in(request)
    if typed is not None:
        return _form_of_cp({**typed, **chosen})
    kept = solicitud.domicilio
    saved: dict[str, Any] = {}
    if kept is not None and kept.colonia_propia:
        saved = {**kept.as_json(), "asentamiento": OTRA, "colonia_escrita": kept.colonia}
    elif kept is not None:
        saved = {**kept.as_json(), "asentamiento": str(kept.asentamiento_id)}
    return DomicilioForm(initial=saved | chosen)


def _chosen_in(request: HttpRequest) -> dict[str, Any]:
    """Return the colonia that this browser just found by its name, over the one kept."""
    chosen: int | None = request.session.get(CHOSEN)
    place = Asentamiento.objects.vigentes().filter(pk=chosen or 0).first()
    return {"cp": place.cp, "asentamiento": str(place.pk)} if place else {}


def _form_of_cp(typed: Mapping[str, str]) -> DomicilioForm:
    form = DomicilioForm(typed)
    form.only_cp()
    return form


def _page(request: HttpRequest, solicitud: Solicitud, form: DomicilioForm) -> HttpResponse:
    forget_typed(request, form)
    context = {
        "form": form,
        "lugar": form.places[0] if form.places else None,
        "solicitud": solicitud,
        "barra": step_bar(ASIGNAR, DOMICILIO),
        "seccion": "tramite",
    }
    return render_page(request, "pasos/domicilio.html", "pasos/_lugar.html", context)
