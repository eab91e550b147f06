"""A whole file of people and numbers, all or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import transaction

from nss.errors import NumeroEnUso
from nss.lectura import Falta, Fila
from nss.models import Numero, PersonaPadron
from nss.services.padron import Conteo, load_personas
from nss.services.registro import NumeroAjeno, register_numero

_BATCH = 2_000


@dataclass(slots=True)
class Resultado:
    """What a load did, or would have done."""

    personas: Conteo = field(default_factory=Conteo)
    numeros: int = 0
    conocidos: int = 0
    fuera_de_regla: int = 0
    faltas: list[Falta] = field(default_factory=list)


@transaction.atomic
def load_file(lines: Iterable[Fila | Falta], *, apply: bool, now: datetime) -> Resultado:
    """Load every line; keep nothing if a line was refused or `apply` is false."""
    resultado, pending = Resultado(), iter(lines)
    while batch := list(islice(pending, _BATCH)):
        resultado.faltas += (line for line in batch if isinstance(line, Falta))
        _load(resultado, [line for line in batch if isinstance(line, Fila)], now)
    resultado.faltas.sort(key=lambda falta: falta.linea)
    transaction.set_rollback(not apply or bool(resultado.faltas))
    return resultado


def _load(resultado: Resultado, filas: list[Fila], now: datetime) -> None:
    personas = [fila.identidad for fila in filas]
    resultado.personas.add(load_personas(personas, origen=PersonaPadron.Origen.ARCHIVO))
    resultado.fuera_de_regla += sum(not persona.follows_rule for persona in personas)
    for fila in filas:
        for numero in _numeros(fila):
            try:
                if register_numero(titular=fila.identidad, numero=numero, now=now):
                    resultado.numeros += 1
                else:
                    resultado.conocidos += 1
            except NumeroEnUso as exc:
                resultado.faltas.append(Falta(linea=fila.linea, motivo=f"nss: {exc.message}"))


def _numeros(fila: Fila) -> Iterable[NumeroAjeno]:
    given = (
        (fila.nss, Numero.Estado.VIGENTE),
        (fila.nss_por_aclarar, Numero.Estado.POR_ACLARAR),
    )
    for nss, estado in given:
        if nss is not None:
            yield NumeroAjeno(nss=nss, estado=estado, fecha_alta=fila.fecha_alta)
