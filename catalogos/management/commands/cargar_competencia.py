"""`cargar_competencia ARCHIVO [--aplicar]`."""

from datetime import date
from pathlib import Path
from typing import Any

from catalogos.management.commands._cargador import Cargador
from catalogos.services.oficinas import load_competencia
from comun import reloj


class Command(Cargador):
    help = "Carga qué delegación y subdelegación atiende cada municipio."

    def handle(self, *, archivo: Path, aplicar: bool, corte: date | None, **options: Any) -> None:
        def load() -> None:
            self.report(
                "Municipios de cada subdelegación",
                load_competencia(archivo, now=reloj.now(), corte=corte),
            )

        self.run(load, aplicar=aplicar)
