"""The country as SEPOMEX divides it: entidad, municipio, asentamiento."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from catalogos.enums import FuenteAsentamientos


class Entidad(models.Model):
    """One of the 32 federal entities, or NE: born abroad."""

    clave_curp = models.CharField("clave en la CURP", max_length=2, primary_key=True)
    clave_inegi = models.CharField(
        "clave del INEGI", max_length=2, unique=True, null=True, blank=True
    )
    nombre = models.CharField(max_length=40, unique=True)

    class Meta:
        verbose_name = "entidad"
        verbose_name_plural = "entidades"
        ordering = ("nombre",)
        constraints = (
            models.CheckConstraint(
                name="entidad_clave_curp_is_two_letters",
                condition=Q(clave_curp__regex=r"^[A-Z]{2}$"),
            ),
            models.CheckConstraint(
                name="entidad_clave_inegi_is_two_digits",
                condition=Q(clave_inegi=None) | Q(clave_inegi__regex=r"^[0-9]{2}$"),
            ),
        )

    def __str__(self) -> str:
        return self.nombre


class Municipio(models.Model):
    """A municipio or alcaldía; the set of 2018 does not know its INEGI key."""

    entidad = models.ForeignKey(Entidad, on_delete=models.PROTECT, related_name="municipios")
    clave_inegi = models.CharField("clave del INEGI", max_length=3, null=True, blank=True)
    nombre = models.CharField(max_length=80)
    nombre_normalizado = models.CharField(max_length=80, editable=False)

    class Meta:
        verbose_name = "municipio"
        ordering = ("entidad", "nombre_normalizado")
        constraints = (
            models.UniqueConstraint(
                fields=("entidad", "nombre_normalizado"),
                name="municipio_name_once_per_entidad",
            ),
            models.UniqueConstraint(
                fields=("entidad", "clave_inegi"), name="municipio_clave_once_per_entidad"
            ),
            models.CheckConstraint(
                name="municipio_clave_inegi_is_three_digits",
                condition=Q(clave_inegi=None) | Q(clave_inegi__regex=r"^[0-9]{3}$"),
            ),
            models.CheckConstraint(
                name="municipio_has_a_name", condition=~Q(nombre_normalizado="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.nombre}, {self.entidad_id}"


class AsentamientoQuerySet(models.QuerySet["Asentamiento"]):
    def vigentes(self) -> Self:
        return self.filter(vigente=True)

    def at(self, cp: str) -> Self:
        """Those of a postal code today, by name, with municipio and entidad: one query."""
        return (
            self.vigentes()
            .filter(cp=cp)
            .select_related("municipio__entidad")
            .order_by("nombre_normalizado", "tipo", "n")
        )

    def municipio_of(self, cp: str) -> Municipio | None:
        """Return the municipio of a postal code (no code spans two), or None: one query."""
        first = self.vigentes().filter(cp=cp).select_related("municipio__entidad").first()
        return first.municipio if first else None


class Asentamiento(models.Model):
    """A colonia, pueblo, ranchería…: chosen by id, because names repeat in a postal code.

    Never deleted: a newer source only takes `vigente` away. `n` tells apart the
    rows that one source lists twice with the same name, kind and code.
    """

    cp = models.CharField("código postal", max_length=5)
    nombre = models.CharField(max_length=120)
    nombre_normalizado = models.CharField(max_length=120, editable=False)
    tipo = models.CharField(max_length=40)
    municipio = models.ForeignKey(Municipio, on_delete=models.PROTECT, related_name="asentamientos")
    ciudad = models.CharField(max_length=80, blank=True)
    zona = models.CharField(max_length=12, blank=True)
    fuente = models.CharField(max_length=12, choices=FuenteAsentamientos)
    clave_sepomex = models.CharField("clave de SEPOMEX", max_length=4, null=True, blank=True)
    n = models.PositiveSmallIntegerField("repetición", default=1)
    vigente = models.BooleanField(default=True)

    objects = AsentamientoQuerySet.as_manager()

    class Meta:
        verbose_name = "asentamiento"
        ordering = ("cp", "nombre_normalizado", "tipo", "n")
        indexes = (
            models.Index(
                fields=("cp",), name="asentamiento_vigentes_by_cp", condition=Q(vigente=True)
            ),
            # Names as people half remember them. The column has no accents already: a load
            # normalises it, and unaccent() could not be indexed, for it may change.
            GinIndex(
                OpClass("nombre_normalizado", name="gin_trgm_ops"), name="asentamiento_like_nombre"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("cp", "nombre", "tipo", "n", "fuente"),
                name="asentamiento_once_per_fuente_and_place",
            ),
            models.CheckConstraint(
                name="asentamiento_cp_is_five_digits", condition=Q(cp__regex=r"^[0-9]{5}$")
            ),
            models.CheckConstraint(name="asentamiento_has_a_name", condition=~Q(nombre="")),
        )

    def __str__(self) -> str:
        return f"{self.nombre} ({self.tipo})"
