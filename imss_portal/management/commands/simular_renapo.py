"""A population registry on this machine, to practise with: it answers from the padrón, or fails."""

import signal
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from nss.identidad import FuentePadron
from nss.values import Curp, Identidad


def _look_up(curp: Curp) -> Identidad | None:
    try:
        return FuentePadron().look_up(curp)
    finally:
        connections.close_all()  # each answer is given in a thread of its own


class Command(BaseCommand):
    help = (
        "Atiende como fuente de identidad en esta máquina, con las personas del padrón. Con"
        " --falla se porta mal. Para usarla: FUENTE_IDENTIDAD=http IDENTIDAD_URL=(lo que diga)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        from imss_portal.demo.renapo import BUENA, FALLAS

        parser.add_argument("--puerto", type=int, default=0)
        parser.add_argument("--falla", choices=sorted(FALLAS), default=BUENA)

    def handle(self, *, puerto: int, falla: str, **options: Any) -> None:
        from imss_portal.demo.renapo import Simulador

        if not settings.DEMO:
            raise CommandError("El simulador es solo para MODO=demo.")
        simulador = Simulador(_look_up, puerto=puerto, falla=falla)
        self.stdout.write(simulador.url)
        self.stdout.flush()
        signal.sigwait({signal.SIGTERM, signal.SIGINT})
        simulador.stop()
