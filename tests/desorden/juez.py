"""Walks one case of the corpus and judges its end."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core import mail

from nss.models import Asegurado, Numero
from tests.desorden.actos import ACTOS
from tests.desorden.alumna import Alumna
from tests.desorden.mundo import person
from tests.tramites.escena import PASO1

CASOS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("casos.json").read_text())
CORREO = "alumna@example.org"


@dataclass(slots=True)
class Acta:
    """How a case went: its end, and the pages on the way that said "Error:"."""

    fin: str
    errores: list[str] = field(default_factory=list)
    pantallas: int = 0


def walk(caso: dict[str, Any]) -> Acta:
    """Walk a case to its end; raise AssertionError where the portal left the person."""
    mail.outbox.clear()
    alumna = Alumna(person(caso["persona"]), CORREO)
    alumna.go(PASO1)
    waiting = dict(caso["actos"])
    end = alumna.finish(lambda who, screen: _mess(who, waiting.pop(screen, None)))
    assert waiting == {}, f"nunca llegó a {list(waiting)}: {alumna.seen}"
    assert end == caso["fin"], f"{end}: {alumna.seen}"
    _check_registry(alumna, end)
    return Acta(end, alumna.errors, len(alumna.seen))


def _mess(alumna: Alumna, acts: list[list[Any]] | None) -> bool:
    for name, *given in acts or []:
        named = given.pop() if given and isinstance(given[-1], dict) else {}
        ACTOS[name](alumna, *given, **named)
    return acts is not None


def _check_registry(alumna: Alumna, end: str) -> None:
    """Whatever was pressed how often, one person has one number, and it is the one shown."""
    asegurados = Asegurado.objects.of_keys([alumna.who.curp])
    numbers = list(Numero.objects.filter(asegurado__in=asegurados))
    assert len(numbers) == (1 if end == "numero" else 0)
    if end == "numero":
        assert alumna.page.mark("nss") == numbers[0].nss
