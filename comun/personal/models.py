"""What is kept of each member of staff besides Django's account: second factor, browsers, tries."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from comun.fields import BlindIndexField, SealedJsonField
from comun.personal.enums import Clase, Dato, Motivo


class Acceso(models.Model):
    """The second factor of one account; another id is another factor, and ends its sessions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    usuario = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="acceso", verbose_name="cuenta"
    )
    secreto = SealedJsonField(null=True)  # {"totp": base32}
    confirmado_en = models.DateTimeField("activado", null=True, blank=True)
    ultimo_paso = models.BigIntegerField(default=0)  # time step of the last code taken
    oficina = models.CharField(max_length=80, default="Mesa de ayuda del portal")
    clave_temporal = models.BooleanField("debe cambiar su contraseña", default=False)

    class Meta:
        verbose_name = "acceso"
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmado_en=None) | Q(secreto__isnull=False),
                name="acceso_confirmed_has_a_secret",
            ),
        )

    def __str__(self) -> str:
        return f"acceso de la cuenta {self.usuario_id}"


class CodigoRecuperacion(models.Model):
    """One way in when the phone is lost: 120 random bits, of which the SHA-256 is kept."""

    acceso = models.ForeignKey(Acceso, models.CASCADE, related_name="codigos")
    huella = models.BinaryField(max_length=32, unique=True)
    usado_en = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "código de recuperación"
        verbose_name_plural = "códigos de recuperación"

    def __str__(self) -> str:
        return "usado" if self.usado_en else "sin usar"


class Intento(models.Model):
    """One try to come in that did not succeed yet; who and from where, as a keyed digest."""

    quien = BlindIndexField()
    cuando = models.DateTimeField()

    class Meta:
        verbose_name = "intento de entrada"
        verbose_name_plural = "intentos de entrada"
        indexes = (models.Index(fields=("quien", "cuando"), name="intento_by_quien"),)

    def __str__(self) -> str:
        return f"{self.cuando:%d/%m %H:%M}"


class Equipo(models.Model):
    """A browser from which an account came in: its cookie's SHA-256."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="equipos", verbose_name="cuenta"
    )
    huella = models.BinaryField(max_length=32, unique=True)
    etiqueta = models.CharField(max_length=40)
    visto_en = models.DateTimeField()

    class Meta:
        verbose_name = "equipo conocido"
        verbose_name_plural = "equipos conocidos"

    def __str__(self) -> str:
        return self.etiqueta


class Aviso(models.Model):
    """A mail to a member of staff about their own account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    usuario = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    clase = models.CharField(max_length=20, choices=Clase)
    detalle = models.CharField(max_length=60, blank=True)
    creado_en = models.DateTimeField()
    enviado_en = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "aviso al personal"
        verbose_name_plural = "avisos al personal"

    def __str__(self) -> str:
        return self.get_clase_display()


class RevelacionQuerySet(models.QuerySet["Revelacion"]):
    def of_person(self, sujeto: bytes) -> Self:
        return self.filter(sujeto=sujeto)


class Revelacion(models.Model):
    """Somebody of the staff saw a datum of a person in full, and said why. Written once.

    `sujeto` is the blind index of the person's CURP: by it they find who looked.
    """

    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="cuenta"
    )
    oficina = models.CharField(max_length=80)
    sujeto = BlindIndexField(editable=False)
    objeto = models.CharField(max_length=80)
    dato = models.CharField(max_length=10, choices=Dato)
    motivo = models.CharField(max_length=12, choices=Motivo)
    referencia = models.CharField("caso u oficio", max_length=60)
    fecha = models.DateTimeField()

    objects = RevelacionQuerySet.as_manager()

    class Meta:
        verbose_name = "dato revelado"
        verbose_name_plural = "datos revelados"
        ordering = ("-fecha", "-pk")
        permissions = (("revelar", "Puede revelar un dato de una persona"),)
        indexes = (
            models.Index(fields=("sujeto",), name="revelacion_by_sujeto"),
            models.Index(fields=("fecha",), name="revelacion_by_fecha"),
        )
        constraints = (
            models.CheckConstraint(
                name="revelacion_says_what_and_why",
                condition=Q(dato__in=Dato.values)
                & Q(motivo__in=Motivo.values)
                & ~Q(referencia="")
                & ~Q(oficina=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_dato_display()} {self.fecha:%d/%m/%Y}"
