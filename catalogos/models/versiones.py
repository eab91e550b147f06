"""Which file each catalogue holds now, and which it held before."""

from typing import Self

from django.db import models
from django.db.models import Q

from catalogos.enums import Catalogo


class VersionCatalogoQuerySet(models.QuerySet["VersionCatalogo"]):
    def of(self, catalogo: Catalogo) -> Self:
        return self.filter(catalogo=catalogo)

    def current(self, catalogo: Catalogo) -> "VersionCatalogo | None":
        return self.of(catalogo).order_by("-pk").first()


class VersionCatalogo(models.Model):
    """One applied load of one catalogue: rows are never changed."""

    catalogo = models.CharField("catálogo", max_length=20, choices=Catalogo)
    fuente = models.CharField(max_length=200)
    fecha_corte = models.DateField("fecha de corte", null=True, blank=True)
    hash = models.CharField("SHA-256 del contenido", max_length=64)
    filas = models.PositiveIntegerField()
    aplicada_en = models.DateTimeField("aplicada en")

    objects = VersionCatalogoQuerySet.as_manager()

    class Meta:
        verbose_name = "versión de catálogo"
        verbose_name_plural = "versiones de los catálogos"
        ordering = ("-pk",)
        indexes = (models.Index(fields=("catalogo", "-id"), name="version_current_by_catalogo"),)
        constraints = (
            models.CheckConstraint(
                name="version_hash_is_sha256_in_hex", condition=Q(hash__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="version_catalogo_is_known", condition=Q(catalogo__in=Catalogo.values)
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_catalogo_display()}: {self.fuente}"
