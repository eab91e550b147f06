"""`cargar_umf ARCHIVO [--aplicar]`."""

from datetime import date
from pathlib import Path
from typing import Any

from catalogos.management.commands._cargador import Cargador
from catalogos.services.unidades import load_unidades
from comun import reloj


class Command(Cargador):
    help = "Carga las unidades: el libro CLUES (xlsx o csv) o la lista propia."

    def handle(self, *, archivo: Path, aplicar: bool, corte: date | None, **options: Any) -> None:
        def load() -> None:
            self.report(
                "Unidades de medicina familiar",
                load_unidades(archivo, now=reloj.now(), corte=corte),
            )

        self.run(load, aplicar=aplicar)
