"""Leave the trace of a capture, look for abuse in the traces of a day, forget them."""

import logging
import secrets
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from comun import reloj
from comun.cripto import INDEX_BYTES, keyed_digest
from tramites.models import Alerta, Rastro, SalDeRastro, Solicitud
from tramites.sospechas import (
    BARRIDOS,
    DAY,
    DESECHABLES,
    FREE,
    PROVED_SHARE,
    QUIET,
    REGLAS,
    YOUNG,
    Regla,
    likeness,
)

log = logging.getLogger(__name__)

KEPT = timedelta(hours=48)
BY_NETWORK = ("red", "familia")  # a school with a pass is not looked at by these
OF_A_NETWORK = ("barrido", "dominios")  # their `huella` is a network


def leave(*, solicitud: Solicitud, red: str, con_pase: bool, now: datetime) -> None:
    """Note one capture; `red` is the network it came from (comun.limites.network_of)."""
    sal = _salt(reloj.local_date(now))
    alike = likeness(solicitud.correo)
    Rastro.objects.create(
        momento=now,
        red=_digest(sal, "red", red.encode()),
        curp=_digest(sal, "curp", solicitud.curp.encode()),
        tallo=_digest(sal, "tallo", solicitud.curp[:16].encode()),
        correo=_digest(sal, "correo", bytes(solicitud.correo_idx or b"")),
        alias=_digest(sal, "alias", alike.alias.encode()),
        familia=_digest(sal, "familia", (alike.familia + red).encode()) if alike.familia else None,
        dominio=_digest(sal, "dominio", alike.dominio.encode()) if alike.dominio else None,
        par=_pair(sal, solicitud.curp_idx, solicitud.correo_idx),
        con_pase=con_pase,
        desechable=alike.desechable,
    )


def asks_challenge(*, red: str, now: datetime) -> bool:
    """Say if who captures from this network is asked to prove being a person.

    It looks at the network alone: by a CURP's or a mailbox's traces it would tell of them.
    """
    if settings.CAPTCHA == "siempre":
        return True
    mine = _digest(_salt(reloj.local_date(now)), "red", red.encode())
    if Rastro.objects.filter(red=mine, momento__gt=now - QUIET).count() >= FREE:
        return True
    open_ones = Alerta.objects.filter(huella=mine, clase__in=OF_A_NETWORK, atendida_en=None)
    return open_ones.exists()


def detect(now: datetime) -> int:
    """Look for abuse, tell the staff of what is new, forget old traces; return how many are new."""
    found = [*_by_count(now), *_sweeps(now), *_throwaway(now)]
    new = sum(_raise(regla.clase, huella, cuenta, now) for regla, huella, cuenta in found)
    Rastro.objects.filter(momento__lt=now - KEPT).delete()
    SalDeRastro.objects.filter(dia__lt=reloj.local_date(now - KEPT)).delete()
    return new


Hallazgo = tuple[Regla, bytes, int]


def _by_count(now: datetime) -> Iterator[Hallazgo]:
    for regla in REGLAS:
        rows = Rastro.objects.filter(momento__gt=now - regla.within)
        if regla.por in BY_NETWORK:
            rows = rows.filter(con_pase=False)
        for huella, cuenta in _groups(rows, regla):
            yield regla, huella, cuenta


def _groups(rows: Any, regla: Regla) -> Any:
    """Return (digest, count) of the groups that reach the rule."""
    named = rows.exclude(**{regla.por: None}).exclude(**{regla.de: None})
    counted = named.values(regla.por).annotate(cuenta=Count(regla.de, distinct=True))
    return counted.filter(cuenta__gte=regla.least).values_list(regla.por, "cuenta").order_by()


def _sweeps(now: datetime) -> Iterator[Hallazgo]:
    """Networks from which many CURPs come and few prove their mailbox."""
    for regla in BARRIDOS:
        rows = Rastro.objects.filter(
            con_pase=False, momento__gt=now - regla.within, momento__lt=now - YOUNG
        )
        for huella, cuenta in _groups(rows, regla):
            pairs = set(rows.filter(red=huella).values_list("par", flat=True))
            if len(pairs & _proved_pairs(now)) < PROVED_SHARE * len(pairs):
                yield regla, huella, cuenta


def _proved_pairs(now: datetime) -> set[bytes]:
    """Return the pairs proved within a day, under the salts of both its dates."""
    proved = Solicitud.objects.filter(confirmada_en__gt=now - DAY)
    pairs = list(proved.values_list("curp_idx", "correo_idx"))
    salts = [bytes(sal) for sal in SalDeRastro.objects.values_list("sal", flat=True)]
    return {_pair(sal, *pair) for sal in salts for pair in pairs}


def _throwaway(now: datetime) -> Iterator[Hallazgo]:
    rows = Rastro.objects.filter(desechable=True, momento__gt=now - DESECHABLES.within)
    cuenta = rows.values("correo").distinct().count()
    if cuenta >= DESECHABLES.least:
        yield DESECHABLES, _digest(_salt(reloj.local_date(now)), "desechables"), cuenta


@transaction.atomic
def _raise(clase: str, huella: bytes, cuenta: int, now: datetime) -> bool:
    """Keep the alert, or make the one there is say more; say if it is new."""
    facts = {"cuenta": cuenta, "ultima": now}
    row, made = Alerta.objects.select_for_update().get_or_create(
        clase=clase, huella=huella, defaults={**facts, "desde": now}
    )
    if made:
        log.warning("alerta de abuso: %s, %d", clase, cuenta)
    elif row.atendida_en is None and cuenta > row.cuenta:
        Alerta.objects.filter(pk=row.pk).update(**facts)
    return made


def _salt(day: date) -> bytes:
    row, _ = SalDeRastro.objects.get_or_create(dia=day, defaults={"sal": secrets.token_bytes(32)})
    return bytes(row.sal)


def _digest(sal: bytes, kind: str, *parts: bytes) -> bytes:
    return keyed_digest(f"rastro-{kind}", sal, *parts)[:INDEX_BYTES]


def _pair(sal: bytes, curp_idx: bytes | None, correo_idx: bytes | None) -> bytes:
    return _digest(sal, "par", bytes(curp_idx or b""), bytes(correo_idx or b""))
