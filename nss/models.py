"""The registry: people, their numbers, the series they come from, and the identity source."""

import uuid
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q

from comun.cripto import blind_index
from comun.fields import BlindIndexField, SealedJsonField
from nss.enums import Estatus
from nss.fields import NssField
from nss.rules.numero import LAST_CONSECUTIVO, SERIES_SIZE
from nss.rules.texto import fold_name
from nss.values import Curp, Identidad

_PREFIX = r"^[0-9]{2}$"


def curp_index(curp: Curp) -> bytes:
    return blind_index("curp", curp)


def persona_index(identidad: Identidad) -> bytes:
    """Equal for two keys of one person, and for two people alike in everything else."""
    facts = (
        fold_name(identidad.nombres),
        fold_name(identidad.primer_apellido),
        fold_name(identidad.segundo_apellido),
        identidad.fecha_nacimiento.isoformat(),
        identidad.sexo,
        identidad.entidad,
    )
    return blind_index("persona", "|".join(facts))


class PrefijoSerie(models.Model):
    """Which two digits an area issues, in which order; without an area, everybody's."""

    prefijo = models.CharField(max_length=2)
    delegacion = models.ForeignKey(
        "catalogos.Delegacion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="delegación",
        related_name="+",
    )
    subdelegacion = models.ForeignKey(
        "catalogos.Subdelegacion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="subdelegación",
        related_name="+",
    )
    orden = models.PositiveSmallIntegerField(default=0)
    activo = models.BooleanField(default=True)

    class Meta:
        verbose_name = "prefijo de serie"
        verbose_name_plural = "prefijos de serie"
        ordering = ("orden", "prefijo", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("prefijo", "delegacion", "subdelegacion"),
                nulls_distinct=False,
                name="prefijo_once_per_area",
            ),
            models.CheckConstraint(
                name="prefijo_is_two_digits", condition=Q(prefijo__regex=_PREFIX)
            ),
            models.CheckConstraint(
                name="prefijo_of_one_area_at_most",
                condition=Q(delegacion=None) | Q(subdelegacion=None),
            ),
        )

    def __str__(self) -> str:
        return self.prefijo


class Serie(models.Model):
    """The counter of one prefix, one year of alta and one year of birth (two digits each).

    `siguiente` is the next number to give; 10,000 says that none is left.
    """

    prefijo = models.CharField(max_length=2)
    anio_alta = models.PositiveSmallIntegerField("año de alta")
    anio_nacimiento = models.PositiveSmallIntegerField("año de nacimiento")
    siguiente = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "serie"
        ordering = ("prefijo", "anio_alta", "anio_nacimiento")
        constraints = (
            models.UniqueConstraint(
                fields=("prefijo", "anio_alta", "anio_nacimiento"),
                name="serie_one_per_prefix_and_years",
            ),
            models.CheckConstraint(
                name="serie_prefijo_is_two_digits", condition=Q(prefijo__regex=_PREFIX)
            ),
            models.CheckConstraint(
                name="serie_years_have_two_digits",
                condition=Q(anio_alta__lte=99, anio_nacimiento__lte=99),
            ),
            models.CheckConstraint(
                name="serie_siguiente_fits_four_digits", condition=Q(siguiente__lte=SERIES_SIZE)
            ),
        )

    def __str__(self) -> str:
        return f"{self.prefijo}-{self.anio_alta:02}-{self.anio_nacimiento:02}"


class AseguradoQuerySet(models.QuerySet["Asegurado"]):
    def of_keys(self, curps: Iterable[Curp]) -> Self:
        """Those registered under any of these keys, now or before."""
        keys = [curp_index(curp) for curp in curps]
        older = CurpAnterior.objects.filter(curp_idx__in=keys).values("asegurado_id")
        return self.filter(Q(curp_idx__in=keys) | Q(pk__in=older))

    def alike(self, identidad: Identidad) -> Self:
        """Those with the same name, birth, sex and place, whatever their key."""
        return self.filter(persona_idx=persona_index(identidad))


