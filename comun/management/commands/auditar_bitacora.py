"""manage.py auditar_bitacora: names each entry that is not as it was written."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comun import auditoria
from comun.auditoria import Cabeza
from comun.models import Bitacora

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Revisa la bitácora asiento por asiento y nombra los alterados, los que faltan y los"
        " puestos. Para saber si le cortaron el final, dale una cabeza anotada fuera de la base."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--hasta", metavar="N:HMAC", help="Una cabeza, como la imprime.")
        parser.add_argument("--registro", type=Path, help="Un registro del portal, con cabezas.")

    def handle(self, *, hasta: str | None, registro: Path | None, **options: Any) -> None:
        began = time.monotonic()
        found = list(auditoria.examine(self._heads(hasta, registro)))
        for one in found[:SHOWN]:
            self.stderr.write(f"asiento {one.n}: {one.motivo}")
        if found:
            more = f" (se muestran {SHOWN})" if len(found) > SHOWN else ""
            raise CommandError(f"La bitácora no está íntegra: {len(found)} asientos{more}.")
        seconds = time.monotonic() - began
        self.stdout.write(f"{Bitacora.objects.count()} asientos íntegros en {seconds:.1f} s.")
        self.stdout.write(f"Cabeza: {auditoria.head()}   (anótala fuera de la base)")

    @staticmethod
    def _heads(hasta: str | None, registro: Path | None) -> list[Cabeza]:
        heads = []
        if hasta:
            try:
                heads.append(Cabeza.parse(hasta))
            except ValueError:
                raise CommandError("--hasta es N:HMAC, como lo imprime esta orden.") from None
        if registro:
            if not registro.is_file():
                raise CommandError(f"No existe {registro}")
            heads.extend(auditoria.heads_in(registro))
        return heads
