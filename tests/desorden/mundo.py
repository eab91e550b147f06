"""The people and places of the messy journeys, and the hands that are not the person's."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import F

from comun import outbox, reloj
from comun.models import Pendiente
from nss.enums import Estatus
from nss.rules.derivacion import complete_curp
from nss.values import Curp, Identidad
from tests.nss.personas import identidad
from tests.tramites import escena
from tramites import tasks  # noqa: F401 - registers the steps
from tramites.models import Confirmacion, Correo, Solicitud
from tramites.services import vigilancia

_numbers = itertools.count(1)
LONGEST = "MARÍA DE LOS ÁNGELES GUADALUPE BEGOÑA DEL NIÑO JESÚS E ÍÑIGA"
# What makes a person other than the next one of the list.
RASGOS = {
    "un_apellido": {"segundo_apellido": ""},
    "nombre_largo": {"nombres": LONGEST},
    "con_ene": {"nombres": "BEGOÑA", "primer_apellido": "NÚÑEZ"},
    "extranjera": {"entidad": "NE"},
    "sexo_x": {"sexo": "X"},
    "baja": {"estatus": Estatus.BD},
    "sustituida": {"estatus": Estatus.BCC},
}


def person(kind: str) -> Identidad:
    """Return somebody new: `desconocida` is not in the padrón, `con_numero` is in the registry."""
    n = next(_numbers)
    who = identidad(n, birth=date(2004, 1, 1) + timedelta(days=n), **RASGOS.get(kind, {}))
    if kind != "desconocida":
        escena.in_padron(who)
    if kind == "homonima":
        other = Curp(complete_curp(who.curp[:16], "B"))
        escena.with_number(escena.in_padron(replace(who, curp=other)))
    if kind == "con_numero":
        escena.with_number(who)
    return who


def work() -> None:
    """Take every step that waits, as the worker does."""
    for _ in range(50):
        due = Pendiente.objects.waiting().filter(proximo__lte=reloj.now())
        ids = list(due.values_list("pk", flat=True))
        if not ids:
            return
        for pk in ids:
            outbox.attend(pk)
    raise AssertionError("the outbox never came to rest")


def let_pass(**delta: float) -> None:
    """Make everything older, as if the clock had moved on, and let time do its part."""
    step = timedelta(**delta)
    rows = Solicitud.objects.all()
    rows.update(movida_en=F("movida_en") - step, creada_en=F("creada_en") - step)
    rows.exclude(confirmada_en=None).update(confirmada_en=F("confirmada_en") - step)
    Correo.objects.update(creado_en=F("creado_en") - step)
    Confirmacion.objects.update(vence=F("vence") - step, creada_en=F("creada_en") - step)
    vigilancia.watch(reloj.now())
