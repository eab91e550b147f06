"""manage.py restablecer_doble_factor: the phone was lost, and the recovery codes too."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from comun import reloj
from comun.personal.management.commands import _cuenta
from comun.personal.services import cuentas, factor

REASONS = ("extravio", "cambio_de_telefono", "sospecha")


class Command(BaseCommand):
    help = "Olvida el segundo paso de una cuenta: al entrar otra vez se activa uno nuevo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        _cuenta.ask(parser, REASONS)

    def handle(self, *args: Any, **options: Any) -> None:
        user = _cuenta.find(options["usuario"])
        factor.reset(user, razon=options["motivo"], now=reloj.now())
        ended = cuentas.end_sessions(user.pk)
        self.stdout.write(
            f"Segundo paso de «{user.username}» restablecido; sesiones terminadas: {ended}."
        )
        self.stdout.write("Se le avisa por correo. Al entrar activará uno nuevo.")
