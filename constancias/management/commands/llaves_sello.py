"""Creates and lists the keys that seal documents."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comun import reloj
from constancias import llaves
from constancias.errors import SelloUnavailable
from constancias.models import LlaveSello
from constancias.rules import print_serie


class Command(BaseCommand):
    help = "Crea la llave del sello (crear) o muestra las que hay (listar)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verbo", required=True)
        crear = verbs.add_parser("crear", help="Crea una llave y retira la activa.")
        crear.add_argument("--si-falta", action="store_true", help="Solo si no hay una útil.")
        verbs.add_parser("listar", help="Muestra las llaves, de la más nueva a la primera.")

    def handle(self, *args: Any, verbo: str, **options: Any) -> None:
        if verbo == "listar":
            self._list()
        else:
            self._create(only_if_missing=options["si_falta"], quiet=options["verbosity"] == 0)

    def _create(self, *, only_if_missing: bool, quiet: bool) -> None:
        if not settings.LLAVE_SELLO:
            raise CommandError("Falta LLAVE_SELLO: el archivo donde vive la llave privada.")
        if only_if_missing and llaves.is_ready():
            return
        try:
            row = llaves.create(now=reloj.now())
        except SelloUnavailable as exc:
            raise CommandError(f"No se pudo escribir {settings.LLAVE_SELLO}") from exc
        if not quiet:
            self.stdout.write(
                f"Llave {print_serie(row.serie)} activa; privada en {settings.LLAVE_SELLO}"
            )

    def _list(self) -> None:
        for row in LlaveSello.objects.all():
            dates = f"{row.desde:%d/%m/%Y} a {row.hasta:%d/%m/%Y}"
            self.stdout.write(f"{print_serie(row.serie)}  {row.estado:9} {dates}")
