"""Who walks next: somebody whose outcome is known beforehand."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nss.demo import PERSONAS, next_unused, persona
from nss.values import Curp

PAPERS = ("localizado", "verificar", "reemitir", "revocar")  # begin with a number that is there
CASES = (*PAPERS, "asignado", "inconcluso", "retenido")


class Command(BaseCommand):
    help = "Escribe la CURP de alguien que sirve para el caso y no está en la lista."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--caso", choices=CASES, required=True)
        parser.add_argument("usadas", nargs="*", help="CURP que ya se usaron.")

    def handle(self, *, caso: str, usadas: list[str], **options: Any) -> None:
        found = _choose(caso, set(usadas))
        if found is None:
            raise CommandError(f"Ya no hay personas sin usar para «{caso}»: da CURP= o limpia.")
        self.stdout.write(found)


def _choose(caso: str, used: set[str]) -> Curp | None:
    if caso in PAPERS:
        return next_unused("localizado", used)
    if caso == "asignado":
        return next_unused("asignado", used)
    if caso == "retenido":  # only one person begins with a mailbox of their own
        return persona("correo-vinculado").curp
    stopped = [one.curp for one in PERSONAS if one.desenlace.startswith("Inconcluso")]
    fresh = (curp for curp in stopped if curp not in used)
    # A key that is not found leaves no trace, so that one serves for ever.
    return next_unused("inconcluso", used) or next(fresh, persona("no-encontrado").curp)
