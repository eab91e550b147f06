"""Whose mailbox speaks for a CURP, and the notices by which its owner may object."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from comun.fields import BlindIndexField, SealedJsonField
from tramites.models.solicitud import Solicitud


class VinculoCorreoQuerySet(models.QuerySet["VinculoCorreo"]):
    def of_curp(self, curp_idx: bytes | None) -> Self:
        return self.filter(curp_idx=curp_idx)

    def of_pair(self, solicitud: Solicitud) -> Self:
        return self.filter(curp_idx=solicitud.curp_idx, correo_idx=solicitud.correo_idx)

    def active(self) -> Self:
        return self.filter(estado=VinculoCorreo.Estado.ACTIVO)

    def waiting(self) -> Self:
        return self.filter(estado=VinculoCorreo.Estado.EN_ESPERA)

    def frozen(self) -> Self:
        return self.filter(estado=VinculoCorreo.Estado.CONGELADO)

    def stopped(self) -> Self:
        """Return those without the voice that wait for it or may not have it."""
        return self.waiting() | self.frozen()


class VinculoCorreo(models.Model):
    """The mailbox that speaks for a CURP: the first one proved, until it moves.

    `desde`: when it became what it is; a hold that is older than the bound mailbox
    never warned that one. A frozen pair stays held until two of the staff decide.
    """

    class Estado(models.TextChoices):
        ACTIVO = "activo", "Activo"
        EN_ESPERA = "en_espera", "En espera"
        CONGELADO = "congelado", "Congelado"
        RETIRADO = "retirado", "Retirado"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    curp_idx = BlindIndexField()
    correo_idx = BlindIndexField()
    correo = SealedJsonField()
    estado = models.CharField(max_length=10, choices=Estado)
    desde = models.DateTimeField()

    objects = VinculoCorreoQuerySet.as_manager()

    class Meta:
        verbose_name = "vínculo de correo"
        verbose_name_plural = "vínculos de correo"
        constraints = (
            models.UniqueConstraint(
                fields=("curp_idx",),
                condition=Q(estado="activo"),
                name="vinculo_one_active_per_curp",
            ),
            models.UniqueConstraint(
                fields=("curp_idx", "correo_idx"),
                condition=Q(estado__in=("en_espera", "congelado")),
                name="vinculo_one_waiting_per_curp_and_correo",
            ),
        )

    def __str__(self) -> str:
        return f"vínculo {self.estado}"


class Objecion(models.Model):
    """The "No fui yo" of one notice: its link, kept as a hash, and if it was used."""

    solicitud = models.ForeignKey(Solicitud, on_delete=models.CASCADE, related_name="objeciones")
    token_hash = models.BinaryField(max_length=32, unique=True)
    creada_en = models.DateTimeField()
    intentos = models.PositiveSmallIntegerField(default=0)
    usada_en = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "objeción"
        verbose_name_plural = "objeciones"

    def __str__(self) -> str:
        return f"objeción a {self.solicitud_id}"


class IntentoActa(models.Model):
    """One wrong answer about the birth certificate of a CURP, given from a mailbox.

    Written alike for a CURP that nobody has: what is counted tells nothing.
    """

    curp_idx = BlindIndexField()
    correo_idx = BlindIndexField()
    grupo_idx = BlindIndexField(
        null=True
    )  # of mailboxes that one hand makes: sospechas.mailbox_group
    fecha = models.DateTimeField()

    class Meta:
        verbose_name = "intento con el acta"
        verbose_name_plural = "intentos con el acta"
        indexes = (models.Index(fields=("curp_idx", "fecha"), name="intento_acta_by_curp"),)

    def __str__(self) -> str:
        return f"intento del {self.fecha:%d/%m/%Y}"


class EquipoConocido(models.Model):
    """A browser whose owner said "es mi equipo" when they proved a mailbox for a CURP.

    `huella`: keyed digest of the cookie's random id with both indexes: the table alone
    opens nothing, and one cookie serves a family of which it tells nobody. Gone when the
    bond moves.
    """

    huella = models.BinaryField(max_length=32, unique=True)
    curp_idx = BlindIndexField()
    correo_idx = BlindIndexField()
    creado_en = models.DateTimeField()
    vence = models.DateTimeField()

    class Meta:
        verbose_name = "equipo conocido"
        verbose_name_plural = "equipos conocidos"
        indexes = (models.Index(fields=("curp_idx",), name="equipo_conocido_by_curp"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(vence__gt=F("creado_en")), name="equipo_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"equipo conocido hasta {self.vence:%d/%m/%Y}"
