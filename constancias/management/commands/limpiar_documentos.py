"""Deletes the files that an interrupted work left without a row."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from comun import reloj
from constancias.services import sweep_orphans


class Command(BaseCommand):
    help = "Borra los archivos de documentos que ningún registro nombra desde hace dos días."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--aplicar", action="store_true", help="Borra; sin esto solo cuenta.")

    def handle(self, *args: Any, aplicar: bool, **options: Any) -> None:
        count = sweep_orphans(now=reloj.now(), delete=aplicar)
        self.stdout.write(f"{count} archivos {'borrados' if aplicar else 'por borrar (en seco)'}")
