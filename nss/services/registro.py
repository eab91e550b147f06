"""What the registry learns from elsewhere: numbers that already exist, keys that changed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from nss.errors import NumeroEnUso
from nss.models import Asegurado, CurpAnterior, Numero, curp_index, persona_index
from nss.services.alta import new_asegurado
from nss.services.copia import insert_new
from nss.services.series import Lugar
from nss.values import Identidad, Nss


@dataclass(frozen=True, slots=True, kw_only=True)
class NumeroAjeno:
    """A number given by another registry."""

    nss: Nss
    estado: Numero.Estado
    fecha_alta: date


# The series must never give a number that came from elsewhere: it goes on after it.
_SKIP = """
INSERT INTO nss_serie (prefijo, anio_alta, anio_nacimiento, siguiente)
VALUES (%(prefijo)s, %(alta)s, %(nacimiento)s, %(siguiente)s)
    ON CONFLICT (prefijo, anio_alta, anio_nacimiento)
    DO UPDATE SET siguiente = greatest(nss_serie.siguiente, excluded.siguiente)
"""


@transaction.atomic
def register_numero(*, titular: Identidad, numero: NumeroAjeno, now: datetime) -> bool:
    """Record a number that `titular` already has; return False if it was recorded before.

    Raises
        NumeroEnUso: it is somebody else's, or the person has another one in force.
    """
    asegurado_id = _row_of(titular, now)
    _skip(numero.nss)
    known = Numero.objects.filter(nss=numero.nss).first()
    if known is not None and known.asegurado_id == asegurado_id:
        return False
    in_force = Numero.objects.vigentes().filter(asegurado=asegurado_id)
    if known is not None or (numero.estado == Numero.Estado.VIGENTE and in_force.exists()):
        raise NumeroEnUso(asegurado=asegurado_id)
    Numero.objects.create(
        nss=numero.nss,
        asegurado_id=asegurado_id,
        estado=numero.estado,
        fecha_alta=numero.fecha_alta,
    )
    return True


@transaction.atomic
def replace_curp(*, asegurado_id: UUID, identidad: Identidad) -> None:
    """Put the person under the new key of `identidad`; the old key stays theirs."""
    row = Asegurado.objects.select_for_update().get(pk=asegurado_id)
    new = curp_index(identidad.curp)
    if row.curp_idx == new:
        return
    CurpAnterior.objects.create(curp_idx=row.curp_idx, asegurado=row)
    row.curp_idx, row.persona_idx = new, persona_index(identidad)
    row.datos = identidad.as_json()
    row.save(update_fields=("curp_idx", "persona_idx", "datos"))


def _row_of(titular: Identidad, now: datetime) -> UUID:
    """Return the person's row, inserted if needed, held until the transaction ends."""
    keys = (titular.curp, *titular.curps_anteriores)
    held = (
        Asegurado.objects.of_keys(keys).order_by("creado_en", "pk").select_for_update(of=("self",))
    )
    if (row := held.first()) is None:
        insert_new([new_asegurado(titular, Lugar(), now)])
        row = held.get()
    return row.pk


def _skip(nss: Nss) -> None:
    """Move the number's series past it."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SKIP,
            {
                "prefijo": nss[:2],
                "alta": int(nss[2:4]),
                "nacimiento": int(nss[4:6]),
                "siguiente": int(nss[6:10]) + 1,
            },
        )
