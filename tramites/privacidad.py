"""The privacy notice in its versions: one file each, named by the day it takes effect."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

AVISOS = Path(__file__).parent / "textos" / "privacidad"
# The authority that was dissolved in 2025: whoever is sent there is sent nowhere.
EXTINTA = ("INAI", "IFAI", "Instituto Nacional de Transparencia", "Instituto Federal de Acceso")


@dataclass(frozen=True, slots=True)
class Seccion:
    """A heading of the whole notice: paragraphs, a list, paragraphs. `regimen`: "" for both."""

    titulo: str
    parrafos: tuple[str, ...]
    lista: tuple[str, ...]
    cierre: tuple[str, ...]
    regimen: str


@dataclass(frozen=True, slots=True)
class Aviso:
    """One published version; `version` is its ISO date and what a Solicitud keeps."""

    version: str
    vigente_desde: date
    simplificado: str
    secciones: tuple[Seccion, ...]


def avisos() -> list[Aviso]:
    """Return every version, the newest first.

    Raises
        ImproperlyConfigured: a file is not a notice; the text says which and why.
    """
    folder = Path(settings.AVISOS_DIR or AVISOS)
    paths = sorted(folder.glob("*.toml"), reverse=True)
    if not paths:
        raise ImproperlyConfigured(f"No hay ningún aviso de privacidad en {folder}")
    return [_filled(_read(path)) for path in paths]


def aviso_at(day: date) -> Aviso:
    """Return the version in force on `day` (Mexico's): a later one waits, before the first the first."""
    every = avisos()
    return next((one for one in every if one.vigente_desde <= day), every[-1])


@cache
def _read(path: Path) -> Aviso:
    try:
        whole = tomllib.loads(path.read_text())
        day = date.fromisoformat(path.stem)
        aviso = Aviso(
            version=path.stem,
            vigente_desde=day,
            simplificado=str(whole["simplificado"]),
            secciones=tuple(_section(one) for one in whole["seccion"]),
        )
    except (ValueError, KeyError, TypeError) as exc:
        raise ImproperlyConfigured(f"Aviso de privacidad {path.name}: {exc}") from exc
    if whole.get("vigente_desde") != day:
        raise ImproperlyConfigured(f"Aviso de privacidad {path.name}: vigente_desde es otra fecha")
    if named := [name for name in EXTINTA if name in path.read_text()]:
        raise ImproperlyConfigured(f"Aviso de privacidad {path.name}: {named[0]} ya no existe")
    return aviso


def _section(one: dict[str, Any]) -> Seccion:
    def texts(name: str) -> tuple[str, ...]:
        return tuple(map(str, one.get(name, ())))

    return Seccion(
        titulo=str(one["titulo"]),
        parrafos=texts("parrafos"),
        lista=texts("lista"),
        cierre=texts("cierre"),
        regimen=str(one.get("regimen", "")),
    )


def _filled(aviso: Aviso) -> Aviso:
    """Put whoever runs this portal in the texts, and leave the sections of its kind alone."""
    words = {
        "{emisor}": settings.EMISOR_NOMBRE,
        "{domicilio}": settings.EMISOR_DOMICILIO,
        "{transparencia}": settings.EMISOR_TRANSPARENCIA,
        "{contacto}": settings.EMISOR_CONTACTO,
    }

    def fill(text: str) -> str:
        for mark, word in words.items():
            text = text.replace(mark, word)
        return text

    def fill_all(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(fill, texts))

    mine = (one for one in aviso.secciones if one.regimen in ("", settings.EMISOR_REGIMEN))
    sections = tuple(
        Seccion(s.titulo, fill_all(s.parrafos), fill_all(s.lista), fill_all(s.cierre), s.regimen)
        for s in mine
    )
    return Aviso(aviso.version, aviso.vigente_desde, fill(aviso.simplificado), sections)
