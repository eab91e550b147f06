"""Mis datos: the rights, the petitions of whoever proved this mailbox, and how each one goes."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comun import reloj
from tramites.derechos.enums import Derecho, Estado
from tramites.derechos.errors import PeticionRepeated, PeticionUnknown, TooManyPetitions
from tramites.derechos.forms import AclaracionForm, PeticionForm
from tramites.derechos.models import Peticion
from tramites.derechos.services import peticiones as service
from tramites.derechos.services import prevenciones
from tramites.derechos.services.supresion import KEPT
from tramites.models import Solicitud
from tramites.pasos.acceso import needs_solicitud, own_solicitud
from tramites.pasos.entrada import Miga
from tramites.pasos.paginas import SeeOther

NOMBRE = "Mis datos"
SECTION = {"seccion": "mis-datos"}


@never_cache
@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """The rights over one's data, for anybody; and one's petitions, where a mailbox was proved."""
    solicitud = own_solicitud(request)
    context = {
        "solicitud": solicitud,
        "peticiones": Peticion.objects.of(solicitud).order_by("-recibida_en") if solicitud else (),
        "derechos": [one.label.partition(": ")[::2] for one in Derecho],
        "transparencia": settings.EMISOR_TRANSPARENCIA,
        "migas": [Miga(NOMBRE)],
        **SECTION,
    }
    return render(request, "derechos/inicio.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_solicitud
def pedir(request: HttpRequest, solicitud: Solicitud) -> HttpResponse:
    """Ask; what was typed stays when something is missing."""
    form = PeticionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        derecho, texto = Derecho(form.cleaned_data["derecho"]), form.cleaned_data["texto"]
        now = reloj.now()
        try:
            made = service.receive(solicitud=solicitud, derecho=derecho, texto=texto, now=now)
        except (PeticionRepeated, TooManyPetitions) as exc:
            form.add_error(None, f"{exc.message} {exc.advice}")
        else:
            return to_peticion(made)
    context = {"form": form, "solicitud": solicitud, "migas": crumbs("Nueva petición"), **SECTION}
    return render(request, "derechos/pedir.html", context)


@require_safe
@needs_solicitud
def ver(request: HttpRequest, solicitud: Solicitud, folio: str) -> HttpResponse:
    """How one goes: its term, its answer, and what can be done if there is none."""
    return _page(request, solicitud, own_peticion(solicitud, folio), AclaracionForm())


@require_POST
@needs_solicitud
def aclarar(request: HttpRequest, solicitud: Solicitud, folio: str) -> HttpResponse:
    """Give what was missing; raise MoveNotAllowed or TooLateToClear when it is no longer asked."""
    peticion, form = own_peticion(solicitud, folio), AclaracionForm(request.POST)
    if not form.is_valid():
        return _page(request, solicitud, peticion, form)
    said = form.cleaned_data["aclaracion"]
    prevenciones.clear(peticion_id=peticion.pk, aclaracion=said, now=reloj.now(), actor="persona")
    return to_peticion(peticion)


def _page(
    request: HttpRequest, solicitud: Solicitud, peticion: Peticion, form: AclaracionForm
) -> HttpResponse:
    context = {**_context(peticion), "form": form, "solicitud": solicitud, **SECTION}
    return render(request, "derechos/peticion.html", context)


@require_POST
@needs_solicitud
def retirar(request: HttpRequest, solicitud: Solicitud, folio: str) -> HttpResponse:
    """Take a petition back; raise MoveNotAllowed once it was answered."""
    peticion = own_peticion(solicitud, folio)
    service.withdraw(peticion_id=peticion.pk, now=reloj.now())
    return to_peticion(peticion)


def own_peticion(solicitud: Solicitud, folio: str) -> Peticion:
    """Return it if this CURP and mailbox made it; another's and none are the same "no"."""
    found = Peticion.objects.of(solicitud).filter(folio=folio).first()
    if found is None:
        raise PeticionUnknown
    return found


def to_peticion(peticion: Peticion) -> HttpResponse:
    return SeeOther(reverse("derechos:peticion", args=[peticion.folio]))


def _is_erased(peticion: Peticion) -> bool:
    return (peticion.derecho, peticion.estado) == (Derecho.CANCELACION, Estado.EFECTIVA)


def crumbs(name: str) -> list[Miga]:
    return [Miga(NOMBRE, reverse("derechos:inicio")), Miga(name)]


def _context(peticion: Peticion) -> dict[str, Any]:
    overdue = peticion.is_overdue(reloj.local_date(reloj.now()))
    return {
        "peticion": peticion,
        "texto": peticion.datos["texto"],
        "falta": peticion.datos.get("falta", ""),
        "aclaracion": peticion.datos.get("aclaracion", ""),
        "motivo": peticion.datos.get("motivo", ""),
        "respuesta": peticion.datos.get("respuesta", ""),
        "vencida": overdue,
        "recurso": (overdue and peticion.estado != Estado.PREVENIDA)
        or peticion.estado == Estado.IMPROCEDENTE,
        "conservados": KEPT.values() if _is_erased(peticion) else (),
        "privado": settings.EMISOR_REGIMEN == "privado",
        "migas": crumbs(peticion.folio),
    }
