"""What a member of staff is told by mail."""

from django.db.models import TextChoices


class Clase(TextChoices):
    EQUIPO = "equipo", "Entrada desde un equipo nuevo"
    CLAVE = "clave", "Contraseña cambiada"
    RESTABLECIDO = "restablecido", "Segundo paso restablecido"
    RECUPERACION = "recuperacion", "Código de recuperación usado"
    CODIGOS = "codigos", "Códigos de recuperación nuevos"


AVISAR = "avisar_personal"  # the step of the outbox
