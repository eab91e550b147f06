"""«Es mi equipo»: a browser that proved a mailbox before need not wait for its mail again."""

from datetime import datetime, timedelta

from django.db import transaction

from comun.cripto import keyed_digest
from nss.models import curp_index
from nss.values import Curp
from tramites.models import EquipoConocido, Solicitud, VinculoCorreo, correo_index
from tramites.services.captura import open_row
from tramites.services.confirmacion import prove
from tramites.services.vinculos import speaks

SERVES = timedelta(days=365)
Indice = bytes | None  # as the field types it; a Solicitud always has both


def _huella(equipo: str, curp_idx: Indice, correo_idx: Indice) -> bytes:
    return keyed_digest("equipo", equipo.encode(), curp_idx or b"", correo_idx or b"")


def remember(*, solicitud: Solicitud, equipo: str, now: datetime) -> None:
    """Know this browser (`equipo`: its 256 random bits) for a year, for this CURP and mailbox."""
    pair = {"curp_idx": solicitud.curp_idx, "correo_idx": solicitud.correo_idx}
    EquipoConocido.objects.update_or_create(
        huella=_huella(equipo, **pair),
        defaults={**pair, "creado_en": now, "vence": now + SERVES},
    )


@transaction.atomic(durable=True)
def open_known(*, curp: Curp, correo: str, equipo: str, now: datetime) -> Solicitud | None:
    """Begin, or join, with the mailbox taken as proved; None if this browser is not known for it.

    Only while that mailbox is the bound one. The worker asks again (`still_known`).
    """
    pair = {"curp_idx": curp_index(curp), "correo_idx": correo_index(correo)}
    huella = _huella(equipo, **pair)
    if not EquipoConocido.objects.filter(huella=huella, vence__gt=now).exists():
        return None
    if not VinculoCorreo.objects.filter(**pair).active().exists():
        return None
    solicitud = open_row(curp=curp, correo=correo, now=now)
    solicitud.keep(equipo=huella.hex())
    return prove(solicitud, acta=None, now=now)


def still_known(solicitud: Solicitud, *, now: datetime) -> bool:
    """Say if what a known browser opened may go on; the others proved their mailbox by mail."""
    huella = solicitud.datos.get("equipo")
    if huella is None:
        return True
    known = EquipoConocido.objects.filter(huella=bytes.fromhex(huella), vence__gt=now)
    return known.exists() and speaks(solicitud)
