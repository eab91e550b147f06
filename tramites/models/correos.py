"""What proves a mailbox, and the mails that go to it."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from comun.fields import SealedJsonField
from tramites.enums import ClaseCorreo
from tramites.models.solicitud import Solicitud


class ConfirmacionQuerySet(models.QuerySet["Confirmacion"]):
    def with_code(self) -> Self:
        return self.exclude(codigo_hmac=None)

    def put_out(self, now: datetime) -> None:
        """Put these links, and their codes, out of use."""
        self.filter(sustituida_en=None).update(sustituida_en=now)


class Confirmacion(models.Model):
    """One link and one code of one mail; a newer one puts the older out of use.

    The link and the code are used apart: after the phone took the link, the
    school's computer may still go on by the code. The mail that goes beyond the
    limits, because its mailbox is bound, has a link alone (`codigo_hmac` is None) and
    puts nothing out of use: what a page says of codes must not tell who is bound, and
    who asks for mails without end gets no more tries of a code.
    """

    solicitud = models.ForeignKey(
        Solicitud, on_delete=models.CASCADE, related_name="confirmaciones"
    )
    token_hash = models.BinaryField(max_length=32, unique=True)
    codigo_hmac = models.BinaryField(max_length=32, null=True)
    creada_en = models.DateTimeField()
    vence = models.DateTimeField()
    intentos = models.PositiveSmallIntegerField(default=0)
    intentos_enlace = models.PositiveSmallIntegerField(default=0)
    enlace_usado_en = models.DateTimeField(null=True, blank=True)
    codigo_usado_en = models.DateTimeField(null=True, blank=True)
    sustituida_en = models.DateTimeField(null=True, blank=True)

    objects = ConfirmacionQuerySet.as_manager()

    class Meta:
        verbose_name = "confirmación"
        verbose_name_plural = "confirmaciones"
        constraints = (
            models.UniqueConstraint(
                fields=("solicitud",),
                condition=Q(sustituida_en=None, codigo_hmac__isnull=False),
                name="confirmacion_one_in_use_per_solicitud",
            ),
            models.CheckConstraint(
                condition=Q(vence__gt=F("creada_en")), name="confirmacion_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"confirmación de {self.solicitud_id}"


class Correo(models.Model):
    """One mail to one mailbox: the same Message-ID on every try, its words sealed until sent."""

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "Pendiente"
        ENVIADO = "enviado", "Enviado"
        RECHAZADO = "rechazado", "Rechazado"
        OMITIDO = "omitido", "No salió: tope del correo"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    solicitud = models.ForeignKey(Solicitud, on_delete=models.PROTECT, related_name="correos")
    clase = models.CharField(max_length=14, choices=ClaseCorreo)
    orden = models.PositiveIntegerField(default=1)
    destinatario = SealedJsonField()
    contexto = SealedJsonField(null=True)
    message_id = models.CharField(max_length=120, unique=True)
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.PENDIENTE)
    intentos = models.PositiveSmallIntegerField(default=0)
    exento = models.BooleanField(
        "salió fuera de los topes", default=False, db_default=False, editable=False
    )
    creado_en = models.DateTimeField()
    enviado_en = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "correo"
        ordering = ("-creado_en",)
        constraints = (
            models.UniqueConstraint(
                fields=("solicitud", "clase", "orden"), name="correo_once_per_clase_and_orden"
            ),
        )

    def __str__(self) -> str:
        return f"{self.clase} {self.orden} de {self.solicitud_id}"
