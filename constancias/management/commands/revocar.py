"""Takes every document of a folio out of force, at the word of two people."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comun import reloj
from comun.errors import DomainError
from constancias.enums import DE_REVOCACION, Motivo
from constancias.services import revoke


class Command(BaseCommand):
    help = "Revoca los documentos de un folio. Lo pide una persona y lo aprueba otra."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folio")
        motivos = [motivo.value for motivo in DE_REVOCACION]
        parser.add_argument("--motivo", choices=motivos, required=True)
        parser.add_argument("--solicita", required=True, help="Quién lo pide.")
        parser.add_argument("--aprueba", required=True, help="Otra persona, que lo aprueba.")

    def handle(self, *args: Any, folio: str, motivo: str, **options: Any) -> None:
        try:
            rows = revoke(
                folio=folio,
                motivo=Motivo(motivo),
                solicita=options["solicita"],
                aprueba=options["aprueba"],
                now=reloj.now(),
            )
        except DomainError as exc:
            raise CommandError(f"{exc.message} {exc.advice}") from exc
        self.stdout.write(f"Revocados: {', '.join(sorted(row.tipo for row in rows))}")
