"""The one status page: whatever happens to a Solicitud, this address tells it, reload-safe."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from catalogos.services import Ubicacion, locate_unidad
from comun import reloj
from tramites.enums import Estado, Razon
from tramites.forms import CpField
from tramites.forms_acta import ActaForm
from tramites.models import Solicitud
from tramites.pasos.acceso import BY_FICHA, needs_solicitud
from tramites.pasos.cierre import result_of
from tramites.pasos.paginas import (
    ASIGNAR,
    DOMICILIO,
    FINALIZAR,
    INICIAR,
    LOCALIZAR,
    PasoBarra,
    asked_by_htmx,
    refresh_page,
    render_page,
    see_other,
    step_bar,
)
from tramites.razones import EXPLICACIONES
from tramites.services.domicilio import place_of_oficina, save_cp_oficina
from tramites.services.prueba import held_until
from tramites.services.vinculos import began_anew, retention_ends


@dataclass(frozen=True, slots=True)
class Vista:
    """How a state is shown: one template per `grupo`; `cada`: seconds between looks, 0 = none."""

    grupo: str
    titulo: str
    cada: int = 0


_PROCESO = Vista("proceso", "Tu petición se está procesando", 2)
_ESPERA = Vista("espera", "Tu solicitud está en espera", 15)
_RESULTADO = Vista("resultado", "Tu Número de Seguridad Social")
_POR_COMPROBAR = Vista("inconclusa", "Falta comprobar que la CURP es tuya")
VISTAS: dict[str, Vista] = {
    Estado.POR_CONFIRMAR: Vista("por_confirmar", "Falta confirmar tu correo"),
    Estado.CONFIRMADA: _PROCESO,
    Estado.LOCALIZADA: _PROCESO,
    Estado.POR_ASIGNAR: _PROCESO,
    Estado.ASIGNADA: _PROCESO,
    Estado.EN_ESPERA_IDENTIDAD: _ESPERA,
    Estado.EN_ESPERA_SERIE: _ESPERA,
    Estado.RETENIDA: Vista("retenida", "Tu solicitud está en revisión"),
    Estado.INCONCLUSA: Vista("inconclusa", "Tu trámite no se pudo terminar por internet"),
    Estado.DOCUMENTADA: _RESULTADO,
    Estado.CONCLUIDA: _RESULTADO,
    Estado.VENCIDA: Vista("vencida", "Tu solicitud venció"),
    Estado.CANCELADA: Vista("cancelada", "Esta solicitud se canceló"),
    Estado.FALLO_TECNICO: Vista("fallo", "Tuvimos un problema técnico"),
}
_LAST = frozenset({"resultado"})


@require_safe
@needs_solicitud
def tramite(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """Show where the Solicitud is; htmx asks again with the state it shows (`desde`)."""
    if solicitud.estado == Estado.REQUIERE_DOMICILIO:
        if asked_by_htmx(request):
            return refresh_page()
        return see_other("domicilio" if solicitud.identidad_aceptada else "eres_tu")
    vista = VISTAS[solicitud.estado]
    if "parte" in request.GET and vista is _RESULTADO:
        return _part(request, solicitud)
    if asked_by_htmx(request):
        shown = request.GET.get("desde", "")
        if shown == solicitud.estado:
            return HttpResponse(status=204)  # nothing new: nothing is read aloud again
        if shown not in VISTAS or VISTAS[shown].grupo != vista.grupo:
            return refresh_page()
    label = "ACEPTAR" if request.session.get(BY_FICHA) else "Finalizar trámite"
    context = context_of(solicitud) | {"aceptar": label}
    return render_page(request, "pasos/tramite.html", "pasos/_estado.html", context)


def _part(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """Answer what a piece of the result asks by itself: how the mail went, is the masked one there."""
    result = result_of(solicitud)
    if request.GET["parte"] == "enmascarada":
        owed = result["enmascarada"] == "en_camino"
        return HttpResponse(status=204) if owed else refresh_page()
    return render(request, "pasos/_envio.html", result)


def context_of(solicitud: Solicitud) -> dict[str, Any]:
    vista = _POR_COMPROBAR if solicitud.razon == Razon.ACTA else VISTAS[solicitud.estado]
    context: dict[str, Any] = {
        "solicitud": solicitud,
        "vista": vista,
        "plantilla": f"pasos/estados/{vista.grupo}.html",
        "barra": _bar(solicitud, vista),
        "seccion": "tramite",
        "cada_sin_guiones": max(vista.cada, 5) if vista.cada else 0,
    }
    if vista is _RESULTADO:
        context |= result_of(solicitud)
        context["cada_sin_guiones"] = 5 if context["enmascarada"] == "en_camino" else 0
    if solicitud.estado == Estado.RETENIDA:
        hasta = retention_ends(solicitud)
        late = hasta < reloj.now()
        context |= {"hasta": hasta, "paso_el_plazo": late, "de_nuevo": began_anew(solicitud)}
    if solicitud.estado == Estado.INCONCLUSA:
        context |= _case_of(solicitud)
    return context


def _bar(solicitud: Solicitud, vista: Vista) -> list[PasoBarra]:
    """Two steps when the number is located, three once an address was asked for."""
    if solicitud.domicilio is None:
        return step_bar(LOCALIZAR, FINALIZAR if vista.grupo in _LAST else INICIAR)
    return step_bar(ASIGNAR, FINALIZAR if vista.grupo in _LAST else DOMICILIO)


def _case_of(solicitud: Solicitud, form: "OficinaForm | None" = None) -> dict[str, Any]:
    """Why it stopped, what to bring, and where to go, as far as the address or a code tells."""
    place = place_of_oficina(solicitud)
    found = locate_unidad(asentamiento=place) if place else None
    return {
        "explicacion": EXPLICACIONES[Razon(solicitud.razon)],
        "subdelegacion": found.subdelegacion.etiqueta if found and found.subdelegacion else "",
        "delegacion": _sure_delegacion(found),
        "lugar": place,
        "form": form or OficinaForm(initial={"cp": place.cp if place else ""}),
        **_question_of(solicitud),
    }


def _question_of(solicitud: Solicitud) -> dict[str, Any]:
    """What may be answered again, and from when, if the certificate is why it stopped."""
    if solicitud.razon != Razon.ACTA:
        return {}
    return {"acta": ActaForm(), "acta_desde": held_until(solicitud, now=reloj.now())}


def _sure_delegacion(found: Ubicacion | None) -> str:
    if found is None or found.delegacion is None or found.delegacion_supuesta:
        return ""
    return found.delegacion.etiqueta


class OficinaForm(forms.Form):
    """The postal code of somebody whose procedure stopped: where is their office?"""

    cp = CpField(label="Código postal", max_length=20)


@require_POST
@needs_solicitud
def oficina(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """Keep the postal code typed; the page and the slip then say which office answers for it."""
    if solicitud.estado != Estado.INCONCLUSA:
        return see_other("tramite")
    form = OficinaForm(request.POST)
    if not form.is_valid():
        context = context_of(solicitud) | _case_of(solicitud, form)
        return render(request, "pasos/tramite.html", context)
    save_cp_oficina(solicitud_id=solicitud.pk, cp=form.cleaned_data["cp"], now=reloj.now())
    return see_other("tramite")


@require_safe
@needs_solicitud
def comprobante(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """The slip to print and bring: the case number, the reason, the papers."""
    if solicitud.estado != Estado.INCONCLUSA:
        return see_other("tramite")
    context = {"solicitud": solicitud, "seccion": "tramite", **_case_of(solicitud)}
    return render(request, "pasos/comprobante.html", context)
