"""The demo's people as JSON, for `make demo` to print."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from nss.demo import PERSONAS


class Command(BaseCommand):
    help = "Escribe en JSON las personas de muestra: clave, CURP, desenlace, C.P. y correo."

    def handle(self, **options: Any) -> None:
        facts = ("clave", "curp", "desenlace", "cp", "correo")
        rows = [{name: str(getattr(person, name) or "") for name in facts} for person in PERSONAS]
        self.stdout.write(json.dumps(rows, ensure_ascii=False))
