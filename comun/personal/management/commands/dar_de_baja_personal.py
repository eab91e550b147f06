"""manage.py dar_de_baja_personal: somebody no longer works here."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from comun import reloj
from comun.personal.management.commands import _cuenta
from comun.personal.services import cuentas

REASONS = ("salida", "cambio_de_puesto", "sospecha")


class Command(BaseCommand):
    help = "Cierra una cuenta del personal: permisos, segundo paso, equipos y sesiones abiertas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        _cuenta.ask(parser, REASONS)

    def handle(self, *args: Any, **options: Any) -> None:
        user = _cuenta.find(options["usuario"])
        ended = cuentas.retire(user, razon=options["motivo"], now=reloj.now())
        self.stdout.write(f"Cuenta «{user.username}» cerrada; sesiones terminadas: {ended}.")
