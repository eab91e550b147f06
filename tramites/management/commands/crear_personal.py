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
from personal.services import cuentas

# What the help desk looks at; nobody changes any of it in the admin, save the fichas.
LOOKS_AT = {
    "tramites": ("solicitud", "movimiento"),
    "nss": ("asegurado",),
    "comun": ("pendiente",),
}
EDITS_FICHAS = ("view_ficha", "add_ficha", "change_ficha")
RAISES_LIMITS = ("view_ampliacionbuzon", "add_ampliacionbuzon", "delete_ampliacionbuzon")


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
            cuentas.begin(user)
            bitacora.append(accion="personal.creado", objeto=f"usuario:{user.pk}", now=reloj.now())
        self.stdout.write(f"Cuenta: {usuario}")
        self.stdout.write(f"Clave:  {clave}   (no se vuelve a mostrar)")
        self.stdout.write("Al entrar por primera vez activa su segundo paso y elige su clave.")

    @staticmethod
    def _permissions(options: dict[str, Any]) -> list[Permission]:
        more = (
            *(EDITS_FICHAS if options["edita_fichas"] else ()),
            *(RAISES_LIMITS if options["amplia_buzones"] else ()),
        )
        return [
            *Permission.objects.filter(content_type__app_label="tramites", codename__in=more),
            *(
                Permission.objects.get(content_type__app_label=app, codename=f"view_{model}")
                for app, models in LOOKS_AT.items()
                for model in models
            ),
        ]
