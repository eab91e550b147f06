"""The six kinds of CURP that nobody may tell apart from outside."""

from collections.abc import Iterator
from dataclasses import dataclass

from comun import reloj
from comun.models import Pendiente
from nss.values import Identidad
from tests.nss.personas import identidad
from tests.tramites import escena
from tramites.enums import Estado
from tramites.models import Solicitud, VinculoCorreo, correo_index
from tramites.services.captura import curp_index, open_solicitud

DESCONOCIDA, SIN_NUMERO, CON_NUMERO = "desconocida", "sin_numero", "con_numero"
LIGADA, LIGADA_A_OTRO, CONGELADA = "ligada", "ligada_a_otro", "congelada"
KINDS = (DESCONOCIDA, SIN_NUMERO, CON_NUMERO, LIGADA, LIGADA_A_OTRO, CONGELADA)


@dataclass(frozen=True, slots=True)
class Caso:
    clase: str
    quien: Identidad
    correo: str


def all_kinds(each: int = 1, *, start: int = 0) -> Iterator[Caso]:
    """Make `each` people of every kind, each with a mailbox of their own of one length."""
    escena.series()
    for n in range(each * len(KINDS)):
        number = start + n
        yield make(KINDS[n % len(KINDS)], identidad(number), f"persona{number:06}@example.org")


def make(kind: str, who: Identidad, correo: str) -> Caso:
    if kind != DESCONOCIDA:
        escena.in_padron(who)
    if kind in (CON_NUMERO, LIGADA, LIGADA_A_OTRO, CONGELADA):
        escena.with_number(who)
    if kind == LIGADA:
        bond(who, correo)
    elif kind in (LIGADA_A_OTRO, CONGELADA):
        bond(who, f"duena-{correo}")
    if kind == CONGELADA:
        held(who, f"otra-{correo}")
    return Caso(kind, who, correo)


def bond(who: Identidad, correo: str, estado: str = VinculoCorreo.Estado.ACTIVO) -> None:
    VinculoCorreo.objects.create(
        curp_idx=curp_index(who.curp),
        correo_idx=correo_index(correo),
        correo={"correo": correo},
        estado=estado,
        desde=reloj.now(),
    )


def held(who: Identidad, correo: str) -> None:
    """Somebody else's change of mailbox, stopped by the owner's «No fui yo»."""
    now = reloj.now()
    bond(who, correo, VinculoCorreo.Estado.CONGELADO)
    row = open_solicitud(curp=who.curp, correo=correo, now=now)
    Pendiente.objects.filter(objeto__in=row.correos.values("pk")).delete()
    row.advance(Estado.CONFIRMADA, now=now, confirmada_en=now)
    row.advance(Estado.RETENIDA, now=now)
    Solicitud.objects.filter(pk=row.pk).update(congelada_en=now)
