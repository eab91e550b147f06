"""The entrance: who you are, the stage of your life, the category, the ficha, INICIAR."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import TextChoices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from comun import reloj
from tramites.enums import Categoria, Comienzo, Etapa, Publico
from tramites.models import Ficha
from tramites.models.fichas import FichaQuerySet

Choice = TypeVar("Choice", bound=TextChoices)
NSS, VIGENCIA = "imss-02-008", "vigencia"


@dataclass(frozen=True, slots=True)
class Opcion:
    """One choice of a step: its words, its address, how many fichas it leads to."""

    nombre: str
    clave: str
    direccion: str
    fichas: int
    elegida: bool = False


@dataclass(frozen=True, slots=True)
class Miga:
    """One crumb; the last one is this page and has no address."""

    nombre: str
    direccion: str = ""


def in_force() -> FichaQuerySet:
    return Ficha.objects.in_force(reloj.local_date(reloj.now()))


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    fichas = list(in_force())
    publicos = [
        Opcion(
            publico.label,
            publico.value,
            reverse("tramites:publico", args=(publico.value,)),
            sum(ficha.publico == publico for ficha in fichas),
        )
        for publico in Publico
    ]
    context = {"seccion": "inicio", "publicos": publicos, "fichas": fichas}
    return render(request, "entrada/inicio.html", context)


@require_safe
def publico(request: HttpRequest, publico: str) -> HttpResponse:
    """Paso 1: elige una etapa."""
    who = _member(Publico, publico)
    fichas = list(in_force().filter(publico=who))
    context = {
        "seccion": "tramites",
        "publico": who.label,
        "etapas": _etapas(who, fichas),
        "fichas": fichas,
        "migas": [Miga(who.label)],
    }
    return render(request, "entrada/publico.html", context)


@require_safe
def etapa(
    request: HttpRequest, publico: str, etapa: str, categoria: str = Categoria.TRAMITES
) -> HttpResponse:
    """Pasos 2 y 3: selecciona una categoría, elige la ficha deseada."""
    who, stage, chosen = (
        _member(Publico, publico),
        _member(Etapa, etapa),
        _member(Categoria, categoria),
    )
    fichas = list(in_force().of_etapa(stage, publico=who))
    context = {
        "seccion": "tramites",
        "etapa": stage,
        "categoria": chosen,
        "categorias": _categorias(who, stage, chosen, fichas),
        "fichas": [ficha for ficha in fichas if ficha.categoria == chosen],
        "volver": reverse("tramites:publico", args=(who,)),
        "migas": [Miga(who.label, reverse("tramites:publico", args=(who,))), Miga(stage.label)],
    }
    return render(request, "entrada/etapa.html", context)


@require_safe
def consulta(request: HttpRequest) -> HttpResponse:
    """All the fichas there are."""
    context = {"seccion": "tramites", "fichas": in_force(), "migas": [Miga("Consulta de trámites")]}
    return render(request, "entrada/consulta.html", context)


@require_safe
def ficha(request: HttpRequest, clave: str) -> HttpResponse:
    """One ficha; `?buscado=1` says that a search brought the person straight here."""
    found = in_force().filter(clave=clave).first()
    if found is None:
        raise Http404
    context = {
        "seccion": "tramites",
        "ficha": found,
        "empieza": _start(found),
        "buscado": "buscado" in request.GET,
        "migas": [_consulta(), Miga(found.titulo)],
    }
    return render(request, "entrada/ficha.html", context)


@require_safe
def vigencia(request: HttpRequest) -> HttpResponse:
    """The short address of the constancia de vigencia: its ficha, until it is offered."""
    return ficha(request, VIGENCIA)


@require_safe
def introduccion(request: HttpRequest) -> HttpResponse:
    """The introduction and its INICIAR, which opens the welcome."""
    return render(request, "entrada/introduccion.html", _welcome("Asignación de NSS"))


@require_safe
def bienvenida(request: HttpRequest) -> HttpResponse:
    """The welcome as a page of its own, for browsers without JavaScript."""
    return render(request, "entrada/bienvenida.html", _welcome("Bienvenida"))


def _welcome(name: str) -> dict[str, Any]:
    ficha = reverse("tramites:ficha", args=(NSS,))
    return {
        "seccion": "tramites",
        "ficha": ficha,
        "formulario": reverse("tramites:captura") + "?desde=ficha",
        "migas": [_consulta(), Miga("Asignación o localización del NSS", ficha), Miga(name)],
    }


def _consulta() -> Miga:
    return Miga("Consulta de trámites", reverse("tramites:consulta"))


def _start(ficha: Ficha) -> str:
    """Return where the ficha's procedure begins here, or ""."""
    starts = {Comienzo.ASIGNACION_NSS.value: reverse("tramites:introduccion")}
    return starts.get(ficha.comienzo, "")


def _member(kind: type[Choice], value: str) -> Choice:
    """Return the member an address names; a name that is none is an address that is none."""
    if value not in kind.values:
        raise Http404
    return kind(value)


def _etapas(who: Publico, fichas: list[Ficha]) -> list[Opcion]:
    return [
        Opcion(
            stage.label,
            stage.value,
            reverse("tramites:etapa", args=(who.value, stage.value)),
            sum(stage in ficha.etapas for ficha in fichas),
        )
        for stage in Etapa
    ]


def _categorias(who: Publico, stage: Etapa, chosen: Categoria, fichas: list[Ficha]) -> list[Opcion]:
    return [
        Opcion(
            one.label,
            one.value,
            reverse("tramites:categoria", args=(who.value, stage.value, one.value)),
            sum(ficha.categoria == one for ficha in fichas),
            elegida=one == chosen,
        )
        for one in Categoria
    ]
