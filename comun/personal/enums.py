"""What a member of staff is told by mail; what of a person they may reveal, and why."""

from django.db.models import TextChoices


class Clase(TextChoices):
    EQUIPO = "equipo", "Entrada desde un equipo nuevo"
    CLAVE = "clave", "Contraseña cambiada"
    RESTABLECIDO = "restablecido", "Segundo paso restablecido"
    RECUPERACION = "recuperacion", "Código de recuperación usado"
    CODIGOS = "codigos", "Códigos de recuperación nuevos"


class Dato(TextChoices):
    CURP = "curp", "CURP"
    NSS = "nss", "NSS"
    NOMBRE = "nombre", "Nombre"
    CORREO = "correo", "Correo"
    DOMICILIO = "domicilio", "Domicilio"


class Motivo(TextChoices):
    """Why, in words that the person reads too."""

    AYUDA = "ayuda", "Ayudar a la persona con su trámite"
    ACLARACION = "aclaracion", "Aclarar un dato que no coincide"
    PETICION = "peticion", "Atender una petición sobre sus datos"
    ABUSO = "abuso", "Investigar un posible abuso"
    AUTORIDAD = "autoridad", "Contestar a una autoridad"


AVISAR = "avisar_personal"  # the step of the outbox
