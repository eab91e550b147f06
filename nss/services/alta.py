"""A number for a person who has none: one per CURP, without gaps, whoever else is at the counter."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from comun.caos import punto
from comun.reloj import local_date
from nss.errors import NumeroPorAclarar
from nss.models import Asegurado, Numero, curp_index, persona_index
from nss.services.series import Anios, Lugar, candidates, take_one
from nss.values import Identidad


@dataclass(frozen=True, slots=True, kw_only=True)
class Asignacion:
    """The person's number; `created` tells whether it was born here."""

    numero: Numero
    created: bool


# Two transactions with one CURP meet here: the second waits for the first to end, and then
# inserts nothing if the first committed. Earlier keys of registered people count as theirs.
_ENTER = """
INSERT INTO nss_asegurado (id, curp_idx, persona_idx, datos, umf_id, entidad, creado_en)
SELECT %(id)s, %(curp_idx)s, %(persona_idx)s, %(datos)s, %(umf)s, %(entidad)s, %(now)s
 WHERE NOT EXISTS (SELECT 1 FROM nss_curpanterior WHERE curp_idx = ANY(%(keys)s))
   AND NOT EXISTS (SELECT 1 FROM nss_asegurado WHERE curp_idx = ANY(%(keys)s))
    ON CONFLICT (curp_idx) DO NOTHING RETURNING id
"""


@transaction.atomic
def assign_nss(*, titular: Identidad, lugar: Lugar, now: datetime) -> Asignacion:
    """Give `titular` a number, or return the one already held.

    The year of alta is Mexico's year at `now`. Keep the caller's transaction
    short after this: the series' row stays locked until it ends.

    Raises
        SerieAgotada: no series of the place has room; nothing was written.
        NumeroPorAclarar: the person holds a number that must be looked into first.
    """
    asegurado = _enter(titular, lugar, now)
    if asegurado is None:
        asegurado, numero = _held(titular)
        if numero is not None:
            return Asignacion(numero=numero, created=False)
    fecha = local_date(now)
    tomado = take_one(
        lugar=lugar,
        anios=Anios.of(alta=fecha, nacimiento=titular.fecha_nacimiento),
        asegurado_id=asegurado.pk,
        fecha=fecha,
    )
    punto("tras_numero")
    numero = Numero(
        id=tomado.numero_id,
        nss=tomado.nss,
        asegurado=asegurado,
        serie_id=tomado.serie_id,
        consecutivo=tomado.consecutivo,
        fecha_alta=fecha,
    )
    numero._state.adding, numero._state.db = False, connection.alias
    return Asignacion(numero=numero, created=True)


def room_for(lugar: Lugar, titular: Identidad, now: datetime) -> bool:
    """Is there a series with a number left for this person in this place?"""
    anios = Anios.of(alta=local_date(now), nacimiento=titular.fecha_nacimiento)
    return bool(candidates(lugar, anios))


def new_asegurado(titular: Identidad, lugar: Lugar, now: datetime) -> Asegurado:
    """Return the person's row, not saved yet."""
    return Asegurado(
        curp_idx=curp_index(titular.curp),
        persona_idx=persona_index(titular),
        datos=titular.as_json(),
        umf_id=lugar.unidad_id,
        entidad=lugar.entidad,
        creado_en=now,
    )


def _enter(titular: Identidad, lugar: Lugar, now: datetime) -> Asegurado | None:
    """Insert the person, or return None if one of their keys is registered already."""
    row = new_asegurado(titular, lugar, now)
    keys = (titular.curp, *titular.curps_anteriores)
    params = {
        "id": str(row.pk),
        "curp_idx": row.curp_idx,
        "persona_idx": row.persona_idx,
        "datos": Asegurado.datos.field.sealed_for(row, row.datos),
        "umf": row.umf_id,
        "entidad": row.entidad,
        "now": now,
        "keys": [curp_index(curp) for curp in keys],
    }
    with connection.cursor() as cursor:
        cursor.execute(_ENTER, params)
        return row if cursor.fetchone() else None


def _held(titular: Identidad) -> tuple[Asegurado, Numero | None]:
    """Hold the registered person's row until the transaction ends; return it with its number."""
    keys = (titular.curp, *titular.curps_anteriores)
    people = list(Asegurado.objects.of_keys(keys).order_by("pk").select_for_update(of=("self",)))
    numeros = list(Numero.objects.open().filter(asegurado__in=people).select_related("asegurado"))
    if len(numeros) > 1 or any(n.estado != Numero.Estado.VIGENTE for n in numeros):
        raise NumeroPorAclarar(asegurado=people[0].pk)
    return people[0], numeros[0] if numeros else None
