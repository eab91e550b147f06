"""The keys of data: make one, see which are in use, seal everything again with the first."""

import base64
import getpass
import secrets
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comun import bitacora, cripto, llavero, reloj
from constancias.services import resello

Verb = Callable[[], tuple[int, list[str]]]
PASOS = """Ponla PRIMERO al final de LLAVES_DATOS en todos los procesos y reinícialos; cuando todos la
conozcan, ponla al principio y reinícialos otra vez. Después: manage.py llaves_datos rotar.
Guárdala aparte de la base y de sus respaldos: sin ella lo sellado se pierde."""

SOBRA = (
    "    ya no se usa: quita «{}» de LLAVES_DATOS cuando pasen 10 minutos, y consérvala con los"
    " respaldos que la necesiten."
)


class Command(BaseCommand):
    help = (
        "Llaves de datos: nueva hace una, estado dice cuáles se usan, rotar sella con la primera."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verbo", choices=("nueva", "rotar", "estado"))
        parser.add_argument("--id", default="", help="Nombre de la llave nueva, por ejemplo d2.")
        parser.add_argument(
            "--lote", type=int, default=llavero.BATCH, help="Filas que se detienen a la vez."
        )

    def handle(self, *, verbo: str, **options: Any) -> None:
        if verbo == "nueva":
            self._new(options["id"])
        elif verbo == "rotar":
            self._rotate(options["lote"])
        else:
            self._tell()

    def _new(self, key_id: str) -> None:
        known = set(cripto.data_ring())
        key_id = key_id or next(f"d{n}" for n in range(1, 100) if f"d{n}" not in known)
        if key_id in known or not key_id.isascii() or not key_id.isalnum() or len(key_id) > 16:
            raise CommandError("El nombre ya está en uso, o no son hasta 16 letras y números.")
        key = base64.b64encode(secrets.token_bytes(cripto.KEY_BYTES)).decode()
        self.stdout.write(f"{key_id}:{key}")
        self.stderr.write(PASOS)

    def _rotate(self, batch: int) -> None:
        try:
            with llavero.one_at_a_time():
                total, broken = self._reseal(batch)
        except llavero.OtraEnMarcha:
            raise CommandError("Ya hay un cambio de llaves en marcha.") from None
        now, key = reloj.now(), cripto.current_key()
        actor, razon = f"orden:{getpass.getuser()}"[:80], f"{total} valores"
        bitacora.append(accion="llaves.rotadas", objeto=key, actor=actor, razon=razon, now=now)
        self.stdout.write(f"{total} valores sellados con «{key}».")
        self._tell()
        if broken:
            raise CommandError("No se pueden abrir, y quedan como están:\n" + "\n".join(broken))

    def _reseal(self, batch: int) -> tuple[int, list[str]]:
        total, broken = 0, list[str]()
        places: list[tuple[str, Verb]] = [
            (str(one), partial(llavero.reseal_column, one, batch=batch))
            for one in llavero.columns()
        ]
        for name, verb in (*places, (resello.LUGAR, resello.reseal_files)):
            done, left = verb()
            self.stdout.write(f"{name}: {done}")
            total += done
            broken += left
        return total, broken

    def _tell(self) -> None:
        used: Counter[str] = Counter(resello.keys_of_files())
        for columna in llavero.columns():
            used.update(llavero.keys_in_use(columna))
        for place, key_id in enumerate(cripto.data_ring()):
            does, count = "solo abre" if place else "sella", used.pop(key_id, 0)
            self.stdout.write(f"{key_id}: {does}, {count} valores")
            if place and not count:
                self.stdout.write(SOBRA.format(key_id))
        for key_id, count in used.items():
            self.stdout.write(f"{key_id}: FALTA en LLAVES_DATOS y la usan {count} valores")
