"""What is left of each capture for a day or two, so that farms and sweeps are seen; and what was seen."""

from django.db import models
from django.db.models import Q

from comun.fields import BlindIndexField


class SalDeRastro(models.Model):
    """The salt of one day: with it gone, its digests lead to nobody, even for who has the keys."""

    dia = models.DateField("día", primary_key=True)
    sal = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "sal de rastros"
        verbose_name_plural = "sales de rastros"

    def __str__(self) -> str:
        return f"{self.dia}"


class Rastro(models.Model):
    """One capture, as digests with a key and the salt of its day.

    `tallo`: the CURP but its last two characters, which a guesser tries one by one.
    `alias`: the mailbox without dots and +tag. `familia`: also without digits, of public
    domains alone (schools number theirs). `dominio`: of domains that are not public.
    """

    momento = models.DateTimeField()
    red = BlindIndexField()
    curp = BlindIndexField()
    tallo = BlindIndexField()
    correo = BlindIndexField()
    alias = BlindIndexField()
    familia = BlindIndexField(null=True)
    dominio = BlindIndexField(null=True)
    par = BlindIndexField()
    con_pase = models.BooleanField(default=False)
    desechable = models.BooleanField(default=False)

    class Meta:
        verbose_name = "rastro"
        indexes = (
            models.Index(fields=("momento",), name="rastro_by_momento"),
            models.Index(fields=("red", "momento"), name="rastro_by_red"),
        )

    def __str__(self) -> str:
        return f"rastro de {self.momento:%d/%m %H:%M}"


class Alerta(models.Model):
    """Something that looks like abuse, until somebody of the staff says what it was."""

    class Clase(models.TextChoices):
        BARRIDO = "barrido", "Muchas CURP desde una red, y casi ninguna confirma"
        CANDIDATAS = "candidatas", "CURP que solo cambian al final: alguien las adivina"
        BUZONES = "buzones", "Una CURP con muchos correos"
        ALIAS = "alias", "Un mismo buzón escrito de muchas maneras"
        NUMERADOS = "numerados", "Correos iguales con otro número, desde una red"
        DOMINIOS = "dominios", "Muchos dominios poco comunes, desde una red"
        DESECHABLES = "desechables", "Correos desechables"

    class Motivo(models.TextChoices):
        ESCUELA = "escuela", "Era una escuela: se le dio un pase"
        ATAQUE = "ataque", "Era un ataque y se atendió"
        AVISADO = "avisado", "Se avisó a quien corresponde"
        FALSA = "falsa", "No era abuso"

    clase = models.CharField(max_length=12, choices=Clase)
    huella = BlindIndexField(editable=False)
    cuenta = models.PositiveIntegerField("cuántos", editable=False)
    desde = models.DateTimeField(editable=False)
    ultima = models.DateTimeField("última vez", editable=False)
    motivo = models.CharField("qué fue", max_length=10, choices=Motivo, blank=True)
    atendida_en = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "alerta de abuso"
        verbose_name_plural = "alertas de abuso"
        ordering = ("-ultima",)
        constraints = (
            models.UniqueConstraint(fields=("clase", "huella"), name="alerta_once_per_huella"),
            models.CheckConstraint(
                condition=Q(atendida_en=None, motivo="")
                | (Q(atendida_en__isnull=False) & ~Q(motivo="")),
                name="alerta_attended_says_what_it_was",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_clase_display()}: {self.cuenta}"
