"""The keys of the blind indexes: make one, and cover every index with it while nobody is at work."""

import base64
import getpass
import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comun import bitacora, cripto, indices, reloj, testigo

PASOS = """Detén el portal entero: web, trabajador y agenda. Pon esta llave al PRINCIPIO de LLAVES_INDICE,
con las anteriores detrás, todas y en su orden: no se quitan nunca. Corre manage.py llaves_indice
rotar, y arranca todo con el anillo nuevo. Guárdala aparte de la base y de sus respaldos."""


class Command(BaseCommand):
    help = (
        "Llaves de los índices: nueva hace una, estado dice si el anillo es el de la base, rotar."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verbo", choices=("nueva", "rotar", "estado"))

    def handle(self, *, verbo: str, **options: Any) -> None:
        if verbo == "nueva":
            known = cripto.index_ring()
            name = next(f"i{n}" for n in range(1, 100) if f"i{n}" not in known)
            key = base64.b64encode(secrets.token_bytes(cripto.KEY_BYTES)).decode()
            self.stdout.write(f"{name}:{key}")
            self.stderr.write(PASOS)
        elif verbo == "rotar":
            self._rotate()
        elif testigo.fits():
            self.stdout.write("El anillo es el que escribió esta base.")
        elif testigo.fits(without_first=True):
            self.stdout.write("La primera llave es nueva: falta manage.py llaves_indice rotar.")
        else:
            raise CommandError("El anillo no es el que escribió esta base.")

    def _rotate(self) -> None:
        try:
            done = indices.reindex_all()
        except indices.EnMarcha as exc:
            raise CommandError(f"Detén el portal: tiene {exc} conexiones abiertas.") from None
        except indices.LlaveAjena:
            raise CommandError(
                "Detrás de la primera llave deben estar las que escribieron esta base, en su orden."
            ) from None
        for table, rows in done.items():
            self.stdout.write(f"{table}: {rows}")
        if not done:
            self.stdout.write("Nada que hacer: el anillo es el que escribió esta base.")
            return
        actor, key = f"orden:{getpass.getuser()}"[:80], next(iter(cripto.index_ring()))
        razon = f"{sum(done.values())} filas"
        bitacora.append(
            accion="llaves.indices", objeto=key, actor=actor, razon=razon, now=reloj.now()
        )
