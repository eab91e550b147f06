"""`cargar_cobertura ARCHIVO [--aplicar]`."""

from datetime import date
from pathlib import Path
from typing import Any

from catalogos.management.commands._cargador import Cargador
from catalogos.services.cobertura import load_cobertura
from comun import reloj


class Command(Cargador):
    help = "Carga qué unidad atiende cada colonia, código postal o municipio."

    def handle(self, *, archivo: Path, aplicar: bool, corte: date | None, **options: Any) -> None:
        def load() -> None:
            self.report(
                "Zonas de las unidades", load_cobertura(archivo, now=reloj.now(), corte=corte)
            )

        self.run(load, aplicar=aplicar)
