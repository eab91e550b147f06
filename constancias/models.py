"""Constancia: each document issued; LlaveSello: each certificate that ever sealed one."""

import uuid
from datetime import datetime
from typing import Self

from django.db import connection, models
from django.db.models import Q

from comun.fields import BlindIndexField, SealedJsonField
from constancias.enums import (
    Canal,
    Dictamen,
    EstadoConstancia,
    EstadoLlave,
    Medio,
    Motivo,
    Tipo,
)
from nss.models import Asegurado

INDICES = "constancias_indice"  # the sequence that numbers the places of the status list


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

    def of_person(self, curp_idx: bytes | None) -> Self:
        """Those of whoever has this CURP, or had it before."""
        person = Q(curp_idx=curp_idx) | Q(curps_anteriores__curp_idx=curp_idx)
        return self.filter(numero__asegurado__in=Asegurado.objects.filter(person))

    def in_force(self) -> Self:
        return self.filter(estado=EstadoConstancia.VIGENTE)

    def no_longer_in_force(self) -> Self:
        return self.exclude(estado=EstadoConstancia.VIGENTE)

    def newest(self, folio: str, tipo: str) -> "Constancia | None":
        """Return the document of a trámite's folio, or the last of those that replaced it."""
        row = self.filter(folio=folio, tipo=tipo).first()
        while row and (heir := self.filter(reemplaza=row.pk).first()):
            row = heir
        return row

    def current(self, folio: str) -> Self:
        """Those in force of a trámite: under its folio, and under the one that replaced it."""
        newest = self.newest(folio, Tipo.CONSTANCIA)
        folios = {folio, newest.folio if newest else folio}
        return self.in_force().filter(folio__in=folios)

    def end(self, *, estado: EstadoConstancia, motivo: Motivo, now: datetime) -> int:
        """Take these out of force; return how many."""
        return self.update(estado=estado, motivo=motivo, cambio_en=now)


class Constancia(models.Model):
    """One signed document. Its key is the secuencia it prints and its audit entry bears.

    `snapshot` is all that was printed (documentos.Hoja), sealed; both cadenas
    are composed from it. `indice` is its place in the signed status list. The
    database lets `estado`, `motivo` and `cambio_en` change alone, and never back.
    """

    secuencia = models.UUIDField("secuencia notarial", primary_key=True, default=uuid.uuid4)
    folio = models.CharField(max_length=23)
    tipo = models.CharField("documento", max_length=12, choices=Tipo)
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
    motivo = models.CharField(max_length=12, choices=Motivo, blank=True)
    cambio_en = models.DateTimeField("dejó de estar vigente", null=True, blank=True)
    codigo_idx = BlindIndexField(null=True, unique=True, editable=False)
    indice = models.BigIntegerField("índice", unique=True)
    reemplaza = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="sucesora"
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
            models.CheckConstraint(
                name="constancia_motivo_matches_estado",
                condition=Q(estado="vigente", motivo="", cambio_en=None)
                | ~Q(estado="vigente") & ~Q(motivo="") & Q(cambio_en__isnull=False),
            ),
            models.CheckConstraint(
                name="constancia_indice_is_not_negative", condition=Q(indice__gte=0)
            ),
        )
        indexes = (
            models.Index(fields=("sha256",), name="constancia_by_sha256"),
            models.Index(
                fields=("indice",), name="constancia_ended", condition=~Q(estado="vigente")
            ),
        )

    def __str__(self) -> str:
        return f"{self.folio} ({self.get_tipo_display()})"


def reserve_indice() -> int:
    """Take the next place of the status list; one never used stays empty."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [INDICES])
        (indice,) = cursor.fetchone()
    return int(indice)


class ListaEstados(models.Model):
    """The signed status list as it is served. One row: who seals writes it, the web reads it."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    contenido = models.TextField()
    serie = models.CharField("número de serie", max_length=49)
    emitida_en = models.DateTimeField("emitida")

    class Meta:
        verbose_name = "lista de estados"
        verbose_name_plural = "lista de estados"
        constraints = (models.CheckConstraint(name="lista_estados_only_one", condition=Q(id=1)),)

    def __str__(self) -> str:
        return f"{self.emitida_en:%Y-%m-%d %H:%M}"


class Verificacion(models.Model):
    """Somebody asked about a document: what was brought, what was answered, when. Not who."""

    medio = models.CharField(max_length=10, choices=Medio)
    canal = models.CharField(max_length=6, choices=Canal)
    dictamen = models.CharField(max_length=17, choices=Dictamen)
    constancia = models.ForeignKey(
        Constancia, on_delete=models.PROTECT, null=True, blank=True, related_name="verificaciones"
    )
    fecha = models.DateTimeField()

    class Meta:
        verbose_name = "verificación"
        verbose_name_plural = "verificaciones"
        ordering = ("-fecha",)

    def __str__(self) -> str:
        return f"{self.medio} {self.dictamen}"


class Consulta(models.Model):
    """A PDF that waits to be read by the worker, then its answer; gone ten minutes after it came.

    `contenido` is the PDF sealed for this row, and empties as soon as it is read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    canal = models.CharField(max_length=6, choices=Canal)
    contenido = models.BinaryField(null=True)
    resultado = SealedJsonField(null=True)
    creada_en = models.DateTimeField("creada", db_index=True)

    class Meta:
        verbose_name = "consulta"
        constraints = (
            models.CheckConstraint(
                name="consulta_holds_the_pdf_or_the_answer",
                condition=Q(contenido=None) ^ Q(resultado=None),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
