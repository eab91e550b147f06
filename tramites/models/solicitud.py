"""The Solicitud and its moves."""

import uuid
from datetime import datetime
from functools import cached_property
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q

from comun.cripto import blind_index
from comun.fields import BlindIndexField, SealedJsonField
from constancias.enums import Verbo
from nss.identidad import Identidad
from nss.models import Asegurado, Numero
from nss.values import Curp
from tramites import enums, rules
from tramites.domicilios import Domicilio
from tramites.enums import MOVES, Estado, Razon, TipoTramite
from tramites.errors import MoveNotAllowed, SolicitudChanged, SolicitudVaciada


def correo_index(correo: str) -> bytes:
    return blind_index("correo", rules.normal_correo(correo))


class SolicitudQuerySet(models.QuerySet["Solicitud"]):
    def same_pair(self, *, curp_idx: bytes | None, correo_idx: bytes | None) -> Self:
        return self.filter(curp_idx=curp_idx, correo_idx=correo_idx, tipo=TipoTramite.NSS)

    def reopenable(self) -> Self:
        """Those that a new capture of the same CURP and mailbox goes on with, same folio."""
        return self.filter(estado__in=(Estado.POR_CONFIRMAR, Estado.VENCIDA))

    def joinable(self) -> Self:
        return self.filter(estado__in=sorted(enums.JOINABLE))

    def live(self) -> Self:
        return self.filter(estado__in=sorted(enums.LIVE))

    def resting(self, estado: Estado, *, before: datetime) -> Self:
        return self.filter(estado=estado, movida_en__lt=before)


