"""Petición: what a person asks about their data; AvisoPeticion: each mail about it."""

import uuid
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from comun.fields import BlindIndexField, SealedJsonField
from tramites.derechos import rules
from tramites.derechos.enums import (
    ANSWERED,
    MOVES,
    OPEN,
    UNANSWERED,
    Causa,
    ClaseAviso,
    Derecho,
    Estado,
    Via,
)
from tramites.derechos.errors import MoveNotAllowed
from tramites.derechos.rules import Calendario
from tramites.models import Solicitud
from tramites.rules import veiled_correo


def _hand(nombre: str) -> "models.CharField[str, str]":
    """Return a column that says whose hand it was, as the chain of audit writes an actor."""
    return models.CharField(nombre, max_length=40, default="", db_default="", editable=False)


class PeticionQuerySet(models.QuerySet["Peticion"]):
    def of(self, solicitud: Solicitud) -> Self:
        """Those of the same CURP and mailbox: the pair that this person proved."""
        return self.filter(curp_idx=solicitud.curp_idx, correo_idx=solicitud.correo_idx)

    def running(self) -> Self:
        return self.filter(estado__in=OPEN)

    def overdue(self, today: date) -> Self:
        return self.running().filter(vence__lt=today)


class Peticion(models.Model):
    """One request over one's data, with the term that runs.

    `estado` is written by `advance` alone. `datos` (sealed): curp, correo ("" if none), texto
    (what is asked), falta (what it lacks, as the desk told), aclaracion (what was said to
    that), motivo (of the extension), respuesta. `vence` is the last day of the term
    that runs, counted in the calendar in use; `prorroga` how many business days were added.
    The last three say whose hand it was, as the chain of audit writes an actor.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    folio = models.CharField(max_length=20, unique=True, editable=False)
    derecho = models.CharField(max_length=14, choices=Derecho)
    via = models.CharField("vía", max_length=8, choices=Via)
    solicitud = models.ForeignKey(
        Solicitud, on_delete=models.SET_NULL, null=True, editable=False, related_name="peticiones"
    )
    curp_idx = BlindIndexField(editable=False)
    correo_idx = BlindIndexField(editable=False, null=True)
    datos = SealedJsonField()
    estado = models.CharField(
        max_length=12, choices=Estado, default=Estado.RECIBIDA, editable=False
    )
    causa = models.CharField(max_length=14, choices=Causa, blank=True, editable=False)
    prorroga = models.PositiveSmallIntegerField("días de ampliación", default=0, editable=False)
    recibida_en = models.DateTimeField("recibida", editable=False)
    prevenida_en = models.DateTimeField("se pidió aclararla", null=True, editable=False)
    subsanada_en = models.DateTimeField("aclarada", null=True, editable=False)
    prorrogada_en = models.DateTimeField("ampliada", null=True, editable=False)
    contestada_en = models.DateTimeField("contestada", null=True, editable=False)
    concluida_en = models.DateTimeField("concluida", null=True, editable=False)
    vence = models.DateField("vence", null=True, editable=False)
    registrada_por = _hand("registró")
    contestada_por = _hand("contestó")
    hecha_por = _hand("hizo efectiva")

    objects = PeticionQuerySet.as_manager()

    class Meta:
        verbose_name = "petición ARCO"
        verbose_name_plural = "peticiones ARCO"
        ordering = ("vence", "recibida_en")
        indexes = (
            models.Index(fields=("vence",), name="peticion_due", condition=Q(estado__in=OPEN)),
            models.Index(fields=("curp_idx",), name="peticion_by_curp"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("curp_idx", "correo_idx", "derecho"),
                condition=Q(estado__in=UNANSWERED),
                name="peticion_one_open_per_person_and_derecho",
            ),
            models.CheckConstraint(
                name="peticion_waits_for_what_was_asked_for",
                condition=~Q(estado__in=(Estado.PREVENIDA, Estado.CADUCADA))
                | Q(prevenida_en__isnull=False, subsanada_en=None),
            ),
            models.CheckConstraint(
                name="peticion_is_cleared_after_it_was_asked_to",
                condition=Q(subsanada_en=None)
                | Q(prevenida_en__isnull=False, subsanada_en__gte=F("prevenida_en")),
            ),
            models.CheckConstraint(
                name="peticion_goes_on_once_it_is_cleared",
                condition=~Q(estado=Estado.RECIBIDA)
                | Q(prevenida_en=None)
                | Q(subsanada_en__isnull=False),
            ),
            models.CheckConstraint(
                name="peticion_refused_says_why",
                condition=Q(estado=Estado.IMPROCEDENTE) & ~Q(causa="")
                | ~Q(estado=Estado.IMPROCEDENTE) & Q(causa=""),
            ),
            models.CheckConstraint(
                name="peticion_answered_when_it_has_an_answer",
                condition=Q(estado__in=ANSWERED, contestada_en__isnull=False)
                | ~Q(estado__in=ANSWERED) & Q(contestada_en=None),
            ),
            models.CheckConstraint(
                name="peticion_has_a_term_while_open",
                condition=Q(estado__in=OPEN, vence__isnull=False, concluida_en=None)
                | ~Q(estado__in=OPEN) & Q(vence=None, concluida_en__isnull=False),
            ),
            models.CheckConstraint(
                name="peticion_on_paper_is_erased_by_another_hand",
                condition=~Q(via=Via.PERSONAL, derecho=Derecho.CANCELACION)
                | Q(hecha_por="")
                | ~Q(hecha_por=F("registrada_por")) & ~Q(hecha_por=F("contestada_por")),
            ),
            models.CheckConstraint(
                name="peticion_extended_once_and_at_most_ten_days",
                condition=Q(prorroga=0, prorrogada_en=None)
                | Q(prorroga__range=(1, rules.AMPLIAR), prorrogada_en__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.folio

    def advance(self, to: Estado, *, now: datetime, **changes: Any) -> None:
        """Move to `to` with `changes`; of two hands on the same row one wins.

        Raises
            MoveNotAllowed: MOVES has no such edge, or the row moved meanwhile.
        """
        origin = Estado(self.estado)
        if to not in MOVES[origin]:
            raise MoveNotAllowed(folio=self.folio, origin=origin, to=to)
        if to not in OPEN:
            changes |= {"vence": None, "concluida_en": now}
        self._write(estado=to, **changes)

    def keep(self, **changes: Any) -> None:
        """Write `changes` without moving; raise MoveNotAllowed if the row moved meanwhile."""
        self._write(**changes)

    def _write(self, **changes: Any) -> None:
        if "datos" in changes:
            field = type(self)._meta.get_field("datos")
            assert isinstance(field, SealedJsonField)
            changes["datos"] = field.sealed_for(self, {**self.datos, **changes["datos"]})
        row = type(self).objects.filter(pk=self.pk, estado=self.estado)
        if not row.update(**changes):
            raise MoveNotAllowed(folio=self.folio)
        self.refresh_from_db(fields=list(changes))

    def term(self, calendario: Calendario) -> date | None:
        """Return the last day of the term that runs, or None when none does."""
        if self.estado == Estado.RECIBIDA:
            # Asking for what was missing interrupted the term: it begins anew with the answer.
            begun = timezone.localdate(self.subsanada_en or self.recibida_en)
            return rules.answer_by(calendario, begun, extended=self.prorroga)
        if self.estado == Estado.PREVENIDA and self.prevenida_en:
            return rules.clear_by(calendario, timezone.localdate(self.prevenida_en))
        if self.estado == Estado.PROCEDENTE and self.contestada_en:
            return rules.effective_by(calendario, timezone.localdate(self.contestada_en))
        return None

    def is_overdue(self, today: date) -> bool:
        return self.vence is not None and self.vence < today

    @property
    def erases_on_paper(self) -> bool:
        """Who asks proved no mailbox: what is erased is the whole CURP's, and takes two people."""
        return (self.via, self.derecho) == (Via.PERSONAL, Derecho.CANCELACION)

    @property
    def correo(self) -> str:
        return str(self.datos["correo"])

    @property
    def correo_velado(self) -> str:
        return veiled_correo(self.correo) if self.correo else "sin correo"

    @property
    def nombre_derecho(self) -> str:
        return Derecho(self.derecho).nombre


