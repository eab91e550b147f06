"""`cargar_sepomex ARCHIVO | --paquete`: postal codes and colonias."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from catalogos.lectura.sepomex import Lectura, read_official, read_package
from catalogos.management.commands._cargador import Cargador
from catalogos.services.asentamientos import load_asentamientos
from comun import reloj

WARNING_2018 = (
    "ATENCIÓN: datos de 2018 (paquete postalcodes-mexico). Sirven para la demostración;"
    " para trabajar carga el archivo oficial CPdescarga de SEPOMEX."
)


class Command(Cargador):
    help = "Carga códigos postales y colonias: el archivo de SEPOMEX (txt o zip), o --paquete."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archivo", type=Path, nargs="?", help="CPdescarga, .txt o .zip.")
        parser.add_argument(
            "--paquete", action="store_true", help="Usa el paquete postalcodes-mexico (2018)."
        )
        self.add_options(parser)

    def handle(
        self,
        *,
        archivo: Path | None,
        paquete: bool,
        aplicar: bool,
        corte: date | None,
        **options: Any,
    ) -> None:
        if (archivo is None) == (not paquete):
            raise CommandError("Indica un archivo, o --paquete")
        if paquete:
            self.stdout.write(self.style.WARNING(WARNING_2018))

        def load() -> None:
            lectura = read_official(archivo, fecha_corte=corte) if archivo else read_package()
            self._load(lectura)

        self.run(load, aplicar=aplicar)

    def _load(self, lectura: Lectura) -> None:
        self.stdout.write(
            f"{lectura.procedencia.fuente}: {len(lectura.filas)} filas ({lectura.codificacion})"
        )
        self.report("Asentamientos", load_asentamientos(lectura, now=reloj.now()))