class Solicitud(models.Model):
    """One request of one person for one number.

    `estado` is written by `advance` alone; a test fails if any other line of the
    project assigns it, and a trigger refuses a move that MOVES does not have.
    `datos` (sealed): curp, correo, identidad (snapshot), identidad_aceptada, domicilio (draft),
    unidad_id, cp_oficina, acta (typed, until the worker judges it), acta_comprobada.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tipo = models.CharField("trámite", max_length=10, choices=TipoTramite, default=TipoTramite.NSS)
    folio = models.CharField(max_length=23, unique=True, editable=False)
    curp_idx = BlindIndexField(editable=False)
    correo_idx = BlindIndexField(editable=False)
    datos = SealedJsonField()
    estado = models.CharField(max_length=20, choices=Estado, default=Estado.POR_CONFIRMAR)
    estado_previo = models.CharField(max_length=20, choices=Estado, blank=True)
    razon = models.CharField("razón", max_length=20, choices=Razon, blank=True)
    verbo = models.CharField(max_length=12, choices=Verbo, blank=True)
    asegurado = models.ForeignKey(
        Asegurado, on_delete=models.PROTECT, null=True, blank=True, related_name="solicitudes"
    )
    aviso_version = models.CharField("versión del aviso", max_length=20)
    creada_en = models.DateTimeField()
    confirmada_en = models.DateTimeField(null=True, blank=True, editable=False)
    congelada_en = models.DateTimeField(null=True, blank=True, editable=False)
    movida_en = models.DateTimeField()
    espera_desde = models.DateTimeField(null=True, blank=True, editable=False)
    vaciada_en = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SolicitudQuerySet.as_manager()

    class Meta:
        verbose_name = "solicitud"
        verbose_name_plural = "solicitudes"
        ordering = ("-movida_en", "pk")
        indexes = (
            models.Index(fields=("estado", "movida_en"), name="solicitud_sweep"),
            models.Index(fields=("curp_idx",), name="solicitud_by_curp"),
            models.Index(fields=("correo_idx",), name="solicitud_by_correo"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("curp_idx", "correo_idx", "tipo"),
                condition=Q(estado=Estado.POR_CONFIRMAR),
                name="solicitud_one_por_confirmar_per_curp_and_correo",
            ),
            models.UniqueConstraint(
                fields=("curp_idx", "tipo"),
                condition=Q(estado__in=sorted(enums.LIVE)),
                name="solicitud_one_live_per_curp",
            ),
            models.CheckConstraint(
                name="solicitud_says_which_aviso_was_accepted", condition=~Q(aviso_version="")
            ),
            models.CheckConstraint(
                name="solicitud_with_numero_has_asegurado_and_verbo",
                condition=~Q(estado__in=sorted(enums.WITH_NUMERO))
                | (Q(asegurado__isnull=False) & ~Q(verbo="")),
            ),
            models.CheckConstraint(
                name="solicitud_before_numero_has_no_asegurado",
                condition=~Q(estado__in=sorted(enums.WITHOUT_NUMERO)) | Q(asegurado=None, verbo=""),
            ),
            models.CheckConstraint(
                name="solicitud_inconclusa_has_razon",
                condition=(Q(estado=Estado.INCONCLUSA) & ~Q(razon=""))
                | (~Q(estado=Estado.INCONCLUSA) & Q(razon=""))
                | Q(estado=Estado.VENCIDA),
            ),
            models.CheckConstraint(
                name="solicitud_past_por_confirmar_is_confirmada",
                condition=Q(estado__in=(Estado.POR_CONFIRMAR, Estado.VENCIDA, Estado.CANCELADA))
                | Q(confirmada_en__isnull=False),
            ),
            models.CheckConstraint(
                name="solicitud_fallo_tecnico_knows_estado_previo",
                condition=Q(estado=Estado.FALLO_TECNICO) & ~Q(estado_previo="")
                | ~Q(estado=Estado.FALLO_TECNICO) & Q(estado_previo=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.folio} ({self.get_estado_display()})"

    @transaction.atomic
    def advance(self, to: Estado, *, now: datetime, **changes: Any) -> None:
        """Move to `to`, write `changes` with it, and leave one Movimiento.

        The UPDATE names the state this instance was read in, so of two processes
        holding the same row one wins and the other is told.

        Raises
            MoveNotAllowed: MOVES has no such edge.
            SolicitudChanged: the row left that state since it was read.
        """
        origin = Estado(self.estado)
        if to not in MOVES[origin]:
            raise MoveNotAllowed(solicitud=self.pk, origin=origin, to=to)
        if to == Estado.FALLO_TECNICO:
            changes["estado_previo"] = origin
        elif origin == Estado.FALLO_TECNICO:
            changes["estado_previo"] = ""
        if "datos" in changes:
            changes["datos"] = self._sealed(changes["datos"])
        row = type(self).objects.filter(pk=self.pk, estado=origin)
        if not row.update(estado=to, movida_en=now, **changes):
            raise SolicitudChanged(solicitud=self.pk, origin=origin, to=to)
        self.movimientos.create(origen=origin, destino=to, fecha=now)
        self.refresh_from_db(fields=("estado", "movida_en", *changes))
        self.__dict__.pop("numero", None)

    def keep(self, **changes: Any) -> None:
        """Write `changes` into the sealed data without moving; the row must be locked."""
        datos = {**self.datos, **changes}
        type(self).objects.filter(pk=self.pk).update(datos=self._sealed(datos))
        self.datos = datos

    def _sealed(self, datos: dict[str, Any]) -> bytes:
        field = type(self)._meta.get_field("datos")
        assert isinstance(field, SealedJsonField)
        return field.sealed_for(self, datos)

    @property
    def tells(self) -> bool:
        """Do its pages show something that only the bound mailbox may see?"""
        return self.estado in enums.TELLING or self.razon in enums.TELLING_RAZONES

    def _told(self, name: str) -> str:
        if self.vaciada_en:
            raise SolicitudVaciada(solicitud=self.pk)
        return str(self.datos[name])

    @property
    def curp(self) -> Curp:
        return Curp(self._told("curp"))

    @property
    def correo(self) -> str:
        return self._told("correo")

    @property
    def correo_velado(self) -> str:
        return "(borrado)" if self.vaciada_en else rules.veiled_correo(self.correo)

    @property
    def identidad(self) -> Identidad | None:
        data = self.datos.get("identidad")
        return Identidad.from_json(data) if data else None

    @property
    def identidad_aceptada(self) -> bool:
        """Did the person say "sí, soy yo" to the data of the registry?"""
        return bool(self.datos.get("identidad_aceptada"))

    @property
    def domicilio(self) -> Domicilio | None:
        data = self.datos.get("domicilio")
        return Domicilio.from_json(data) if data else None

    @property
    def unidad_id(self) -> int | None:
        unidad_id: int | None = self.datos.get("unidad_id")
        return unidad_id

    @cached_property
    def numero(self) -> Numero | None:
        """The person's number in force, or None before it is located or assigned."""
        if self.asegurado_id is None:
            return None
        return Numero.objects.filter(
            asegurado_id=self.asegurado_id, estado=Numero.Estado.VIGENTE
        ).first()


class Movimiento(models.Model):
    """One move of one Solicitud; never changed."""

    solicitud = models.ForeignKey(Solicitud, on_delete=models.PROTECT, related_name="movimientos")
    origen = models.CharField(max_length=20, choices=Estado)
    destino = models.CharField(max_length=20, choices=Estado)
    fecha = models.DateTimeField()

    class Meta:
        verbose_name = "movimiento"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.origen} → {self.destino}"
