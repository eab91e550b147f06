"""Loads people and the numbers they already have from a CSV, dry by default."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comun import reloj
from nss.lectura import OPTIONAL, REQUIRED, ArchivoInvalido, read_padron
from nss.services.carga import Resultado, load_file

_SHOWN = 50


class Command(BaseCommand):
    help = (
        "Carga o actualiza el padrón de identidad desde un CSV en UTF-8. Columnas obligatorias: "
        + ", ".join(REQUIRED)
        + ". Opcionales: "
        + ", ".join(OPTIONAL)
        + "."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archivo", type=Path, help="Archivo CSV")
        parser.add_argument("--aplicar", action="store_true", help="Conserva los cambios.")

    def handle(self, *, archivo: Path, aplicar: bool, **options: Any) -> None:
        if not archivo.is_file():
            raise CommandError(f"No existe {archivo}")
        now = reloj.now()
        lines = read_padron(archivo, today=reloj.local_date(now))
        try:
            resultado = load_file(lines, apply=aplicar, now=now)
        except ArchivoInvalido as exc:
            raise CommandError(str(exc)) from None
        self._refuse(resultado)
        self._tell(resultado)
        if not aplicar:
            self.stdout.write("En seco: no se guardó nada. Repite con --aplicar para conservarlo.")

    def _refuse(self, resultado: Resultado) -> None:
        for falta in resultado.faltas[:_SHOWN]:
            self.stderr.write(f"línea {falta.linea}: {falta.motivo}")
        if total := len(resultado.faltas):
            rest = f" (se muestran {_SHOWN})" if total > _SHOWN else ""
            raise CommandError(f"{total} líneas con errores{rest}: no se guardó nada.")

    def _tell(self, resultado: Resultado) -> None:
        personas = resultado.personas
        self.stdout.write(
            f"Personas: {personas.nuevas} nuevas, {personas.cambiadas} cambiadas,"
            f" {personas.iguales} iguales."
        )
        self.stdout.write(
            f"Números: {resultado.numeros} nuevos, {resultado.conocidos} ya registrados."
        )
        if resultado.fuera_de_regla:
            self.stdout.write(
                f"Aviso: {resultado.fuera_de_regla} CURP no se derivan del nombre"
                " (puede ser correcto)."
            )
