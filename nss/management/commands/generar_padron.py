"""Fills the identity source with synthetic people, some of them with a demo NSS."""

import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comun import reloj
from nss.services.sintetico import DEMO_PREFIX, generate


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise ArgumentTypeError("debe estar entre 0 y 1")
    return share


class Command(BaseCommand):
    help = "Agrega al padrón personas sintéticas, reproducibles por su semilla (solo en demo)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--personas", type=int, required=True, help="Cuántas personas")
        parser.add_argument("--semilla", type=int, default=1, help="Misma semilla, mismas personas")
        parser.add_argument(
            "--con-numero",
            type=_share,
            default=0.4,
            help="Parte que ya tiene NSS, de 0 a 1 (0.4 si no se indica)",
        )

    def handle(self, *, personas: int, semilla: int, con_numero: float, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Las personas sintéticas son solo para MODO=demo.")
        if personas < 1:
            raise CommandError("--personas debe ser al menos 1.")
        start = time.monotonic()
        made = generate(how_many=personas, seed=semilla, numbered=con_numero, now=reloj.now())
        self.stdout.write(
            f"{made.personas} personas nuevas, {made.numeros} con NSS de la serie {DEMO_PREFIX},"
            f" en {time.monotonic() - start:.1f} s."
        )
