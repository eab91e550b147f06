"""What time itself moves: links that expire, holds that end, sources and series that come back."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from comun import reloj
from comun.queue import enqueue
from nss.services import room_for
from tramites.enums import ASIGNAR, IDENTIFICAR, ClaseCorreo, Estado
from tramites.models import Confirmacion, Correo, Solicitud
from tramites.services import vinculos
from tramites.services.asignacion import place_of

AT_MOST = 200  # rows of one kind in one round; the next round is seconds away
DOMICILIO_DIAS, INCONCLUSA_DIAS = 30, 180
# A source that is away is asked again after a tenth of the time it has been missed.
ASK_SOURCE_AGAIN, ASK_SOURCE_AT_LEAST = timedelta(seconds=60), timedelta(minutes=15)

Move = Callable[[Solicitud, datetime], None]


def watch(now: datetime) -> int:
    """Move every Solicitud whose time has come; return how many moved."""
    hours, days = timedelta(hours=1), timedelta(days=1)
    rounds: tuple[tuple[Estado, timedelta, Move], ...] = (
        (Estado.POR_CONFIRMAR, settings.ENLACE_HORAS * hours, _expire),
        (Estado.REQUIERE_DOMICILIO, DOMICILIO_DIAS * days, _expire),
        (Estado.INCONCLUSA, INCONCLUSA_DIAS * days, _expire),
        (Estado.RETENIDA, settings.RETENCION_HORAS * hours, _release),
        (Estado.EN_ESPERA_IDENTIDAD, ASK_SOURCE_AGAIN, _ask_source_again),
        (Estado.EN_ESPERA_SERIE, timedelta(), _assign_if_room),
    )
    _remind_each(now)
    return sum(_move_each(_resting(estado, now - age), move, now) for estado, age, move in rounds)


def _remind_each(now: datetime) -> None:
    """Warn a second time the mailboxes that did not answer the first notice of a hold."""
    told = Correo.objects.filter(
        solicitud=OuterRef("pk"),
        clase=ClaseCorreo.RECORDATORIO,
        creado_en__gte=OuterRef("movida_en"),
    )
    held = Solicitud.objects.resting(Estado.RETENIDA, before=now - vinculos.REMIND_AFTER)
    held = held.filter(congelada_en=None, movida_en__gt=now - vinculos.retention())
    untold = held.exclude(Exists(told)).order_by("?")
    for pk in untold.values_list("pk", flat=True)[:AT_MOST]:
        with transaction.atomic():
            row = untold.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
            if row is not None:
                vinculos.remind(row, now=now)


def _resting(estado: Estado, before: datetime) -> QuerySet[Solicitud]:
    """Return rows whose time has come, in chance order: none can starve the others."""
    resting = Solicitud.objects.resting(estado, before=before).filter(congelada_en=None)
    if estado == Estado.POR_CONFIRMAR:
        # A newer mail may have been asked for since. If it went tells who is bound: it does not count.
        asked = Correo.objects.filter(solicitud=OuterRef("pk"), clase=ClaseCorreo.CONFIRMACION)
        in_use = Confirmacion.objects.filter(solicitud=OuterRef("pk"), vence__gt=reloj.now())
        live = in_use.with_code().filter(sustituida_en=None)
        resting = resting.exclude(Exists(asked.filter(creado_en__gt=before))).exclude(Exists(live))
    return resting.order_by("?")


def _move_each(resting: QuerySet[Solicitud], move: Move, now: datetime) -> int:
    """Move each under its lock, if its time has still come: another round may have been there."""
    moved = 0
    for pk in list(resting.values_list("pk", flat=True)[:AT_MOST]):
        with transaction.atomic():
            row = resting.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
            if row is not None:
                before = row.estado
                move(row, now)
                moved += row.estado != before
    return moved


def _expire(solicitud: Solicitud, now: datetime) -> None:
    solicitud.advance(Estado.VENCIDA, now=now)


def _release(solicitud: Solicitud, now: datetime) -> None:
    vinculos.release(solicitud, now=now)


def _ask_source_again(solicitud: Solicitud, now: datetime) -> None:
    rest = min((now - (solicitud.espera_desde or now)) / 10, ASK_SOURCE_AT_LEAST)
    if now - solicitud.movida_en < rest:
        return
    solicitud.advance(Estado.CONFIRMADA, now=now)
    enqueue(IDENTIFICAR, solicitud.pk, now=now)


def _assign_if_room(solicitud: Solicitud, now: datetime) -> None:
    identidad = solicitud.identidad
    assert identidad is not None, "en_espera_serie comes after identify"
    if room_for(lugar=place_of(solicitud), titular=identidad, now=now):
        solicitud.advance(Estado.POR_ASIGNAR, now=now)
        enqueue(ASIGNAR, solicitud.pk, now=now)
