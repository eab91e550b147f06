"""One whole trámite over HTTP, as a student does it; the last line printed is JSON."""

import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from imss_portal.demo import recorrido
from imss_portal.demo.entorno import FOLDER, Entorno, running
from imss_portal.demo.estudiante import Tropiezo
from imss_portal.demo.opciones import Opciones
from imss_portal.demo.pila import Pila


class Command(BaseCommand):
    help = "Recorre un trámite entero contra la demostración en marcha, o contra una que levanta."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--caso", choices=sorted(recorrido.CASOS), default="asignado")
        parser.add_argument("--curp", help="Quién; si falta, la siguiente persona sin usar.")
        parser.add_argument("--correo", help="Su correo; si falta, uno nuevo.")

    def handle(self, *, caso: str, curp: str | None, correo: str | None, **options: Any) -> None:
        if found := running():
            self._walk(found, caso, curp, correo)
            return
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            with Pila(FOLDER, Opciones.de_demo(self._say)) as pila:
                assert pila.entorno
                self._walk(pila.entorno, caso, curp, correo)
        except RuntimeError as exc:  # each of ours is a sentence for the reader
            raise CommandError(str(exc)) from exc

    def _walk(self, entorno: Entorno, caso: str, curp: str | None, correo: str | None) -> None:
        if not entorno.buzon:
            raise CommandError("El recorrido lee su correo del buzón de prueba: quita EMAIL_URL")
        try:
            who = curp or recorrido.next_person(caso, entorno=entorno, folder=FOLDER)
        except Tropiezo as exc:
            raise CommandError(str(exc)) from exc
        self._say(f"{caso}: {who}")
        result, fault = recorrido.walk(
            caso, entorno=entorno, folder=FOLDER, curp=who.strip().upper(), correo=correo
        )
        if fault:
            self.stderr.write(f"El caso {caso} no terminó como debía: {fault}")
        self.stdout.write(result.as_json())
        self.stdout.flush()
        if fault:
            sys.exit(1)

    def _say(self, text: str) -> None:
        self.stderr.write(self.style.NOTICE(f"==> {text}"))
