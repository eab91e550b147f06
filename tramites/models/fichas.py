"""What the portal tells about a procedure: one row per version, dated, kept when another follows."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tramites.enums import Categoria, Comienzo, Etapa, Publico

# What a version says; the rest of its columns say which version it is.
TEXTS = (
    *("homoclave", "modalidades", "titulo", "resumen", "palabras"),
    *("publico", "etapas", "categoria", "digitalizado", "comienzo", "requisitos"),
    *("duracion", "costo", "obtienes", "alternativas", "nota", "aviso", "orden", "publicada"),
)


@dataclass(frozen=True, slots=True)
class Mosaico:
    """One numbered tile of a ficha; `detalle` may be ""."""

    titulo: str
    detalle: str


class FichaQuerySet(models.QuerySet["Ficha"]):
    def in_force(self, today: date) -> Self:
        """The last version of each ficha that has begun, if it is published."""
        begun = self.model._default_manager.filter(desde__lte=today)
        last = begun.order_by("clave", "-desde").distinct("clave").values("pk")
        return self.filter(pk__in=last, publicada=True).order_by("orden", "titulo")

    def of_etapa(self, etapa: str, *, publico: str) -> Self:
        return self.filter(publico=publico, etapas__contains=[etapa])

    def newest(self, clave: str) -> "Ficha | None":
        """Return the newest version of a ficha, begun or not."""
        return self.filter(clave=clave).order_by("-desde").first()


class Ficha(models.Model):
    """One version of one ficha, in force from `desde` until the next one.

    Lists are text, one item per line; a tile is "title | detail".
    """

    clave = models.SlugField(
        max_length=40, help_text="Parte de su dirección: /tramites/CLAVE/. No cambia nunca."
    )
    desde = models.DateField("en vigor desde")
    homoclave = models.CharField(max_length=20, blank=True)
    modalidades = models.CharField(max_length=60, blank=True, help_text="Por ejemplo: B, E, H.")
    titulo = models.CharField("título", max_length=120)
    resumen = models.TextField(max_length=600)
    palabras = models.TextField(
        "también se busca como",
        max_length=600,
        blank=True,
        help_text="Palabras separadas por comas.",
    )
    publico = models.CharField("público", max_length=20, choices=Publico)
    etapas = ArrayField(models.CharField(max_length=20, choices=Etapa), verbose_name="etapas")
    categoria = models.CharField("categoría", max_length=20, choices=Categoria)
    digitalizado = models.BooleanField("trámite digitalizado", default=False)
    comienzo = models.CharField(
        "empieza en",
        max_length=20,
        choices=Comienzo,
        blank=True,
        help_text="Vacío: este portal no lo ofrece.",
    )
    requisitos = models.TextField(
        max_length=1000, blank=True, help_text="Uno por línea: título | detalle."
    )
    duracion = models.CharField("cuánto tarda", max_length=200, blank=True)
    costo = models.CharField("cuánto cuesta", max_length=200, blank=True)
    obtienes = models.TextField(
        "qué obtienes", max_length=1000, blank=True, help_text="Uno por línea."
    )
    alternativas = models.TextField(max_length=1000, blank=True, help_text="Una por línea.")
    nota = models.TextField(max_length=600, blank=True)
    aviso = models.TextField(max_length=600, blank=True, help_text="Lo que todavía no se ofrece.")
    orden = models.PositiveSmallIntegerField(default=50)
    publicada = models.BooleanField(default=True)

    objects = FichaQuerySet.as_manager()

    class Meta:
        verbose_name = "ficha"
        ordering = ("clave", "-desde")
        constraints = (
            models.UniqueConstraint(fields=("clave", "desde"), name="ficha_one_version_per_day"),
            models.CheckConstraint(
                name="ficha_clave_is_a_lower_case_slug",
                condition=Q(clave__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
            ),
            models.CheckConstraint(
                name="ficha_homoclave_is_well_formed",
                condition=Q(homoclave="") | Q(homoclave__regex=r"^IMSS-[0-9]{2}-[0-9]{3}$"),
            ),
            models.CheckConstraint(
                name="ficha_says_something", condition=~Q(titulo="") & ~Q(resumen="")
            ),
            models.CheckConstraint(
                name="ficha_etapas_are_known",
                condition=Q(etapas__contained_by=Etapa.values) & Q(etapas__len__gt=0),
            ),
            models.CheckConstraint(
                name="ficha_place_is_known",
                condition=Q(publico__in=Publico.values)
                & Q(categoria__in=Categoria.values)
                & Q(comienzo__in=["", *Comienzo.values]),
            ),
        )

    def __str__(self) -> str:
        return f"{self.titulo} (desde {self.desde:%d/%m/%Y})"

    @property
    def mosaicos(self) -> list[Mosaico]:
        parts = (line.partition("|") for line in lines(self.requisitos))
        return [Mosaico(title.strip(), detail.strip()) for title, _, detail in parts]

    @property
    def lista_obtienes(self) -> list[str]:
        return lines(self.obtienes)

    @property
    def lista_alternativas(self) -> list[str]:
        return lines(self.alternativas)

    @property
    def searched_text(self) -> str:
        """What a search looks at, the strongest words first."""
        return f"{self.homoclave} {self.titulo} {self.palabras} {self.resumen}"

    def says(self) -> dict[str, Any]:
        """Return what this version says, by column."""
        return {name: getattr(self, name) for name in TEXTS}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
