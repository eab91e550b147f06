"""The keys that seal documents: create, list, rotate, revoke, publish, and certificates of a real CA."""

import getpass
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comun import reloj
from comun.errors import DomainError
from constancias import claves, llaves, offline, services
from constancias.errors import SelloUnavailable
from constancias.models import LlaveSello
from constancias.rules import print_serie
from constancias.services.custodia import asked_path

WHY_UNFIT = {
    "sin_solicitud": "no hay una solicitud pendiente: llaves_sello solicitud",
    "no_es_pem": "no se puede leer como PEM",
    "otra_llave": "es de otra llave que la de la última solicitud",
    "vencido": "hoy no está dentro de su vigencia",
    "uso": "no permite firmar",
    "autoridad": "no lo firmó ninguno de los certificados de --autoridad",
}


class Command(BaseCommand):
    help = (
        "Crea, muestra, rota, revoca y publica las llaves del sello; pide e instala certificados."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verbo", required=True)
        crear = verbs.add_parser("crear", help="Crea una llave y retira la activa.")
        crear.add_argument("--si-falta", action="store_true", help="Solo si no hay una útil.")
        verbs.add_parser("listar", help="Muestra las llaves, de la más nueva a la primera.")
        verbs.add_parser(
            "rotar", help="Cambia la llave activa por una nueva; la anterior se retira."
        )
        revocar = verbs.add_parser("revocar", help="Deja de creer en una llave y en lo que selló.")
        revocar.add_argument("serie")
        revocar.add_argument("--motivo", required=True)
        revocar.add_argument("--solicita", required=True, help="Quién lo pide.")
        revocar.add_argument("--aprueba", required=True, help="Otra persona, que lo aprueba.")
        publicar = verbs.add_parser("publicar", help="Firma otra vez la lista de estados.")
        publicar.add_argument("--carpeta", type=Path, help="Además escribe ahí lo público.")
        solicitud = verbs.add_parser("solicitud", help="Pide un certificado (CSR) a una autoridad.")
        solicitud.add_argument("--salida", type=Path, help="Archivo; si falta, en pantalla.")
        instalar = verbs.add_parser("instalar", help="Instala el certificado que dio la autoridad.")
        instalar.add_argument("certificado", type=Path)
        instalar.add_argument("--autoridad", type=Path, required=True, help="Su cadena, en PEM.")

    def handle(self, *args: Any, verbo: str, **options: Any) -> None:
        if verbo != "listar" and not settings.LLAVE_SELLO:
            raise CommandError("Falta LLAVE_SELLO: el archivo donde vive la llave privada.")
        try:
            getattr(self, f"_{verbo}")(options)
        except SelloUnavailable as exc:
            raise CommandError(f"No se pudo escribir o leer {settings.LLAVE_SELLO}") from exc
        except DomainError as exc:
            why = WHY_UNFIT.get(str(exc.context.get("motivo")))
            raise CommandError(f"{exc.message} {why or exc.advice}") from exc
        except OSError as exc:
            raise CommandError(f"No se pudo abrir {exc.filename}: {exc.strerror}") from exc

    def _crear(self, options: dict[str, Any]) -> None:
        if options["si_falta"] and llaves.is_ready():
            return
        self._activated(services.new_key(now=reloj.now(), actor=operator()), options)

    def _rotar(self, options: dict[str, Any]) -> None:
        if not LlaveSello.objects.active().exists():
            raise CommandError("No hay una llave activa que rotar: llaves_sello crear")
        self._activated(services.new_key(now=reloj.now(), actor=operator()), options)

    def _activated(self, row: LlaveSello, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            self.stdout.write(
                f"Llave {print_serie(row.serie)} activa; privada en {settings.LLAVE_SELLO}"
            )

    def _listar(self, options: dict[str, Any]) -> None:
        for row in LlaveSello.objects.all():
            dates = f"{row.desde:%d/%m/%Y} a {row.hasta:%d/%m/%Y}"
            self.stdout.write(f"{print_serie(row.serie)}  {row.estado:9} {dates}")

    def _revocar(self, options: dict[str, Any]) -> None:
        row = services.revoke_key(
            serie=options["serie"],
            motivo=options["motivo"],
            solicita=options["solicita"],
            aprueba=options["aprueba"],
            now=reloj.now(),
        )
        self.stdout.write(f"Llave {print_serie(row.serie)} revocada.")
        if not LlaveSello.objects.active().exists():
            self.stdout.write("No queda una activa: los documentos esperan a llaves_sello crear.")

    def _publicar(self, options: dict[str, Any]) -> None:
        row = services.publish_estados(now=reloj.now())
        self.stdout.write(f"Lista de estados firmada con la llave {print_serie(row.serie)}.")
        if options["carpeta"]:
            page = offline.build(reloj.now())
            paths = claves.write_all(options["carpeta"])
            paths.append(options["carpeta"] / page.nombre)
            paths[-1].write_text(page.html)
            for path in paths:
                self.stdout.write(str(path))

    def _solicitud(self, options: dict[str, Any]) -> None:
        text = services.request_certificate()
        if options["salida"]:
            options["salida"].write_text(text)
        else:
            self.stdout.write(text)
        self.stderr.write(f"La llave privada espera en {asked_path()} hasta llaves_sello instalar.")

    def _instalar(self, options: dict[str, Any]) -> None:
        row = services.install_certificate(
            certificado=options["certificado"].read_text(),
            autoridad=options["autoridad"].read_text(),
            now=reloj.now(),
            actor=operator(),
        )
        self._activated(row, options)


def operator() -> str:
    """Return who runs the command, as the audit names them."""
    try:
        return f"orden:{getpass.getuser()}"[:80]
    except (KeyError, OSError):
        return "orden"
