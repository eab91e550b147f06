"""`cargar_subdelegaciones ARCHIVO [--aplicar]`."""

from datetime import date
from pathlib import Path
from typing import Any

from catalogos.management.commands._cargador import Cargador
from catalogos.services.oficinas import load_subdelegaciones
from comun import reloj


class Command(Cargador):
    help = "Carga las subdelegaciones: el diccionario del IMSS (xlsx o csv)."

    def handle(self, *, archivo: Path, aplicar: bool, corte: date | None, **options: Any) -> None:
        def load() -> None:
            self.report(
                "Subdelegaciones", load_subdelegaciones(archivo, now=reloj.now(), corte=corte)
            )

        self.run(load, aplicar=aplicar)
