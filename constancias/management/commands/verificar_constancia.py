"""Tells if a PDF is one of this portal's: exit 0 it is, 1 it is not, 2 it cannot be read."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from constancias import verificacion
from constancias.errors import PdfUnreadable

GENUINE, NOT_GENUINE, UNREADABLE = 0, 1, 2


class Command(BaseCommand):
    help = "Comprueba una constancia o tarjeta: 0 auténtica, 1 no auténtica, 2 no se puede leer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archivo", type=Path)
        parser.add_argument("--json", action="store_true", help="Responde en JSON.")

    def handle(self, *args: Any, archivo: Path, **options: Any) -> None:
        try:
            veredicto = verificacion.judge(archivo.read_bytes())
        except (OSError, PdfUnreadable) as exc:
            message = PdfUnreadable.message if isinstance(exc, PdfUnreadable) else exc.strerror
            self._say({"genuina": False, "error": message}, f"{archivo}: {message}", options)
            sys.exit(UNREADABLE)
        facts = {
            "genuina": veredicto.genuina,
            "revisiones": veredicto.revisiones,
            "folio": veredicto.folio,
            "documento": veredicto.tipo,
            "estado": veredicto.estado,
            "serie": veredicto.serie,
        }
        lines = [
            f"{'sí' if holds else 'NO'}  {name}" for name, holds in veredicto.revisiones.items()
        ]
        lines.append("Auténtica." if veredicto.genuina else "No es auténtica o ya no está vigente.")
        self._say(facts, "\n".join(lines), options)
        sys.exit(GENUINE if veredicto.genuina else NOT_GENUINE)

    def _say(self, facts: dict[str, Any], text: str, options: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(facts, ensure_ascii=False) if options["json"] else text)
