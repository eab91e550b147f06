"""Writes docs/inventario.md from what the apps declare."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comun import inventario

PLACE = Path("docs") / "inventario.md"


class Command(BaseCommand):
    help = f"Escribe {PLACE} con la clase, la finalidad y el plazo de cada campo."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--revisar", action="store_true", help="Solo dice si está al día.")

    def handle(self, *, revisar: bool, **options: Any) -> None:
        if found := inventario.faults():
            raise CommandError("\n".join(found))
        path, text = settings.BASE_DIR / PLACE, inventario.as_markdown()
        if revisar:
            if not path.exists() or path.read_text() != text:
                raise CommandError(f"{PLACE} no está al día: manage.py inventario lo escribe.")
            return
        path.write_text(text)
        self.stdout.write(f"{PLACE}: {sum(len(t.campos) for t in inventario.tables())} campos.")
