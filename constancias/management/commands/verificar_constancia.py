"""Tells if a PDF is one of this portal's: exit 0 it is, 1 it is not, 2 it cannot be read."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from constancias.enums import Dictamen
from constancias.errors import PdfUnreadable
from constancias.verificacion import Veredicto, judge
from constancias.verificacion.informe import MENSAJES

GENUINE, NOT_GENUINE, UNREADABLE = 0, 1, 2


class Command(BaseCommand):
    help = "Comprueba un documento del portal: 0 auténtico y vigente, 1 no, 2 no se puede leer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archivo", type=Path)
        parser.add_argument("--json", action="store_true", help="Responde en JSON.")
        parser.add_argument(
            "--sin-campos", action="store_true", help="No busca qué campos difieren: más rápido."
        )

    def handle(self, *args: Any, archivo: Path, **options: Any) -> None:
        try:
            veredicto = judge(archivo.read_bytes(), explain=not options["sin_campos"])
        except (OSError, PdfUnreadable) as exc:
            message = PdfUnreadable.message if isinstance(exc, PdfUnreadable) else exc.strerror
            facts = {"genuina": False, "dictamen": Dictamen.ILEGIBLE.value, "error": message}
            self._say(facts, f"{archivo}: {message}", options)
            sys.exit(UNREADABLE)
        self._say(facts_of(veredicto), text_of(veredicto), options)
        sys.exit(GENUINE if veredicto.genuina else NOT_GENUINE)

    def _say(self, facts: dict[str, Any], text: str, options: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(facts, ensure_ascii=False) if options["json"] else text)


def facts_of(veredicto: Veredicto) -> dict[str, Any]:
    return {
        "genuina": veredicto.genuina,
        "dictamen": veredicto.dictamen.value,
        "revisiones": veredicto.revisiones,
        "campos_alterados": list(veredicto.campos),
        "folio": veredicto.folio,
        "documento": veredicto.tipo,
        "estado": veredicto.estado,
        "serie": veredicto.serie,
    }


def text_of(veredicto: Veredicto) -> str:
    lines = [f"{'sí' if holds else 'NO'}  {name}" for name, holds in veredicto.revisiones.items()]
    lines += [f"no coincide: {name}" for name in veredicto.campos]
    lines.append("Auténtica." if veredicto.genuina else MENSAJES[veredicto.dictamen])
    return "\n".join(lines)
