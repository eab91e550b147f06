"""People who do not exist, reproducible from a seed, every tenth one a hard case."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from nss.enums import Estatus
from nss.rules.curp import BORN_ABROAD, ENTIDADES
from nss.rules.derivacion import complete_curp, curp_root
from nss.values import Curp, Identidad


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


OLDEST, YOUNGEST = date(1965, 1, 1), date(2009, 12, 31)
_DAYS = (YOUNGEST - OLDEST).days
_LONG = "MARÍA DE LOS ÁNGELES GUADALUPE BEGOÑA DEL NIÑO JESÚS E ÍÑIGA"
_WOMEN = _names(
    "ANA,BEATRIZ,CARMEN,DANIELA,ELENA,FERNANDA,GABRIELA,HILDA,INÉS,JIMENA,KARLA,LUCÍA,MARIANA,"
    "NATALIA,OLGA,PAOLA,RENATA,SOFÍA,TERESA,XIMENA,YOLANDA,MARÍA FERNANDA,ANA SOFÍA,MARÍA JOSÉ"
)
_MEN = _names(
    "ALBERTO,BRUNO,CARLOS,DIEGO,EMILIO,FELIPE,GERARDO,HÉCTOR,IVÁN,JORGE,KEVIN,LEONARDO,MATEO,"
    "NICOLÁS,OMAR,PABLO,RAFAEL,SANTIAGO,TOMÁS,ULISES,VÍCTOR,JOSÉ ÁNGEL,JUAN CARLOS,LUIS ENRIQUE"
)
_SURNAMES = _names(
    "AGUILAR,BARRERA,CAMPOS,DÍAZ,ESPINOZA,FLORES,GARCÍA,HERNÁNDEZ,IBARRA,JUÁREZ,LARA,MÉNDEZ,"
    "NAVA,OCHOA,PÉREZ,QUINTERO,RAMÍREZ,SALAZAR,TAPIA,URIBE,VALDEZ,ZAMORA,ACOSTA,BAUTISTA,CERVANTES,"
    "DURÁN,ESTRADA,FUENTES,GALINDO,HIDALGO,JARAMILLO,LOZANO,MORALES,NÁJERA,OLVERA,PACHECO,REYES,"
    "SOLÍS,TREJO,VARGAS,YÁÑEZ,ZÚÑIGA,ALCÁNTARA,BECERRIL,CORDERO,DOMÍNGUEZ,ESCAMILLA,FIGUEROA,"
    "GUERRERO,HUERTA,LEDESMA,MONDRAGÓN,NORIEGA,ORTEGA,PALACIOS,RENTERÍA,SANDOVAL,TELLO,VILLEGAS,"
    "ZEPEDA"
)
# What forms, keys and sheets of paper get wrong; each is laid over an ordinary person.
_HARD: tuple[dict[str, Any], ...] = (
    {"primer_apellido": "ÑANDÚ", "segundo_apellido": "MUÑIZ"},
    {"nombres": _LONG, "primer_apellido": "NÚÑEZ DE LA PEÑA Y CASTAÑEDA"},
    {"segundo_apellido": ""},
    {"primer_apellido": "O RELLING", "nombres": "J. JESÚS"},
    {
        "primer_apellido": "DE LA CRUZ",
        "segundo_apellido": "MC GREGOR",
        "nombres": "MARÍA DEL CARMEN",
    },
    {"primer_apellido": "D'ÁVILA", "segundo_apellido": "O'HARA"},
    {"sexo": "X", "nombres": "ARI"},
    {"entidad": BORN_ABROAD, "primer_apellido": "VAN DER LINDEN", "segundo_apellido": "SCHRÖDER"},
    {"fecha_nacimiento": date(2004, 2, 29)},
    {"fecha_nacimiento": date(2000, 2, 29)},
    {"fecha_nacimiento": date(1999, 12, 31)},
    {"fecha_nacimiento": date(2000, 1, 1)},
    {"primer_apellido": "SAINT-MARTIN", "segundo_apellido": "AGÜERO"},
    {"primer_apellido": "ICH", "segundo_apellido": "UC"},
    {"primer_apellido": "PEDRERO", "segundo_apellido": "DOMÍNGUEZ", "nombres": "OFELIA"},
)
_HARD_EVERY = 10
_UNUSABLE = tuple(estatus for estatus in Estatus if not estatus.is_active)
_UNUSUAL = (Estatus.AH, Estatus.CRA, Estatus.RCN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sintetica:
    """A person, when they would have been registered, and a number in [0, 1) to choose by."""

    identidad: Identidad
    alta: date
    suerte: float


def people(seed: int, *, today: date) -> Iterator[Sintetica]:
    """Yield people without end; the n-th of a seed is always the same, and no key repeats."""
    used: set[str] = set()
    for n in count():
        yield next(person for person in _tries(seed, n, today) if _is_new(person, used))


def _tries(seed: int, n: int, today: date) -> Iterator[Sintetica]:
    for attempt in count():
        yield _person(n, Random(f"{seed}:{n}:{attempt}"), today)  # noqa: S311 - not a secret


def _is_new(person: Sintetica, used: set[str]) -> bool:
    """Is nobody before alike? Remember them: the root holds name, birth, sex and place."""
    root = person.identidad.curp[:16]
    if root in used:
        return False
    used.add(root)
    return True


def _person(n: int, luck: Random, today: date) -> Sintetica:
    facts = _ordinary(luck)
    if n % _HARD_EVERY == 0:
        facts |= _HARD[n // _HARD_EVERY % len(_HARD)]
    birth = facts["fecha_nacimiento"]
    root = curp_root(
        nombres=facts["nombres"],
        primer_apellido=facts["primer_apellido"],
        segundo_apellido=facts["segundo_apellido"],
        nacimiento=birth,
        sexo=facts["sexo"],
        entidad=facts["entidad"],
    )
    mark = luck.choice("0123456789" if birth.year < 2000 else "ABCDEFGHIJKLMNPQRSTUVWXYZ")
    identidad = Identidad(
        **facts,
        curp=Curp(complete_curp(root, mark)),
        estatus=_estatus(luck),
        acta_anio=birth.year + luck.choice((0, 0, 0, 1)),
        acta_numero=f"{luck.randint(1, 9_999):05}",
    )
    alta = birth + timedelta(days=luck.randint(15 * 365, 25 * 365))
    return Sintetica(identidad=identidad, alta=min(alta, today), suerte=luck.random())


def _ordinary(luck: Random) -> dict[str, Any]:
    sexo = luck.choice("HM")
    age = luck.triangular(0, _DAYS, _DAYS * 0.9)  # most of them are students
    return {
        "nombres": luck.choice(_WOMEN if sexo == "M" else _MEN),
        "primer_apellido": luck.choice(_SURNAMES),
        "segundo_apellido": luck.choice(_SURNAMES),
        "sexo": sexo,
        "fecha_nacimiento": OLDEST + timedelta(days=int(age)),
        "entidad": luck.choice(_PLACES),
    }


def _estatus(luck: Random) -> Estatus:
    chance = luck.random()
    if chance < 0.02:
        return luck.choice(_UNUSABLE)
    return luck.choice(_UNUSUAL) if chance < 0.05 else Estatus.AN


_PLACES = sorted(ENTIDADES - {BORN_ABROAD})
