"""`cargar_catalogos [--aplicar]`: the catalogues that come with the portal."""

from argparse import ArgumentParser
from typing import Any

from catalogos.management.commands._cargador import Cargador
from catalogos.services.propios import load_propios
from comun import reloj


class Command(Cargador):
    help = "Carga delegaciones, subdelegaciones, unidades y zonas que vienen con el portal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--aplicar", action="store_true", help="Guarda los cambios.")

    def handle(self, *, aplicar: bool, **options: Any) -> None:
        self.run(self._load, aplicar=aplicar)

    def _load(self) -> None:
        for catalogo, diferencia, fuente in load_propios(now=reloj.now()):
            if diferencia is None:
                self.stdout.write(f"{catalogo.label}: se queda la versión de «{fuente}»")
            else:
                self.report(catalogo.label, diferencia)
