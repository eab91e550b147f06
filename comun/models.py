"""Tables of the shared machinery: the outbox, the events, the audit chain."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q


class PendienteQuerySet(models.QuerySet["Pendiente"]):
    def waiting(self) -> Self:
        return self.filter(estado=Pendiente.Estado.PENDIENTE)

    def due(self, now: datetime) -> Self:
        """Those whose turn came, that nobody holds, and that nobody was told of lately."""
        told = Q(avisado_en=None) | Q(avisado_en__lt=now - timedelta(seconds=settings.REAVISO))
        free = Q(arrendado_hasta=None) | Q(arrendado_hasta__lt=now)
        return self.waiting().filter(told, free, proximo__lte=now)

    def lease(self, pk: int) -> "Pendiente | None":
        """Hold the row for settings.ARRIENDO seconds, or return None if another holds it."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE comun_pendiente SET intentos = intentos + 1,"
                " arrendado_hasta = clock_timestamp() + make_interval(secs => %s)"
                " WHERE id = %s AND estado = %s"
                " AND (arrendado_hasta IS NULL OR arrendado_hasta < clock_timestamp())"
                " RETURNING id",
                [settings.ARRIENDO, pk, Pendiente.Estado.PENDIENTE],
            )
            held = cursor.fetchone()
        return self.get(pk=pk) if held else None


class Pendiente(models.Model):
    """One step that somebody must take: the row is the queue, the broker is the bell.

    `pedidos` counts how often the step was asked for: a worker that finishes an
    older request leaves the row waiting for the newer one.
    """

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "Pendiente"
        HECHO = "hecho", "Hecho"
        MUERTO = "muerto", "Abandonado"

    objeto = models.UUIDField("objeto")
    tipo = models.CharField("paso", max_length=40)
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.PENDIENTE)
    pedidos = models.PositiveIntegerField(default=1)
    intentos = models.PositiveSmallIntegerField(default=0)
    proximo = models.DateTimeField("próximo intento")
    avisado_en = models.DateTimeField(null=True, blank=True)
    arrendado_hasta = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)
    creado_en = models.DateTimeField()

    objects = PendienteQuerySet.as_manager()

    class Meta:
        verbose_name = "pendiente"
        verbose_name_plural = "pendientes"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("objeto", "tipo"),
                condition=Q(estado="pendiente"),
                name="pendiente_once_per_object_while_waiting",
            ),
        )
        indexes = (
            models.Index(
                fields=("proximo",), name="pendiente_due", condition=Q(estado="pendiente")
            ),
        )

    def __str__(self) -> str:
        return f"{self.tipo} {self.objeto}"

    def finish(self) -> None:
        """Mark it done, unless the step was asked for again meanwhile."""
        mine = Pendiente.objects.filter(pk=self.pk, estado=self.Estado.PENDIENTE)
        if not mine.filter(pedidos=self.pedidos).update(
            estado=self.Estado.HECHO, arrendado_hasta=None, error=""
        ):
            mine.update(arrendado_hasta=None, avisado_en=None)

    def postpone(self, *, until: datetime, error: str) -> None:
        Pendiente.objects.filter(pk=self.pk).update(
            proximo=until, arrendado_hasta=None, avisado_en=None, error=error[:200]
        )

    def give_up(self, *, error: str) -> None:
        Pendiente.objects.filter(pk=self.pk).update(
            estado=self.Estado.MUERTO, arrendado_hasta=None, error=error[:200]
        )

    def ask_again(self, *, now: datetime) -> None:
        Pendiente.objects.filter(pk=self.pk).update(
            pedidos=F("pedidos") + 1, proximo=now, avisado_en=None
        )


class Evento(models.Model):
    """Something happened that a sibling app may want to know; identifiers only."""

    objeto = models.UUIDField()
    tipo = models.CharField(max_length=60)
    datos = models.JSONField(default=dict)
    fecha = models.DateTimeField()

    class Meta:
        verbose_name = "evento"
        indexes = (models.Index(fields=("tipo", "id"), name="evento_by_tipo"),)

    def __str__(self) -> str:
        return f"{self.tipo} {self.objeto}"


class Trabajo(models.Model):
    """A proof of work that some browser was asked for: gone at its first answer (comun.trabajo)."""

    reto = models.CharField(max_length=32, primary_key=True)
    bits = models.PositiveSmallIntegerField()
    vence = models.DateTimeField()

    class Meta:
        verbose_name = "prueba de trabajo"
        verbose_name_plural = "pruebas de trabajo"

    def __str__(self) -> str:
        return f"{self.bits} bits, hasta {self.vence:%H:%M}"


class Bitacora(models.Model):
    """Who did what, chained: each row's HMAC covers the row before. Never changed."""

    n = models.BigIntegerField(primary_key=True)
    secuencia = models.UUIDField(default=uuid.uuid4, unique=True)
    actor = models.CharField(max_length=80)
    accion = models.CharField("acción", max_length=60)
    objeto = models.CharField(max_length=80)
    razon = models.CharField("razón", max_length=200, blank=True)
    fecha = models.DateTimeField()
    llave = models.CharField(max_length=16)
    hmac_previo = models.BinaryField(max_length=32)
    hmac = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "asiento de bitácora"
        verbose_name_plural = "bitácora"
        ordering = ("-n",)

    def __str__(self) -> str:
        return f"{self.n} {self.accion}"


class Rotacion(models.Model):
    """How far the change to the data key `llave` got in one sealed place (comun.llavero)."""

    llave = models.CharField(max_length=16)
    lugar = models.CharField(max_length=120)
    hasta = models.CharField(max_length=40, blank=True)
    hechas = models.PositiveIntegerField(default=0)
    terminada_en = models.DateTimeField("terminada", null=True, blank=True)

    class Meta:
        verbose_name = "rotación de llaves"
        verbose_name_plural = "rotaciones de llaves"
        constraints = (
            models.UniqueConstraint(
                fields=("llave", "lugar"), name="rotacion_once_per_llave_and_lugar"
            ),
        )

    def __str__(self) -> str:
        return f"{self.lugar} a {self.llave}: {self.hechas}"


class Testigo(models.Model):
    """Which index key this database was written with: with another first, nobody would be found."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    llave = models.CharField(max_length=16)
    huella = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "testigo de los índices"
        verbose_name_plural = "testigo de los índices"
        constraints = (models.CheckConstraint(name="testigo_only_one", condition=Q(id=1)),)

    def __str__(self) -> str:
        return self.llave
