"""The one status page: whatever happens to a Solicitud, this address tells it, reload-safe."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogos.models import Asentamiento
from catalogos.services import locate_unidad
from tramites.enums import Estado, Razon
from tramites.models import Solicitud
from tramites.pasos.acceso import needs_solicitud
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
from tramites.services.identificacion import retention_ends


@dataclass(frozen=True, slots=True)
class Vista:
    """How a state is shown: one template per `grupo`; `cada`: seconds between looks, 0 = none."""

    grupo: str
    titulo: str
    cada: int = 0


_PROCESO = Vista("proceso", "Tu petición se está procesando", 2)
_ESPERA = Vista("espera", "Tu solicitud está en espera", 15)
_RESULTADO = Vista("resultado", "Tu Número de Seguridad Social")
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
        return refresh_page() if asked_by_htmx(request) else see_other("domicilio")
    vista = VISTAS[solicitud.estado]
    if request.GET.get("parte") == "envio" and vista is _RESULTADO:
        return render(request, "pasos/_envio.html", result_of(solicitud))
    if request.GET.get("parte") == "enmascarada" and vista is _RESULTADO:
        owed = result_of(solicitud)["enmascarada"] == "en_camino"
        return HttpResponse(status=204) if owed else refresh_page()
    if asked_by_htmx(request):
        shown = request.GET.get("desde", "")
        if shown == solicitud.estado:
            return HttpResponse(status=204)  # nothing new: nothing is read aloud again
        if shown not in VISTAS or VISTAS[shown].grupo != vista.grupo:
            return refresh_page()
    return render_page(request, "pasos/tramite.html", "pasos/_estado.html", _context(solicitud))


def _context(solicitud: Solicitud) -> dict[str, Any]:
    vista = VISTAS[solicitud.estado]
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
        context["hasta"] = retention_ends(solicitud)
    if solicitud.estado == Estado.INCONCLUSA:
        context |= _case_of(solicitud)
    return context


def _bar(solicitud: Solicitud, vista: Vista) -> list[PasoBarra]:
    """Two steps when the number is located, three once an address was asked for."""
    if solicitud.domicilio is None:
        return step_bar(LOCALIZAR, FINALIZAR if vista.grupo in _LAST else INICIAR)
    return step_bar(ASIGNAR, FINALIZAR if vista.grupo in _LAST else DOMICILIO)


def _case_of(solicitud: Solicitud) -> dict[str, Any]:
    """Why it stopped, what to bring, and where to go, as far as the address tells."""
    domicilio = solicitud.domicilio
    place = domicilio and Asentamiento.objects.filter(pk=domicilio.asentamiento_id).first()
    found = locate_unidad(asentamiento=place) if place else None
    return {
        "explicacion": EXPLICACIONES[Razon(solicitud.razon)],
        "subdelegacion": found.subdelegacion.etiqueta if found and found.subdelegacion else "",
    }


@require_safe
@needs_solicitud
def comprobante(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """The slip to print and bring: the case number, the reason, the papers."""
    if solicitud.estado != Estado.INCONCLUSA:
        return see_other("tramite")
    context = {"solicitud": solicitud, "seccion": "tramite", **_case_of(solicitud)}
    return render(request, "pasos/comprobante.html", context)
