"""Fills the database of a demo; `make demo` runs it, a person need not."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from imss_portal.demo import carga


class Command(BaseCommand):
    help = "Carga lo que una demostración necesita, solo lo que falte; su última línea es JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sepomex", type=Path, help="Archivo de códigos postales.")
        parser.add_argument("--personas", type=int, default=2000, help="Del padrón sintético.")

    def handle(self, *, sepomex: Path | None, personas: int, **options: Any) -> None:
        carga.load(sepomex=sepomex, personas=personas, say=self.stdout.write)
        self.stdout.write(json.dumps(carga.describe(), ensure_ascii=False))
