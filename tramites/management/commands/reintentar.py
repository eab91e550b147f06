"""manage.py reintentar: bring Solicitudes back from fallo_tecnico."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comun import reloj
from tramites.enums import Estado
from tramites.models import Solicitud
from tramites.services import cierre


class Command(BaseCommand):
    help = (
        "Reintenta solicitudes en fallo técnico: una por su folio, o todas. En seco sin --aplicar."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folio", nargs="?", help="Folio de 23 dígitos.")
        parser.add_argument("--todas", action="store_true", help="Todas las que fallaron.")
        parser.add_argument("--aplicar", action="store_true", help="Hace el cambio.")

    def handle(self, *args: Any, **options: Any) -> None:
        folio, todas = options["folio"], options["todas"]
        if bool(folio) == todas:
            raise CommandError("Dé un folio o --todas.")
        fallen = Solicitud.objects.filter(estado=Estado.FALLO_TECNICO).order_by("movida_en")
        if folio:
            fallen = fallen.filter(folio=folio)
            if not fallen.exists():
                raise CommandError(f"No hay una solicitud en fallo técnico con el folio {folio}.")
        for solicitud in fallen:
            self.stdout.write(f"{solicitud.folio} → {solicitud.estado_previo}")
            if options["aplicar"]:
                cierre.retry(solicitud_id=solicitud.pk, now=reloj.now())
        if not options["aplicar"]:
            self.stdout.write("En seco: repita con --aplicar.")
