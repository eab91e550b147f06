"""People for the tests of the registry: synthetic, with valid keys, as many as asked for."""

from datetime import date

from nss.enums import Estatus
from nss.rules.derivacion import complete_curp, curp_root
from nss.values import Curp, Identidad

_LETTERS = "BCDFGHJKLMNPQRSTVWXYZ"


def identidad(n: int = 0, *, birth: date = date(2004, 3, 9), **changes: object) -> Identidad:
    """Return the n-th person born that day; equal arguments give equal people."""
    second = _LETTERS[n % 21] + "A" + _LETTERS[n // 21 % 21] + "ER"
    given = _LETTERS[n // 441 % 21] + "A" + _LETTERS[n // 9261 % 21] + "IA"
    names = {"nombres": given, "primer_apellido": "PRUEBA", "segundo_apellido": second}
    root = curp_root(**names, nacimiento=birth, sexo="M", entidad="OC")
    facts = {
        **names,
        "curp": Curp(complete_curp(root, "0" if birth.year < 2000 else "A")),
        "estatus": Estatus.AN,
        "sexo": "M",
        "fecha_nacimiento": birth,
        "entidad": "OC",
    }
    return Identidad(**{**facts, **changes})
