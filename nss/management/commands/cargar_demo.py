"""Loads the demonstration people and prints what happens to each."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comun import reloj
from nss.demo import PERSONAS, load_demo_people


class Command(BaseCommand):
    help = "Carga las personas de demostración y muestra el desenlace de cada una (solo en demo)."

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Las personas de demostración son solo para MODO=demo.")
        load_demo_people(reloj.now())
        self.stdout.write(f"{'CURP':<18}  {'CP':<5}  Desenlace")
        for persona in PERSONAS:
            correo = f" (correo: {persona.correo})" if persona.correo else ""
            self.stdout.write(f"{persona.curp}  {persona.cp:<5}  {persona.desenlace}{correo}")
