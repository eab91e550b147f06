"""Who walks next: somebody of the padrón whose outcome is known beforehand."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nss.demo import next_unused


class Command(BaseCommand):
    help = "Escribe la CURP de una persona del padrón que sirve para el caso y no está en la lista."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--caso", required=True)
        parser.add_argument("usadas", nargs="*", help="CURP que ya se usaron.")

    def handle(self, *, caso: str, usadas: list[str], **options: Any) -> None:
        found = next_unused(caso, set(usadas))
        if not found:
            raise CommandError(f"Ya no hay personas sin usar para «{caso}»: da CURP= o limpia.")
        self.stdout.write(str(found))
