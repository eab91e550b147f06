"""One answer to the one question asked at the end: nothing in it leads to a person."""

from django.db import models
from django.db.models import Q

from tramites.enums import Facilidad


class Opinion(models.Model):
    """How easy it was, and the day. `papeleta` is a random ballot: it lets a browser answer once.

    The ballot is minted after the session of the procedure is gone, and no other table has it.
    """

    papeleta = models.UUIDField(unique=True, editable=False)
    facilidad = models.CharField("qué tan fácil fue", max_length=12, choices=Facilidad)
    dia = models.DateField("día")

    class Meta:
        verbose_name = "opinión"
        verbose_name_plural = "opiniones"
        ordering = ("-dia", "facilidad")
        constraints = (
            models.CheckConstraint(
                name="opinion_is_one_of_the_answers", condition=Q(facilidad__in=Facilidad.values)
            ),
        )

    def __str__(self) -> str:
        return f"{self.dia:%d/%m/%Y}: {self.get_facilidad_display()}"