class AvisoPeticion(models.Model):
    """One mail about a Petición; it says nothing of the person, and goes out once.

    `dia` is the end of the term that ran when it was written, however late it leaves.
    """

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "Pendiente"
        ENVIADO = "enviado", "Enviado"
        RECHAZADO = "rechazado", "Rechazado"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    peticion = models.ForeignKey(Peticion, on_delete=models.CASCADE, related_name="avisos")
    clase = models.CharField(max_length=10, choices=ClaseAviso)
    dia = models.DateField("día que dice", null=True)
    destinatario = SealedJsonField()
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.PENDIENTE)
    creado_en = models.DateTimeField()
    enviado_en = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "aviso de petición"
        verbose_name_plural = "avisos de peticiones"
        constraints = (
            models.UniqueConstraint(
                fields=("peticion", "clase"), name="aviso_once_per_peticion_and_clase"
            ),
        )

    def __str__(self) -> str:
        return f"{self.clase} de {self.peticion_id}"


class Copia(models.Model):
    """A copy of one's data: asked for, made by the worker, gone an hour after it was asked for.

    `contenido` (sealed): expediente (what is told) and pdf (base64). `completa`: it tells what
    only the mailbox that speaks for the CURP may read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    solicitud = models.OneToOneField(Solicitud, on_delete=models.CASCADE, related_name="copia")
    contenido = SealedJsonField(null=True)
    completa = models.BooleanField(default=False)
    pedida_en = models.DateTimeField()
    lista_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "copia de datos"
        verbose_name_plural = "copias de datos"
        constraints = (
            models.CheckConstraint(
                name="copia_ready_when_it_has_content",
                condition=Q(contenido=None, lista_en=None)
                | Q(contenido__isnull=False, lista_en__isnull=False),
            ),
        )
        indexes = (models.Index(fields=("pedida_en",), name="copia_by_age"),)

    def __str__(self) -> str:
        return f"copia de {self.solicitud_id}"
