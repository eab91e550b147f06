"""Makes the documents of a folio again under a new one; the last line printed is the new folio."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comun import reloj
from comun.errors import DomainError, Transient
from constancias.documentos import Hoja
from constancias.enums import DE_SUSTITUCION, Motivo, Tipo
from constancias.models import Constancia
from constancias.services import reissue
from nss.identidad import Identidad, fuente
from nss.values import Curp


class Command(BaseCommand):
    help = "Expide otra vez los documentos de un folio: mismo NSS, folio nuevo, el anterior sustituido."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folio")
        motivos = [motivo.value for motivo in DE_SUSTITUCION]
        parser.add_argument("--motivo", choices=motivos, default=Motivo.REEMPLAZO.value)
        parser.add_argument("--actor", default=getpass.getuser(), help="Quién lo hace.")
        parser.add_argument(
            "--corregir", action="store_true", help="Toma los datos que hoy dice la fuente."
        )

    def handle(
        self, *args: Any, folio: str, motivo: str, actor: str, corregir: bool, **options: Any
    ) -> None:
        try:
            nuevo = reissue(
                folio=folio,
                motivo=Motivo(motivo),
                actor=actor,
                now=reloj.now(),
                identidad=self._today(folio) if corregir else None,
            )
        except DomainError as exc:
            raise CommandError(f"{exc.message} {exc.advice}") from exc
        except Transient as exc:
            raise CommandError(f"Ahora no se puede sellar ({exc}): inténtalo otra vez.") from exc
        self.stdout.write(nuevo)

    def _today(self, folio: str) -> Identidad:
        row = Constancia.objects.of_folio(folio).filter(tipo=Tipo.CONSTANCIA).first()
        if row is None:
            raise CommandError("No hay una constancia con ese folio.")
        found = fuente().look_up(Curp(Hoja.from_json(row.snapshot).facts.curp))
        if found is None:
            raise CommandError("La fuente de identidad no conoce hoy a esa persona.")
        return found
