"""A person's datum seen in full: noted before it is shown, for them and for the audit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Count
from django.db.models.functions import TruncDate

from comun import bitacora
from comun.personal.enums import Dato, Motivo
from comun.personal.models import Revelacion
from comun.personal.services import factor

DAYS = 30  # that the supervisor's count goes back


@dataclass(frozen=True, slots=True, kw_only=True)
class Pregunta:
    """What somebody wants to see, of whom, and why. `objeto` is "app.model:pk"."""

    sujeto: bytes
    objeto: str
    dato: Dato
    motivo: Motivo
    referencia: str


@transaction.atomic
def note(user: AbstractBaseUser, pregunta: Pregunta, *, now: datetime) -> Revelacion:
    row = Revelacion.objects.create(
        usuario_id=user.pk,
        oficina=factor.of(user).oficina,
        sujeto=pregunta.sujeto,
        objeto=pregunta.objeto,
        dato=pregunta.dato,
        motivo=pregunta.motivo,
        referencia=pregunta.referencia,
        fecha=now,
    )
    bitacora.append(
        accion="dato.revelado",
        objeto=pregunta.objeto,
        now=now,
        actor=f"usuario:{user.pk}",
        razon=f"{pregunta.dato} {pregunta.motivo} {row.pk}",
    )
    return row


@dataclass(frozen=True, slots=True)
class Cuenta:
    """How often one account revealed on one day."""

    dia: date
    cuenta: str
    veces: int


def per_day(now: datetime) -> list[Cuenta]:
    """Return how often each account revealed on each day of late, most of a day first."""
    recent = Revelacion.objects.filter(fecha__gt=now - timedelta(days=DAYS)).order_by()
    days = recent.annotate(dia=TruncDate("fecha")).values_list("dia", "usuario__username")
    counted = days.annotate(veces=Count("pk")).order_by("-dia", "-veces", "usuario__username")
    return [Cuenta(*row) for row in counted]
