"""Clinics with family medicine, and the places each one serves."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from catalogos.enums import TipoUnidad
from catalogos.models.estructura import Delegacion
from catalogos.models.territorio import Asentamiento, Entidad, Municipio
from catalogos.rules import unit_label

BY_NUMBER = (Length("numero"), "numero", "nombre")  # numbers are text ("5-A"): 9 goes before 10


class UnidadMedicaQuerySet(models.QuerySet["UnidadMedica"]):
    def vigentes(self) -> Self:
        return self.filter(vigente=True)

    def shown(self) -> Self:
        """With what `etiqueta` and `domicilio` need, in the order of a list."""
        return self.select_related("delegacion", "municipio", "entidad").order_by(*BY_NUMBER)


class UnidadMedica(models.Model):
    """A clinic, known by its CLUES or else by delegación, number, kind and name.

    Numbers repeat inside an entidad, and a clinic may belong to the delegación of
    another one. Empty columns mean "the source does not say": nothing is guessed.
    """

    clues = models.CharField("CLUES", max_length=11, unique=True, null=True, blank=True)
    delegacion = models.ForeignKey(
        Delegacion, on_delete=models.PROTECT, null=True, blank=True, related_name="unidades"
    )
    numero = models.CharField("número", max_length=5, blank=True)
    tipo = models.CharField(max_length=5, choices=TipoUnidad)
    nombre = models.CharField(max_length=120)
    calle_numero = models.CharField("calle y número", max_length=160, blank=True)
    colonia = models.CharField(max_length=120, blank=True)
    cp = models.CharField("código postal", max_length=5, blank=True)
    municipio = models.ForeignKey(
        Municipio, on_delete=models.PROTECT, null=True, blank=True, related_name="unidades"
    )
    entidad = models.ForeignKey(Entidad, on_delete=models.PROTECT, related_name="unidades")
    horario = models.CharField(max_length=120, blank=True)
    fuente = models.CharField(max_length=250)
    fecha_fuente = models.CharField("fecha de la fuente", max_length=20, blank=True)
    vigente = models.BooleanField(default=True)

    objects = UnidadMedicaQuerySet.as_manager()

    class Meta:
        verbose_name = "unidad de medicina familiar"
        verbose_name_plural = "unidades de medicina familiar"
        ordering = ("delegacion__clave", *BY_NUMBER)
        constraints = (
            models.UniqueConstraint(
                fields=("delegacion", "numero", "tipo", "nombre"),
                condition=Q(clues=None),
                name="unidad_without_clues_once_per_delegacion_and_name",
            ),
            models.CheckConstraint(
                name="unidad_without_clues_has_delegacion_and_numero",
                condition=Q(clues__isnull=False) | (Q(delegacion__isnull=False) & ~Q(numero="")),
            ),
            models.CheckConstraint(
                name="unidad_clues_has_its_shape",
                condition=Q(clues=None) | Q(clues__regex=r"^[A-Z]{5}[0-9]{6}$"),
            ),
            models.CheckConstraint(
                name="unidad_cp_is_five_digits_or_unknown",
                condition=Q(cp="") | Q(cp__regex=r"^[0-9]{5}$"),
            ),
            models.CheckConstraint(
                name="unidad_tipo_has_family_medicine", condition=Q(tipo__in=TipoUnidad.values)
            ),
            models.CheckConstraint(name="unidad_has_a_name", condition=~Q(nombre="")),
        )

    def __str__(self) -> str:
        return f"{self.etiqueta} ({self.municipio or self.entidad_id})"

    @property
    def etiqueta(self) -> str:
        """How people call it: "UMF 5"."""
        return unit_label(self.nombre, self.numero)

    @property
    def numero_y_nombre(self) -> str:
        """As the Institute's screen shows it: "5 UMF 005"."""
        return f"{self.numero} {self.nombre}".strip()

    @property
    def domicilio(self) -> str:
        """Street, colonia, code and place in one line, or "" if the street is not known."""
        if not self.calle_numero:
            return ""
        parts = (
            self.calle_numero,
            f"Col. {self.colonia}" if self.colonia else "",
            f"C.P. {self.cp}" if self.cp else "",
            self.municipio.nombre if self.municipio else "",
            self.entidad.nombre,
        )
        return " ".join(part for part in parts if part).upper()


class CoberturaQuerySet(models.QuerySet["Cobertura"]):
    def in_force(self, today: date) -> Self:
        begun = Q(desde=None) | Q(desde__lte=today)
        open_ended = Q(hasta=None) | Q(hasta__gt=today)
        return self.filter(begun, open_ended)

    def serving(self, asentamiento: Asentamiento) -> Self:
        """Rows that name this colonia, its postal code, or its whole municipio."""
        here = Q(municipio=asentamiento.municipio_id)
        at_cp = Q(cp=asentamiento.cp)
        named = Q(colonia_normalizada=asentamiento.nombre_normalizado)
        unnamed = Q(colonia_normalizada=None)
        return self.filter(
            (named & here & (at_cp | Q(cp=None)))
            | (unnamed & at_cp)
            | (unnamed & here & Q(cp=None))
        )


class Cobertura(models.Model):
    """A clinic serves a colonia, a postal code or a whole municipio, from a day to a day.

    Places are text, not references: the next source of postal codes retires its
    rows and the coverage stays.
    """

    cp = models.CharField("código postal", max_length=5, null=True, blank=True)
    municipio = models.ForeignKey(Municipio, on_delete=models.PROTECT, related_name="coberturas")
    colonia_normalizada = models.CharField("colonia", max_length=120, null=True, blank=True)
    unidad = models.ForeignKey(UnidadMedica, on_delete=models.PROTECT, related_name="coberturas")
    desde = models.DateField(null=True, blank=True)
    hasta = models.DateField(null=True, blank=True)
    fuente = models.CharField(max_length=250, blank=True)

    objects = CoberturaQuerySet.as_manager()

    class Meta:
        verbose_name = "cobertura"
        ordering = ("municipio", "cp", "colonia_normalizada")
        indexes = (models.Index(fields=("cp",), name="cobertura_by_cp"),)
        constraints = (
            models.UniqueConstraint(
                fields=("municipio", "cp", "colonia_normalizada", "unidad"),
                condition=Q(hasta=None),
                nulls_distinct=False,
                name="cobertura_open_once_per_place_and_unidad",
            ),
            models.CheckConstraint(
                name="cobertura_cp_is_five_digits",
                condition=Q(cp=None) | Q(cp__regex=r"^[0-9]{5}$"),
            ),
            models.CheckConstraint(
                name="cobertura_begins_before_it_ends",
                condition=Q(desde=None) | Q(hasta=None) | Q(hasta__gte=models.F("desde")),
            ),
        )

    def __str__(self) -> str:
        place = (self.cp or "", self.colonia_normalizada or "", str(self.municipio))
        return f"{' '.join(filter(None, place))} → {self.unidad.etiqueta}"

    @property
    def reach(self) -> str:
        """ "colonia", "cp" or "municipio": the smaller the place, the surer the row."""
        if self.colonia_normalizada is not None:
            return "colonia"
        return "municipio" if self.cp is None else "cp"
