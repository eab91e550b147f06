"""`cargar_fichas [ARCHIVO] [--aplicar]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from comun import reloj
from tramites.errors import FichasInvalid
from tramites.services.fichas import FILE, Carga, load_fichas


class Command(BaseCommand):
    help = "Carga las fichas de los trámites (json). En seco sin --aplicar."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archivo", nargs="?", type=Path, default=FILE)
        parser.add_argument("--aplicar", action="store_true", help="Guarda los cambios.")

    def handle(self, *, archivo: Path, aplicar: bool, verbosity: int, **options: Any) -> None:
        today = reloj.local_date(reloj.now())
        try:
            with transaction.atomic():
                done = load_fichas(archivo, today=today)
                transaction.set_rollback(not aplicar)
        except FichasInvalid as exc:
            raise CommandError(f"{exc.message}\n{exc.advice}") from exc
        if verbosity:
            self._tell(done, aplicar=aplicar)

    def _tell(self, done: Carga, *, aplicar: bool) -> None:
        counts = f"nuevas {len(done.nuevas)}, cambian {len(done.cambian)}"
        self.stdout.write(f"Fichas: {counts}, iguales {len(done.iguales)}")
        for label, titles in (("Nueva", done.nuevas), ("Cambia", done.cambian)):
            for title in titles:
                self.stdout.write(f"  {label}: {title}")
        end = "Guardado." if aplicar else "En seco: no se guardó nada. Repite con --aplicar."
        self.stdout.write(end)
