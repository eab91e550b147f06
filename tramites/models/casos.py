"""A change of mailbox that people decide: one of the staff asks, another one approves."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from comun.fields import BlindIndexField, SealedJsonField
from nss.values import Curp
from tramites import rules
from tramites.models.solicitud import Solicitud


class CasoVinculo(models.Model):
    """Whose mailbox speaks for a CURP, settled in person or after a «no fui yo».

    `datos` (sealed): curp, and the new mailbox as `correo` ("": the bond is only freed).
    """

    class Origen(models.TextChoices):
        NO_FUI_YO = "no_fui_yo", "«No fui yo»"
        EN_PERSONA = "en_persona", "En persona"

    class Motivo(models.TextChoices):
        PERDIO_CORREO = "perdio_correo", "Perdió su correo"
        OTRA_PERSONA = "otra_persona", "Otra persona usó su CURP"
        OBJECION = "objecion", "No pidió el cambio de correo"

    class Estado(models.TextChoices):
        ABIERTO = "abierto", "Abierto"
        SOLICITADO = "solicitado", "Por aprobar"
        APROBADO = "aprobado", "Aprobado"
        RECHAZADO = "rechazado", "Rechazado"
        ATENDIDO = "atendido", "Atendido con otro caso"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    curp_idx = BlindIndexField(editable=False)
    datos = SealedJsonField()
    origen = models.CharField(max_length=10, choices=Origen, editable=False)
    motivo = models.CharField(max_length=13, choices=Motivo)
    razon = models.CharField("razón", max_length=160, blank=True)
    estado = models.CharField(max_length=10, choices=Estado, editable=False)
    solicitud = models.ForeignKey(
        Solicitud, on_delete=models.PROTECT, null=True, editable=False, related_name="casos"
    )
    solicita = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="casos_solicitados",
        verbose_name="solicitó",
    )
    resuelve = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="casos_resueltos",
        verbose_name="resolvió",
    )
    creado_en = models.DateTimeField("creado", editable=False)
    resuelto_en = models.DateTimeField("resuelto", null=True, editable=False)

    class Meta:
        verbose_name = "cambio de correo"
        verbose_name_plural = "cambios de correo"
        ordering = ("-creado_en",)
        permissions = (
            ("solicitar_casovinculo", "Puede solicitar un cambio de correo en persona"),
            ("aprobar_casovinculo", "Puede aprobar o rechazar un cambio de correo"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("curp_idx",),
                condition=Q(estado="solicitado"),
                name="caso_one_requested_per_curp",
            ),
            models.CheckConstraint(
                name="caso_who_decides_is_not_who_asked",
                condition=Q(resuelve=None) | ~Q(resuelve=F("solicita")),
            ),
            models.CheckConstraint(
                name="caso_estado_says_who_acted",
                condition=Q(estado__in=("abierto", "atendido"), resuelve=None)
                | Q(estado="solicitado", solicita__isnull=False, resuelve=None)
                | Q(
                    estado__in=("aprobado", "rechazado"),
                    solicita__isnull=False,
                    resuelve__isnull=False,
                    resuelto_en__isnull=False,
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_motivo_display()} ({self.get_estado_display()})"

    @property
    def curp(self) -> Curp:
        return Curp(self.datos["curp"])

    @property
    def correo(self) -> str:
        return str(self.datos["correo"])

    @property
    def correo_velado(self) -> str:
        return rules.veiled_correo(self.correo) if self.correo else "(ninguno)"
