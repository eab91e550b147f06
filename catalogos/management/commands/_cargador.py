"""What every `cargar_…` command shares: dry by default, the difference in words."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from catalogos.errors import CatalogoInvalido
from catalogos.services.carga import Diferencia

KINDS = {"nuevos": "Nuevos", "cambian": "Cambian", "retiran": "Se retiran"}


class Cargador(BaseCommand):
    """A command that loads one file; the child reads it and names the service."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        if options["verbosity"] == 0:
            options["stdout"] = StringIO()  # only errors are told
        return super().execute(*args, **options)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archivo", type=Path, help="Archivo que se carga.")
        self.add_options(parser)

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("--aplicar", action="store_true", help="Guarda los cambios.")
        parser.add_argument(
            "--corte", type=date.fromisoformat, help="Fecha de corte del archivo: AAAA-MM-DD."
        )

    def run(self, load: Callable[[], Any], *, aplicar: bool) -> None:
        """Do `load` in one transaction and keep it only if asked to: a dry run is the real one."""
        try:
            with transaction.atomic():
                load()
                transaction.set_rollback(not aplicar)
        except CatalogoInvalido as exc:
            raise CommandError(f"{exc.message}\n{exc.advice}") from exc
        self.stdout.write(
            "Guardado." if aplicar else "En seco: no se guardó nada. Repite con --aplicar."
        )

    def report(self, title: str, diferencia: Diferencia) -> None:
        counts = f"nuevos {diferencia.nuevos}, cambian {diferencia.cambian}"
        counts += f", se retiran {diferencia.retiran}, iguales {diferencia.iguales}"
        self.stdout.write(f"{title}: {counts}")
        for kind, label in KINDS.items():
            for example in diferencia.ejemplos.get(kind, ()):
                self.stdout.write(f"  {label}, por ejemplo: {example}")
        for aviso in diferencia.avisos:
            self.stdout.write(self.style.WARNING(f"  Aviso: {aviso}"))
