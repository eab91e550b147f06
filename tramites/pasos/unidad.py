"""The clinic of the address, and the last look at all answers before CONCLUIR."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from catalogos.models import UnidadMedica
from catalogos.services import Ubicacion, locate_unidad
from comun import reloj
from tramites.domicilios import Domicilio
from tramites.enums import Estado
from tramites.models import Solicitud
from tramites.pasos.acceso import needs_solicitud
from tramites.pasos.paginas import ASIGNAR, DOMICILIO, Dato, see_other, step_bar
from tramites.services.domicilio import asentamiento_of, conclude, save_unidad

TO_CONFIRM = "UMF por confirmar"


class UnidadForm(forms.Form):
    """Which of several clinics; "" leaves it to the subdelegación."""

    unidad = forms.TypedChoiceField(
        label="¿Cuál es tu Unidad de Medicina Familiar?",
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Elige una de las unidades de la lista."},
    )

    def __init__(self, *args: Any, candidatos: list[UnidadMedica], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unidad"]
        assert isinstance(field, forms.TypedChoiceField)
        listed = [
            (unit.pk, " · ".join(filter(None, (unit.etiqueta, unit.domicilio, unit.horario))))
            for unit in candidatos
        ]
        field.choices = [*listed, ("", "No lo sé: que quede por confirmar")]


@require_http_methods(["GET", "HEAD", "POST"])
@needs_solicitud
def unidad(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """Show the clinic found for the address, or the candidates; CONTINUAR keeps it."""
    address = _address_of(solicitud)
    if address is None:
        return see_other("tramite")
    found = _locate(address)
    form = UnidadForm(
        request.POST if request.method == "POST" else None,
        candidatos=found.candidatos,
        initial={"unidad": solicitud.unidad_id or ""},
    )
    if request.method == "POST" and (found.unidad or form.is_valid()):
        chosen = found.unidad.pk if found.unidad else form.cleaned_data["unidad"]
        save_unidad(solicitud_id=solicitud.pk, unidad_id=chosen, now=reloj.now())
        return see_other("revision")
    context = {**_frame(solicitud), "form": form, "ubicacion": found, "datos": _offices(found)}
    return render(request, "pasos/unidad.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_solicitud
def revision(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """Show all answers, each with its way to change it; CONCLUIR asks for the number."""
    address = _address_of(solicitud)
    if address is None:
        return see_other("tramite")
    found = _locate(address)
    if found.unidad and solicitud.unidad_id != found.unidad.pk:
        return see_other("unidad")
    if request.method == "POST":
        conclude(solicitud_id=solicitud.pk, now=reloj.now())
        return see_other("tramite")
    context = {**_frame(solicitud), "datos": _answers(solicitud, address, found)}
    return render(request, "pasos/revision.html", context)


def _address_of(solicitud: Solicitud) -> Domicilio | None:
    """Return the address kept, if the Solicitud is at this step; the status page knows the rest."""
    return solicitud.domicilio if solicitud.estado == Estado.REQUIERE_DOMICILIO else None


def _locate(address: Domicilio) -> Ubicacion:
    place = asentamiento_of(address)
    assert place is not None, "colonias are retired, never deleted"
    return locate_unidad(asentamiento=place)


def _offices(found: Ubicacion) -> list[Dato]:
    """The block of the Institute's screen: delegación, subdelegación, clinic, address."""
    datos = [
        Dato("Delegación", _delegacion(found)),
        Dato(
            "Subdelegación",
            found.subdelegacion.etiqueta if found.subdelegacion else "Por confirmar",
        ),
        Dato(
            "Unidad Médica Familiar", found.unidad.numero_y_nombre if found.unidad else TO_CONFIRM
        ),
    ]
    if found.unidad:
        datos.append(Dato("Dirección", found.unidad.domicilio or "No la tenemos registrada"))
        if found.unidad.horario:
            datos.append(Dato("Horario", found.unidad.horario))
    return datos


def _delegacion(found: Ubicacion) -> str:
    if found.delegacion is None:
        return "Por confirmar"
    return found.delegacion.etiqueta + (" (por confirmar)" if found.delegacion_supuesta else "")


def _answers(solicitud: Solicitud, address: Domicilio, found: Ubicacion) -> list[Dato]:
    where, clinic = reverse("tramites:domicilio"), reverse("tramites:unidad")
    chosen = {unit.pk: unit.etiqueta for unit in [*found.candidatos, *filter(None, [found.unidad])]}
    identidad = solicitud.identidad
    unit = chosen.get(solicitud.unidad_id or 0, TO_CONFIRM)
    kind = "la escribiste tú" if address.colonia_propia else address.tipo_asentamiento
    return [
        Dato("CURP", solicitud.curp),
        Dato("Nombre", identidad.nombre_completo if identidad else ""),
        Dato("Código postal", address.cp, where),
        Dato("Estado", address.entidad),
        Dato("Municipio o alcaldía", address.municipio),
        Dato("Colonia", f"{address.colonia} ({kind})", where),
        Dato("Calle", address.calle, where),
        Dato("Número exterior", address.numero_exterior, where),
        Dato("Número interior", address.numero_interior or "No tiene", where),
        Dato("Unidad de Medicina Familiar", unit, clinic),
    ]


def _frame(solicitud: Solicitud) -> dict[str, Any]:
    return {
        "solicitud": solicitud,
        "barra": step_bar(ASIGNAR, DOMICILIO),
        "seccion": "tramite",
    }
