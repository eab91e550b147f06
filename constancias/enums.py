"""What a document is, what it tells, and how it and its key may stand."""

from django.db import models


class Tipo(models.TextChoices):
    CONSTANCIA = "constancia", "Número de Seguridad Social"
    TARJETA = "tarjeta", "Tarjeta de Número de Seguridad Social"


class Verbo(models.TextChoices):
    ASIGNACION = "asignacion", "Asignación de NSS"
    LOCALIZACION = "localizacion", "Localización de NSS"

    @property
    def frase(self) -> str:
        """Return what the sheet says was done with the number."""
        return "se asignó" if self is Verbo.ASIGNACION else "se recuperó"


class EstadoConstancia(models.TextChoices):
    VIGENTE = "vigente", "Vigente"
    SUSTITUIDA = "sustituida", "Sustituida"
    REVOCADA = "revocada", "Revocada"


class EstadoLlave(models.TextChoices):
    ACTIVA = "activa", "Activa"
    RETIRADA = "retirada", "Retirada"
    REVOCADA = "revocada", "Revocada"
