"""manage.py crear_personal: a member of staff who may look at the admin."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from comun import bitacora, reloj
from comun.personal.services import cuentas

# What the help desk looks at; nobody changes any of it in the admin, save the fichas.
LOOKS_AT = {
    "tramites": ("solicitud", "movimiento"),
    "nss": ("asegurado",),
    "comun": ("pendiente",),
}
ASKS_CHANGES = ("view_casovinculo", "solicitar_casovinculo")
DECIDES_CHANGES = ("view_casovinculo", "aprobar_casovinculo")
EDITS_FICHAS = ("view_ficha", "add_ficha", "change_ficha")
RAISES_LIMITS = ("view_ampliacionbuzon", "add_ampliacionbuzon", "delete_ampliacionbuzon")
REVEALS = ("revelar",)
SUPERVISES = ("view_revelacion",)
ATTENDS_ALERTS = ("view_alerta", "change_alerta")
ANSWERS_PETITIONS = ("view_peticion", "add_peticion", "change_peticion")


class Command(BaseCommand):
    help = "Crea una cuenta de personal con permiso de consulta y muestra su clave una sola vez."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("usuario")
        parser.add_argument("--correo", required=True)
        parser.add_argument("--nombre", default="")
        parser.add_argument("--edita-fichas", action="store_true", help="Puede cambiar las fichas.")
        parser.add_argument(
            "--amplia-buzones", action="store_true", help="Puede ampliar el tope de un correo."
        )
        parser.add_argument(
            "--atiende-alertas", action="store_true", help="Puede atender las alertas de abuso."
        )
        parser.add_argument(
            "--solicita-cambios",
            action="store_true",
            help="Puede solicitar el cambio de correo de quien se presenta.",
        )
        parser.add_argument(
            "--aprueba-cambios",
            action="store_true",
            help="Puede aprobar o rechazar los cambios que otra persona solicita, y ver sus datos.",
        )
        parser.add_argument(
            "--oficina", default="", help="Como la leerá quien pregunte quién consultó sus datos."
        )
        parser.add_argument(
            "--revela", action="store_true", help="Puede ver un dato completo, diciendo por qué."
        )
        parser.add_argument(
            "--supervisa", action="store_true", help="Ve quién reveló qué, y cuántas veces al día."
        )
        parser.add_argument(
            "--atiende-derechos",
            action="store_true",
            help="Contesta peticiones sobre datos (ARCO).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model()
        usuario, correo = options["usuario"], options["correo"]
        if users.objects.filter(username=usuario).exists():
            raise CommandError(f"Ya existe la cuenta «{usuario}».")
        try:
            validate_email(correo)
        except ValidationError:
            raise CommandError(f"«{correo}» no es un correo electrónico.") from None
        clave = secrets.token_urlsafe(15)
        with transaction.atomic():
            user = users.objects.create_user(
                usuario, correo, clave, is_staff=True, first_name=options["nombre"][:150]
            )
            user.user_permissions.set(self._permissions(options))
            cuentas.begin(user, oficina=options["oficina"][:80])
            bitacora.append(accion="personal.creado", objeto=f"usuario:{user.pk}", now=reloj.now())
        self.stdout.write(f"Cuenta: {usuario}")
        self.stdout.write(f"Clave:  {clave}   (no se vuelve a mostrar)")
        self.stdout.write("Al entrar por primera vez activa su segundo paso y elige su clave.")

    @staticmethod
    def _permissions(options: dict[str, Any]) -> list[Permission]:
        asked = {
            "edita_fichas": EDITS_FICHAS,
            "amplia_buzones": RAISES_LIMITS,
            "atiende_alertas": ATTENDS_ALERTS,
            "solicita_cambios": ASKS_CHANGES,
            "aprueba_cambios": DECIDES_CHANGES,
            "atiende_derechos": ANSWERS_PETITIONS,
            "revela": REVEALS,
            "supervisa": SUPERVISES,
        }
        more = [name for option, names in asked.items() if options[option] for name in names]
        return [
            *Permission.objects.filter(codename__in=more),
            *(
                Permission.objects.get(content_type__app_label=app, codename=f"view_{model}")
                for app, models in LOOKS_AT.items()
                for model in models
            ),
        ]
