"""Mailboxes that staff gave more room to."""

from django.db import models
from django.db.models import Q

from comun.fields import BlindIndexField
from tramites.topes import TOPES

MOST = 500  # CURPs: a whole school by one mailbox


class AmpliacionBuzon(models.Model):
    """How many CURPs one mailbox may ask for in a month. The mailbox itself is kept nowhere."""

    class Motivo(models.TextChoices):
        FAMILIA = "familia", "Familia numerosa"
        TUTELA = "tutela", "Casa hogar, albergue o tutela"
        ESCUELA = "escuela", "Correo de una escuela que ayuda a su grupo"

    correo_idx = BlindIndexField(unique=True, editable=False)
    curps = models.PositiveSmallIntegerField("CURP cada 30 días")
    motivo = models.CharField(max_length=10, choices=Motivo)
    creada_en = models.DateTimeField("desde", editable=False)

    class Meta:
        verbose_name = "ampliación de un correo"
        verbose_name_plural = "ampliaciones de correos"
        ordering = ("-creada_en",)
        constraints = (
            models.CheckConstraint(
                condition=Q(curps__gt=TOPES.familia.most, curps__lte=MOST),
                name="ampliacion_gives_more_than_everybody_has",
            ),
        )

    def __str__(self) -> str:
        return f"{self.curps} CURP: {self.get_motivo_display()}"
