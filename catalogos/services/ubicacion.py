"""Which clinic and which office serve an address, and why: colonia, code, municipio, or none."""

from dataclasses import dataclass, field

from django.db.models.functions import Length

from catalogos.enums import Regla
from catalogos.models import (
    Asentamiento,
    Cobertura,
    Competencia,
    Delegacion,
    Subdelegacion,
    UnidadMedica,
)
from comun import reloj


@dataclass(frozen=True, slots=True, kw_only=True)
class Ubicacion:
    """What is known of an address: at most one clinic, or the candidates, and the reason.

    `motivo` is shown as it is. `delegacion_supuesta`: the entidad has several and
    nothing tells which; the first one stands in.
    """

    unidad: UnidadMedica | None
    candidatos: list[UnidadMedica]
    motivo: str
    regla: Regla
    delegacion: Delegacion | None
    subdelegacion: Subdelegacion | None
    delegacion_supuesta: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unidades:
    regla: Regla
    motivo: str
    unidad: UnidadMedica | None = None
    candidatos: list[UnidadMedica] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Oficina:
    delegacion: Delegacion | None
    subdelegacion: Subdelegacion | None = None
    delegacion_supuesta: bool = False


def locate_unidad(*, asentamiento: Asentamiento) -> Ubicacion:
    """Find the clinic and the offices of an address; five queries at most.

    The first rule with an answer decides: coverage of the colonia, coverage of
    the postal code, coverage of the municipio or its only clinic. A rule with
    several answers gives them as candidates: none is chosen for the person.
    """
    found = _find_unidades(asentamiento)
    office = _find_oficina(asentamiento, found)
    return Ubicacion(
        unidad=found.unidad,
        candidatos=found.candidatos,
        motivo=found.motivo,
        regla=found.regla,
        delegacion=office.delegacion,
        subdelegacion=office.subdelegacion,
        delegacion_supuesta=office.delegacion_supuesta,
    )


def _find_unidades(asentamiento: Asentamiento) -> _Unidades:
    covered = _covering(asentamiento)
    reasons = {
        Regla.COLONIA: f"Te corresponde por tu colonia, {asentamiento.nombre}.",
        Regla.CP: f"Te corresponde por tu código postal {asentamiento.cp}.",
        Regla.MUNICIPIO: f"Te corresponde por tu municipio, {asentamiento.municipio.nombre}.",
    }
    for regla, motivo in reasons.items():
        if units := covered.get(regla):
            return _one_or_candidates(asentamiento, units, regla=regla, motivo=motivo)
    return _one_or_candidates(
        asentamiento,
        list(UnidadMedica.objects.vigentes().filter(municipio=asentamiento.municipio_id).shown()),
        regla=Regla.MUNICIPIO,
        motivo=f"Es la única unidad registrada en tu municipio, {asentamiento.municipio.nombre}.",
    )


def _covering(asentamiento: Asentamiento) -> dict[str, list[UnidadMedica]]:
    """Return the vigente clinics that cover the address, by the reach of the coverage."""
    today = reloj.local_date(reloj.now())
    rows = (
        Cobertura.objects.in_force(today)
        .serving(asentamiento)
        .filter(unidad__vigente=True)
        .select_related("unidad__delegacion", "unidad__municipio", "unidad__entidad")
        .order_by(Length("unidad__numero"), "unidad__numero", "unidad__nombre")
    )
    covered: dict[str, list[UnidadMedica]] = {}
    for row in rows:
        units = covered.setdefault(row.reach, [])
        if row.unidad not in units:
            units.append(row.unidad)
    return covered


def _one_or_candidates(
    asentamiento: Asentamiento, units: list[UnidadMedica], *, regla: Regla, motivo: str
) -> _Unidades:
    if len(units) == 1:
        return _Unidades(regla=regla, motivo=motivo, unidad=units[0])
    place = asentamiento.municipio.nombre
    if units:
        motivo = (
            f"UMF por confirmar: en {place} hay {len(units)} unidades y no sabemos cuál atiende"
            f" tu código postal {asentamiento.cp}. Tu subdelegación te dirá cuál es la tuya."
        )
    else:
        motivo = (
            f"UMF por confirmar: no tenemos registrada la unidad que atiende"
            f" tu código postal {asentamiento.cp}. Tu subdelegación te dirá cuál es la tuya."
        )
    return _Unidades(regla=Regla.POR_CONFIRMAR, motivo=motivo, candidatos=units)


def _find_oficina(asentamiento: Asentamiento, found: _Unidades) -> _Oficina:
    """Ask Competencia; else the clinics, if they agree; else the entidad's delegación."""
    competencia = (
        Competencia.objects.filter(municipio=asentamiento.municipio_id, vigente=True)
        .select_related("delegacion", "subdelegacion__delegacion")
        .first()
    )
    if competencia:
        return _Oficina(delegacion=competencia.delegacion, subdelegacion=competencia.subdelegacion)
    units = [found.unidad] if found.unidad else found.candidatos
    if len({unit.delegacion_id for unit in units}) == 1 and units[0].delegacion:
        return _Oficina(delegacion=units[0].delegacion)
    of_entidad = list(Delegacion.objects.of_entidad(asentamiento.municipio.entidad_id)[:2])
    return _Oficina(
        delegacion=of_entidad[0] if of_entidad else None, delegacion_supuesta=len(of_entidad) > 1
    )
