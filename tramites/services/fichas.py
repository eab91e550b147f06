"""Fichas: their versions, their file, and finding one by what a person types."""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from catalogos.rules import normalise
from tramites.busqueda import MINIMUM, SURE, closeness
from tramites.errors import FichasInvalid
from tramites.models import Ficha
from tramites.models.fichas import TEXTS

FILE = Path(__file__).resolve().parent.parent / "datos" / "fichas.json"
LISTS = ("requisitos", "obtienes", "alternativas")


@dataclass(slots=True)
class Carga:
    """What a load changes, by title."""

    nuevas: list[str] = field(default_factory=list)
    cambian: list[str] = field(default_factory=list)
    iguales: list[str] = field(default_factory=list)


@transaction.atomic
def keep_version(ficha: Ficha, *, today: date) -> Ficha:
    """Save what `ficha` says as the version of its day; versions of days past stay as they were.

    Raises ValidationError if the row cannot be.
    """
    if ficha.desde < today:
        ficha = Ficha(clave=ficha.clave, desde=today, **ficha.says())
    same_day = Ficha.objects.filter(clave=ficha.clave, desde=ficha.desde).first()
    ficha.pk = same_day.pk if same_day else ficha.pk
    ficha._state.adding = ficha.pk is None
    ficha.full_clean()
    ficha.save()
    return ficha


@transaction.atomic
def load_fichas(path: Path, *, today: date) -> Carga:
    """Make each ficha of the file say what the file says, from today on.

    Raises FichasInvalid, with nothing kept, if a row of the file cannot be.
    """
    done = Carga()
    for n, row in enumerate(_read(path), 1):
        try:
            _load_one(row, done, today=today)
        except (ValidationError, TypeError, KeyError) as exc:
            raise FichasInvalid(_reason(n, row, exc)) from exc
    return done


def _load_one(row: dict[str, Any], done: Carga, *, today: date) -> None:
    says = {**row, **{name: "\n".join(row.get(name, [])) for name in LISTS}}
    if unknown := set(says) - {*TEXTS, "clave"}:
        raise KeyError(", ".join(sorted(unknown)))
    wanted = Ficha(desde=today, **says)
    last = Ficha.objects.newest(wanted.clave)
    if last and last.says() == wanted.says():
        done.iguales.append(wanted.titulo)
        return
    (done.cambian if last else done.nuevas).append(wanted.titulo)
    keep_version(wanted, today=today)


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise FichasInvalid(f"{path.name}: {exc}") from exc
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FichasInvalid(f"{path.name}: debe ser una lista de fichas")
    return rows


def _reason(n: int, row: dict[str, Any], exc: Exception) -> str:
    said = "; ".join(exc.messages) if isinstance(exc, ValidationError) else str(exc)
    return f"ficha {n} ({row.get('clave', 'sin clave')}): {said}"


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """Fichas that answer a search, best first; `segura` if the first one is surely it."""

    fichas: list[Ficha]
    segura: bool


def find_fichas(typed: str, *, today: date) -> Hallazgo:
    """Return the fichas that `typed` may mean: accents, order and slips do not matter."""
    wanted = normalise(typed)
    scored = [
        (closeness(wanted, normalise(ficha.searched_text)), ficha)
        for ficha in Ficha.objects.in_force(today)
    ]
    close = sorted(
        (pair for pair in scored if pair[0] >= MINIMUM),
        key=lambda pair: (-pair[0], pair[1].orden),
    )
    best = [score for score, _ in close]
    sure = bool(best) and best[0] >= SURE and (len(best) == 1 or best[0] - best[1] >= 1 - SURE)
    return Hallazgo([ficha for _, ficha in close], sure)
