"""Nss, Curp and Identidad: they cannot exist unless they are well formed."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from nss.enums import Estatus
from nss.errors import MalformedNss
from nss.rules.curp import birth_date
from nss.rules.derivacion import curp_root
from nss.rules.faltas import first_fault
from nss.rules.numero import nss_digit
from nss.rules.texto import SEPARATORS, compact

_SHAPE = re.compile(r"[0-9]{11}")


class Nss(str):
    """Eleven digits: prefijo 2, alta 2, nacimiento 2, consecutivo 4, verificador 1.

    It is a `str`, so the ORM, JSON and templates take it untouched, but a plain
    `str` is not an `Nss`: mypy stops unchecked text at the border. `repr` hides
    all but the last four digits, because tracebacks end up in logs.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        digits = SEPARATORS.sub("", text)
        if not _SHAPE.fullmatch(digits):
            raise _shape_fault(digits)
        if nss_digit(digits[:10]) != digits[10]:
            raise MalformedNss(
                reason="digit",
                message="El último dígito no corresponde: alguno de los 11 está mal escrito.",
            )
        return super().__new__(cls, digits)

    @classmethod
    def compose(cls, *, prefijo: str, alta: int, nacimiento: int, consecutivo: int) -> Self:
        """Build the number from its parts; years may have two or four digits."""
        body = f"{prefijo:0>2}{alta % 100:02}{nacimiento % 100:02}{consecutivo:04}"
        return cls(body + nss_digit(body))

    @property
    def pretty(self) -> str:
        return f"{self[:2]} {self[2:4]} {self[4:6]} {self[6:10]}-{self[10]}"

    @property
    def velado(self) -> str:
        """All that a list may show: the last four digits."""
        return f"•••••••{self[-4:]}"

    def __repr__(self) -> str:
        return f"Nss({self.velado})"


def _shape_fault(digits: str) -> MalformedNss:
    for place, letter in enumerate(digits, 1):
        if letter not in "0123456789":
            why = f"La posición {place} tiene «{letter}». El NSS lleva solo números."
            return MalformedNss(reason="character", message=why)
    why = f"El NSS lleva 11 dígitos y escribiste {len(digits)}."
    return MalformedNss(reason="length", message=why)


class Curp(str):
    """Eighteen characters of a well-formed key.

    Spaces, dashes, lower case and accents over vowels are forgiven; O for 0 is
    not, it is suggested. Pass `today` with what a person types: a birth to come
    is refused. `repr` shows nothing of it.
    """

    __slots__ = ()

    def __new__(cls, text: str, *, today: date | None = None) -> Self:
        key = compact(text)
        if fault := first_fault(key, today=today):
            raise fault
        return super().__new__(cls, key)

    @property
    def fecha_nacimiento(self) -> date:
        return birth_date(self)

    @property
    def sexo(self) -> str:
        return self[10]

    @property
    def entidad(self) -> str:
        return self[11:13]

    @property
    def ultimos4(self) -> str:
        return self[-4:]

    def __repr__(self) -> str:
        return f"Curp({'•' * 18})"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Identidad:
    """A person as the population registry answers: what later documents print."""

    curp: Curp
    estatus: Estatus
    nombres: str
    primer_apellido: str
    segundo_apellido: str
    sexo: str
    fecha_nacimiento: date
    entidad: str
    acta_anio: int | None = None
    acta_numero: str | None = None
    curps_anteriores: tuple[Curp, ...] = ()

    @property
    def nombre_completo(self) -> str:
        return " ".join(filter(None, (self.nombres, self.primer_apellido, self.segundo_apellido)))

    @property
    def follows_rule(self) -> bool:
        """Does the key follow from the name? Only a warning: real ones may not."""
        return self.curp[:16] == curp_root(
            nombres=self.nombres,
            primer_apellido=self.primer_apellido,
            segundo_apellido=self.segundo_apellido,
            nacimiento=self.fecha_nacimiento,
            sexo=self.sexo,
            entidad=self.entidad,
        )

    def as_json(self) -> dict[str, Any]:
        facts = {name: getattr(self, name) for name in self.__slots__}
        return facts | {
            "curp": str(self.curp),
            "estatus": self.estatus.value,
            "fecha_nacimiento": self.fecha_nacimiento.isoformat(),
            "curps_anteriores": [str(curp) for curp in self.curps_anteriores],
        }

    @classmethod
    def from_json(cls, facts: dict[str, Any]) -> Self:
        """Return what `as_json` was called on.

        Raises
            MalformedCurp, ValueError, KeyError, TypeError: they are not such facts.
        """
        return cls(
            **{
                **facts,
                "curp": Curp(facts["curp"]),
                "estatus": Estatus(facts["estatus"]),
                "fecha_nacimiento": date.fromisoformat(facts["fecha_nacimiento"]),
                "curps_anteriores": tuple(map(Curp, facts.get("curps_anteriores", ()))),
            }
        )

    def __repr__(self) -> str:
        return f"Identidad({self.estatus.value})"
