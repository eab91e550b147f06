"""manage.py barrer: one round of the sweeper by hand."""

from typing import Any

from django.core.management.base import BaseCommand

from comun import outbox, reloj


class Command(BaseCommand):
    help = "Vuelve a avisar de los pasos que esperan (lo mismo que hace el barrido automático)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{outbox.sweep(reloj.now())} pasos avisados")
