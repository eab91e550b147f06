"""The Institute's offices: delegaciones, subdelegaciones, and who answers for a municipio."""

from typing import Self

from django.db import models
from django.db.models import Q

from catalogos.models.territorio import Entidad, Municipio


class DelegacionQuerySet(models.QuerySet["Delegacion"]):
    def of_entidad(self, clave_curp: str) -> Self:
        return self.filter(entidades=clave_curp, vigente=True).order_by("clave")


class Delegacion(models.Model):
    """One of the 35 delegaciones (OOAD); its key is not the entidad's, nor the NSS prefix."""

    clave = models.CharField(max_length=2, unique=True)
    nombre = models.CharField(max_length=60)
    entidades = models.ManyToManyField(Entidad, related_name="delegaciones")
    fuente = models.CharField(max_length=250, blank=True)
    vigente = models.BooleanField(default=True)

    objects = DelegacionQuerySet.as_manager()

    class Meta:
        verbose_name = "delegación"
        verbose_name_plural = "delegaciones"
        ordering = ("clave",)
        constraints = (
            models.CheckConstraint(
                name="delegacion_clave_is_two_digits", condition=Q(clave__regex=r"^[0-9]{2}$")
            ),
            models.CheckConstraint(name="delegacion_has_a_name", condition=~Q(nombre="")),
        )

    def __str__(self) -> str:
        return self.etiqueta

    @property
    def etiqueta(self) -> str:
        """As the Institute's screen shows it: "12 Guerrero"."""
        return f"{int(self.clave)} {self.nombre}"


class Subdelegacion(models.Model):
    """An office of a delegación; its key is unique only there, its name often unknown ("")."""

    delegacion = models.ForeignKey(
        Delegacion, on_delete=models.PROTECT, related_name="subdelegaciones"
    )
    clave = models.CharField(max_length=2)
    nombre = models.CharField(max_length=80, blank=True)
    vigente = models.BooleanField(default=True)

    class Meta:
        verbose_name = "subdelegación"
        verbose_name_plural = "subdelegaciones"
        ordering = ("delegacion__clave", "clave")
        constraints = (
            models.UniqueConstraint(
                fields=("delegacion", "clave"), name="subdelegacion_clave_once_per_delegacion"
            ),
            models.CheckConstraint(
                name="subdelegacion_clave_is_two_digits", condition=Q(clave__regex=r"^[0-9]{2}$")
            ),
        )

    def __str__(self) -> str:
        return self.etiqueta

    @property
    def etiqueta(self) -> str:
        """ "3 Iguala"; where the name is not known, "Subdelegación 12-01"."""
        if self.nombre:
            return f"{int(self.clave)} {self.nombre}"
        return f"Subdelegación {self.delegacion.clave}-{self.clave}"


class Competencia(models.Model):
    """Which office answers for a municipio; the subdelegación only where it is known."""

    municipio = models.ForeignKey(Municipio, on_delete=models.PROTECT, related_name="competencias")
    delegacion = models.ForeignKey(Delegacion, on_delete=models.PROTECT, related_name="+")
    subdelegacion = models.ForeignKey(
        Subdelegacion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    fuente = models.CharField(max_length=250, blank=True)
    vigente = models.BooleanField(default=True)

    class Meta:
        verbose_name = "competencia"
        ordering = ("municipio",)
        constraints = (
            models.UniqueConstraint(
                fields=("municipio",),
                condition=Q(vigente=True),
                name="competencia_one_vigente_per_municipio",
            ),
        )

    def __str__(self) -> str:
        return f"{self.municipio} → {self.subdelegacion or self.delegacion}"
