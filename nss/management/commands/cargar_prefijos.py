"""Loads which prefixes each area may issue, dry by default."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from catalogos.management.commands._cargador import Cargador
from nss.services.prefijos import COLUMNAS, replace_prefijos


class Command(Cargador):
    help = (
        "Pone en uso los prefijos de serie de un CSV o XLSX y apaga los demás, también el 00 de la"
        f" demostración. Columnas: {', '.join(COLUMNAS)}. Sin delegación ni subdelegación, el"
        " prefijo es de todas; el orden menor se usa primero."
    )

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("--aplicar", action="store_true", help="Guarda los cambios.")

    def handle(self, *, archivo: Path, aplicar: bool, **options: Any) -> None:
        def load() -> None:
            changes = replace_prefijos(archivo)
            self.stdout.write(
                f"Prefijos: nuevos {changes.nuevos}, cambian {changes.cambian},"
                f" iguales {changes.iguales}, se apagan {len(changes.apagados)}"
            )
            if changes.apagados:
                self.stdout.write(f"  Se apagan: {', '.join(sorted(changes.apagados))}")

        self.run(load, aplicar=aplicar)
