"""Where the data of one person lie: for each table of the inventory, which rows are theirs.

A table with a personal field that is neither in FUENTES nor in APART fails a test: what is kept
of a person is told to that person, or it is written here why not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q

from comun.personal.models import Revelacion
from constancias.models import Constancia, Verificacion
from nss.models import Asegurado, CurpAnterior, Numero, PersonaPadron
from tramites import models as tramites
from tramites.derechos.enums import ClaseAviso
from tramites.derechos.models import AvisoPeticion, Copia, Peticion
from tramites.models import Solicitud, correo_index
from tramites.services.vinculos import speaks


@dataclass(frozen=True, slots=True)
class Persona:
    """Who asks: a CURP, the mailbox that was proved, and if that one speaks for the CURP.

    Without the voice only what was written from this mailbox is told: the rest may be
    somebody else's.
    """

    curp_idx: bytes | None
    correo_idx: bytes | None
    con_voz: bool

    @classmethod
    def of(cls, solicitud: Solicitud) -> "Persona":
        return cls(solicitud.curp_idx, solicitud.correo_idx, speaks(solicitud))

    @property
    def pair(self) -> dict[str, Any]:
        return {"curp_idx": self.curp_idx, "correo_idx": self.correo_idx}

    def owns(self, correo: str) -> bool:
        return correo_index(correo) == self.correo_idx


Fuente = Callable[[Persona], Iterable[Model]]


def _solicitudes(persona: Persona) -> Iterable[Model]:
    return Solicitud.objects.filter(**persona.pair).order_by("creada_en")


def _of_solicitudes(model: type[Model]) -> Fuente:
    def rows(persona: Persona) -> Iterable[Model]:
        mine = Solicitud.objects.filter(**persona.pair)
        return model._default_manager.filter(solicitud__in=mine).order_by("pk")

    return rows


def _correos(persona: Persona) -> Iterable[Model]:
    """Only what went to this mailbox: a notice about its Solicitud may have gone to another."""
    sent = tramites.Correo.objects.filter(solicitud__in=Solicitud.objects.filter(**persona.pair))
    warned = tramites.Correo.objects.filter(solicitud__curp_idx=persona.curp_idx)
    every = (sent | warned).distinct().order_by("creado_en")
    return [one for one in every if persona.owns(one.destinatario["correo"])]


def _of_pair(model: type[Model]) -> Fuente:
    def rows(persona: Persona) -> Iterable[Model]:
        return model._default_manager.filter(**persona.pair).order_by("pk")

    return rows


def _casos(persona: Persona) -> Iterable[Model]:
    """Those that gave the CURP to this mailbox, or freed it; one to another mailbox is not told."""
    every = tramites.CasoVinculo.objects.filter(curp_idx=persona.curp_idx).order_by("creado_en")
    return [one for one in every if not one.correo or persona.owns(one.correo)]


def _ampliaciones(persona: Persona) -> Iterable[Model]:
    return tramites.AmpliacionBuzon.objects.filter(correo_idx=persona.correo_idx)


def _avisos(persona: Persona) -> Iterable[Model]:
    """Only what went to this mailbox: that the data were erased may have been told to another."""
    mine = AvisoPeticion.objects.filter(peticion__in=Peticion.objects.filter(**persona.pair))
    erased = ClaseAviso.BORRADO
    return [one for one in mine if one.clase != erased or persona.owns(one.destinatario["correo"])]


def _asegurados(persona: Persona) -> Iterable[Model]:
    mine = Q(curp_idx=persona.curp_idx) | Q(curps_anteriores__curp_idx=persona.curp_idx)
    return Asegurado.objects.filter(mine).distinct()


def _of_asegurado(model: type[Model], path: str) -> Fuente:
    def rows(persona: Persona) -> Iterable[Model]:
        return model._default_manager.filter(**{f"{path}__in": _asegurados(persona)}).order_by("pk")

    return rows


def _revelaciones(persona: Persona) -> Iterable[Model]:
    return Revelacion.objects.of_person(persona.curp_idx or b"")


def _padron(persona: Persona) -> Iterable[Model]:
    return PersonaPadron.objects.filter(curp_idx=persona.curp_idx)


# Told to whoever proved the mailbox: what came from that very mailbox.
DEL_CORREO: dict[str, Fuente] = {
    "tramites.Solicitud": _solicitudes,
    "derechos.Peticion": _of_pair(Peticion),
    "derechos.AvisoPeticion": _avisos,
}
# Told only to the mailbox that speaks for the CURP.
DE_LA_PERSONA: dict[str, Fuente] = {
    "tramites.Movimiento": _of_solicitudes(tramites.Movimiento),
    "tramites.Confirmacion": _of_solicitudes(tramites.Confirmacion),
    "tramites.VinculoCorreo": _of_pair(tramites.VinculoCorreo),
    "tramites.IntentoActa": _of_pair(tramites.IntentoActa),
    "tramites.CasoVinculo": _casos,
    "tramites.AmpliacionBuzon": _ampliaciones,
    "tramites.Correo": _correos,
    "nss.Asegurado": _asegurados,
    "nss.Numero": _of_asegurado(Numero, "asegurado"),
    "nss.CurpAnterior": _of_asegurado(CurpAnterior, "asegurado"),
    "nss.PersonaPadron": _padron,
    "personal.Revelacion": _revelaciones,
    "constancias.Constancia": _of_asegurado(Constancia, "numero__asegurado"),
    "constancias.Verificacion": _of_asegurado(Verificacion, "constancia__numero__asegurado"),
}
FUENTES = {**DEL_CORREO, **DE_LA_PERSONA}
# Tables with personal fields that are not of whoever asks, and why.
APART = {
    "auth.User": "Son las cuentas del personal.",
    "admin.LogEntry": "Dice qué hizo el personal.",
    "personal.Equipo": "Son los equipos del personal.",
    "personal.Aviso": "Son avisos al personal.",
    "comun.Bitacora": "Su dato personal es quién del personal actuó.",
    "constancias.Consulta": "Nadie sabe de quién es: se borra a los diez minutos.",
    Copia._meta.label: "Es esta misma copia.",
}


def rows_of(persona: Persona, modelo: str) -> list[Model]:
    """Return the rows of one table that may be told to this person."""
    if modelo in DE_LA_PERSONA and not persona.con_voz:
        return []
    return list(FUENTES[modelo](persona)) if modelo in FUENTES else []
