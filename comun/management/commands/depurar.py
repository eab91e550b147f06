"""manage.py depurar: what the plazos of the inventory say must go."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from comun import depuracion, reloj


class Command(BaseCommand):
    help = "Borra o vacía lo que pasó su plazo (docs/inventario.md). Sin --aplicar solo lo cuenta."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--aplicar", action="store_true", help="Lo hace.")

    def handle(self, *, aplicar: bool, **options: Any) -> None:
        for one in depuracion.purge(now=reloj.now(), apply=aplicar):
            self.stdout.write(f"{one.modelo}: {one.filas} {one.verbo}")
        if not aplicar:
            self.stdout.write("En seco: no se borró nada. Repite con --aplicar para hacerlo.")
