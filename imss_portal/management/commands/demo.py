"""The whole portal on this machine, until Ctrl-C."""

import signal
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from imss_portal.demo import recorrido
from imss_portal.demo.entorno import FOLDER, Entorno, seize
from imss_portal.demo.opciones import Opciones
from imss_portal.demo.pila import Pila

COLUMNS = (("CURP", 18), ("Qué pasa", 64), ("C.P.", 5), ("Correo", 0))


class Command(BaseCommand):
    help = "Levanta el portal entero: base, cola, correo, web y trabajador. Ctrl-C lo cierra."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limpia", action="store_true", help="Borra sus datos y no arranca.")
        parser.add_argument("--sin-muestra", action="store_true", help="Sin el trámite de muestra.")

    def handle(self, *, limpia: bool, sin_muestra: bool, **options: Any) -> None:
        try:
            self._begun = time.monotonic()
            if limpia:
                return self._wipe()
            _leave_on_signals()
            with Pila(FOLDER, Opciones.de_demo(self._say)) as pila:
                assert pila.entorno
                self._welcome(pila.entorno, pila.muestra["personas"])
                if not sin_muestra:
                    self._sample(pila.entorno, pila.muestra["sin_numero"])
                self._serve(pila)
        except RuntimeError as exc:  # each of ours is a sentence for the reader
            raise CommandError(str(exc)) from exc

    def _wipe(self) -> None:
        seize(FOLDER).close()
        Pila(FOLDER, Opciones.de_demo(self._say)).discard()
        self.stdout.write("Datos de la demostración borrados. `make demo` empieza de cero.")

    def _welcome(self, entorno: Entorno, people: list[dict[str, str]]) -> None:
        self.stdout.write("")
        self.stdout.write(f"  Portal   {entorno.url}/")
        if entorno.buzon:
            self.stdout.write(
                f"  Buzón    {entorno.url}/buzon/   (los correos que manda el portal)"
            )
        self.stdout.write(
            f"  Personal {entorno.url}/admin/   (crea tu cuenta: .venv/bin/python manage.py"
            " crear_personal mesa --correo mesa@example.org)"
        )
        self.stdout.write("\nPersonas de muestra, todas ficticias:\n")
        self._row([name for name, _ in COLUMNS])
        for person in people:
            self._row([person[key] for key in ("curp", "desenlace", "cp", "correo")])

    def _row(self, cells: list[str]) -> None:
        line = "  ".join(
            f"{cell:<{width}}" for cell, (_, width) in zip(cells, COLUMNS, strict=True)
        )
        self.stdout.write(f"  {line}".rstrip())

    def _sample(self, entorno: Entorno, people: list[str]) -> None:
        curp = next((one for one in people if one not in recorrido.walked(FOLDER)), None)
        if not entorno.buzon or not curp:
            return
        recorrido.note(FOLDER, curp)
        self.stdout.write("\nUn trámite de muestra, como lo haría un estudiante:")
        self.stdout.flush()
        result, fault = recorrido.walk("asignado", entorno=entorno, folder=FOLDER, curp=curp)
        if fault:
            self.stderr.write(f"  no terminó: {fault}\n  Registros en {FOLDER / 'registros'}")
            return
        self.stdout.write(f"  {curp}  NSS {result.nss}  en {result.segundos:.1f} s")
        for path in result.documentos:
            self.stdout.write(f"  {path}")

    def _serve(self, pila: Pila) -> None:
        seconds = time.monotonic() - self._begun
        self.stdout.write(f"\nListo en {seconds:.1f} s. Ctrl-C cierra todo; los datos se quedan.")
        self.stdout.flush()
        while True:
            time.sleep(0.5)
            pila.revive()

    def _say(self, text: str) -> None:
        self.stderr.write(f"==> {time.monotonic() - self._begun:5.1f} s  {text}")


def _leave_on_signals() -> None:
    """End by the normal way out, so that everything started is stopped."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    if signal.getsignal(signal.SIGHUP) == signal.SIG_DFL:  # nohup asked to ignore it
        signal.signal(signal.SIGHUP, lambda *_: sys.exit(0))
