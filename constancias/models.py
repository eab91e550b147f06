"""Constancia: each document issued; LlaveSello: each certificate that ever sealed one."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from comun.fields import SealedJsonField
from constancias.enums import EstadoConstancia, EstadoLlave, Tipo


class LlaveSelloQuerySet(models.QuerySet["LlaveSello"]):
    def active(self) -> Self:
        return self.filter(estado=EstadoLlave.ACTIVA)


class LlaveSello(models.Model):
    """A certificate under its serial number. The private key is never here.

    Retired certificates stay: what they sealed still verifies.
    """

    serie = models.CharField("número de serie", max_length=49, primary_key=True)
    certificado = models.TextField("certificado (PEM)")
    autoridad = models.TextField("certificados de la autoridad (PEM)")
    estado = models.CharField(max_length=8, choices=EstadoLlave, default=EstadoLlave.ACTIVA)
    desde = models.DateTimeField("válido desde")
    hasta = models.DateTimeField("válido hasta")
    retirada_en = models.DateTimeField("retirada", null=True, blank=True)

    objects = LlaveSelloQuerySet.as_manager()

    class Meta:
        verbose_name = "llave del sello"
        verbose_name_plural = "llaves del sello"
        ordering = ("estado", "-desde")
        constraints = (
            models.UniqueConstraint(
                fields=("estado",), condition=Q(estado="activa"), name="llave_only_one_active"
            ),
            models.CheckConstraint(
                name="llave_serie_is_decimal", condition=Q(serie__regex=r"^[1-9][0-9]*$")
            ),
            models.CheckConstraint(
                name="llave_retirada_en_matches_estado",
                condition=Q(estado="activa", retirada_en=None)
                | ~Q(estado="activa") & Q(retirada_en__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.serie


class ConstanciaQuerySet(models.QuerySet["Constancia"]):
    def of_folio(self, folio: str) -> Self:
        return self.filter(folio=folio)


class Constancia(models.Model):
    """One signed document. Its key is the secuencia it prints and its audit entry bears.

    `snapshot` is all that was printed (documentos.Hoja), sealed; both cadenas
    are composed from it. The database lets only `estado` change.
    """

    secuencia = models.UUIDField("secuencia notarial", primary_key=True, default=uuid.uuid4)
    folio = models.CharField(max_length=23)
    tipo = models.CharField("documento", max_length=10, choices=Tipo)
    numero = models.ForeignKey("nss.Numero", on_delete=models.PROTECT, related_name="constancias")
    snapshot = SealedJsonField()
    sello = models.TextField("sello digital")
    llave = models.ForeignKey(
        LlaveSello, on_delete=models.PROTECT, db_column="serie", verbose_name="número de serie"
    )
    sha256 = models.CharField("SHA-256 del PDF", max_length=64)
    archivo = models.CharField(max_length=120, unique=True)
    estado = models.CharField(
        max_length=10, choices=EstadoConstancia, default=EstadoConstancia.VIGENTE
    )
    plantilla_version = models.CharField("plantilla", max_length=20)
    emitida_en = models.DateTimeField("emitida")

    objects = ConstanciaQuerySet.as_manager()

    class Meta:
        verbose_name = "constancia"
        ordering = ("-emitida_en", "tipo")
        constraints = (
            models.UniqueConstraint(
                fields=("folio", "tipo"), name="constancia_one_per_folio_and_tipo"
            ),
            models.CheckConstraint(
                name="constancia_folio_has_23_digits", condition=Q(folio__regex=r"^[0-9]{23}$")
            ),
        )
        indexes = (models.Index(fields=("sha256",), name="constancia_by_sha256"),)

    def __str__(self) -> str:
        return f"{self.folio} ({self.get_tipo_display()})"