class Asegurado(models.Model):
    """One person of the registry; who it is lies sealed in `datos` (an Identidad)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    curp_idx = BlindIndexField()
    persona_idx = BlindIndexField(db_index=True)
    datos = SealedJsonField()
    umf = models.ForeignKey(
        "catalogos.UnidadMedica",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="UMF",
        related_name="+",
    )
    entidad = models.CharField("entidad de registro", max_length=2, blank=True)
    creado_en = models.DateTimeField("creado en")

    objects = AseguradoQuerySet.as_manager()

    class Meta:
        verbose_name = "asegurado"
        ordering = ("-creado_en", "pk")
        constraints = (
            models.UniqueConstraint(fields=("curp_idx",), name="asegurado_one_per_curp"),
        )

    def __str__(self) -> str:
        return f"Asegurado {str(self.pk)[:8]}"

    @property
    def identidad(self) -> Identidad:
        return Identidad.from_json(self.datos)


class NumeroQuerySet(models.QuerySet["Numero"]):
    def vigentes(self) -> Self:
        return self.filter(estado=Numero.Estado.VIGENTE)

    def open(self) -> Self:
        """Those that count when asking which number a person has."""
        return self.filter(estado__in=(Numero.Estado.VIGENTE, Numero.Estado.POR_ACLARAR))


class Numero(models.Model):
    """One NSS and whose it is. Never deleted, never renumbered: triggers see to it.

    `serie` and `consecutivo` are null for numbers that came from another registry.
    """

    class Estado(models.TextChoices):
        VIGENTE = "vigente", "Vigente"
        POR_ACLARAR = "por_aclarar", "Por aclarar"
        UNIFICADO = "unificado", "Unificado"
        SEPARADO = "separado", "Separado"

    nss = NssField("NSS", editable=False)
    asegurado = models.ForeignKey(Asegurado, on_delete=models.PROTECT, related_name="numeros")
    serie = models.ForeignKey(
        Serie, on_delete=models.PROTECT, null=True, blank=True, related_name="numeros"
    )
    consecutivo = models.PositiveSmallIntegerField(null=True, blank=True)
    estado = models.CharField(max_length=12, choices=Estado, default=Estado.VIGENTE)
    fecha_alta = models.DateField("fecha de alta")

    objects = NumeroQuerySet.as_manager()

    class Meta:
        verbose_name = "número"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("nss",), name="numero_given_once"),
            models.UniqueConstraint(
                fields=("serie", "consecutivo"), name="numero_consecutivo_given_once"
            ),
            models.UniqueConstraint(
                fields=("asegurado",),
                condition=Q(estado="vigente"),
                name="numero_one_vigente_per_person",
            ),
            models.CheckConstraint(
                name="numero_consecutivo_comes_with_serie",
                condition=Q(serie=None, consecutivo=None)
                | Q(
                    serie__isnull=False,
                    consecutivo__isnull=False,
                    consecutivo__lte=LAST_CONSECUTIVO,
                ),
            ),
            models.CheckConstraint(
                name="numero_estado_is_known",
                condition=Q(estado__in=("vigente", "por_aclarar", "unificado", "separado")),
            ),
        )

    def __str__(self) -> str:
        return f"NSS {self.nss.velado}"


class CurpAnterior(models.Model):
    """A key its owner had before: the number given under it is still theirs."""

    curp_idx = BlindIndexField()
    asegurado = models.ForeignKey(
        Asegurado, on_delete=models.PROTECT, related_name="curps_anteriores"
    )

    class Meta:
        verbose_name = "CURP anterior"
        verbose_name_plural = "CURP anteriores"
        constraints = (
            models.UniqueConstraint(fields=("curp_idx",), name="curp_anterior_of_one_person"),
        )

    def __str__(self) -> str:
        return f"CURP anterior {self.pk}"


class PersonaPadronQuerySet(models.QuerySet["PersonaPadron"]):
    def of_curp(self, curp: Curp) -> "PersonaPadron | None":
        return self.filter(curp_idx=curp_index(curp)).first()


class PersonaPadron(models.Model):
    """One answer of the embedded identity source, apart from the registry."""

    class Origen(models.TextChoices):
        ARCHIVO = "archivo", "Archivo"
        SINTETICO = "sintetico", "Sintético"
        DEMO = "demo", "Persona de demostración"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    curp_idx = BlindIndexField()
    datos = SealedJsonField()
    estatus = models.CharField(
        max_length=3, choices=[(estatus.value, estatus.label) for estatus in Estatus]
    )
    origen = models.CharField(max_length=10, choices=Origen, default=Origen.ARCHIVO)

    objects = PersonaPadronQuerySet.as_manager()

    class Meta:
        verbose_name = "persona del padrón"
        verbose_name_plural = "padrón de identidad"
        constraints = (
            models.UniqueConstraint(fields=("curp_idx",), name="persona_padron_one_per_curp"),
            models.CheckConstraint(
                name="persona_padron_estatus_is_known",
                condition=Q(estatus__in=[estatus.value for estatus in Estatus]),
            ),
        )

    def __str__(self) -> str:
        return f"Persona del padrón {str(self.pk)[:8]}"

    @property
    def identidad(self) -> Identidad:
        return Identidad.from_json({**self.datos, "estatus": self.estatus})
