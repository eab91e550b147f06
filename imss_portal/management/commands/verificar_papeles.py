"""verificar_constancia for several files in one process: starting one takes longer than judging."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Comprueba varios documentos como verificar_constancia; sale con el peor resultado."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archivos", nargs="+")

    def handle(self, *, archivos: list[str], **options: Any) -> None:
        worst = 0
        for archivo in archivos:
            self.stdout.write(archivo)
            try:
                call_command("verificar_constancia", archivo, stdout=self.stdout)
            except SystemExit as verdict:
                worst = max(worst, int(verdict.code or 0))
        sys.exit(worst)
