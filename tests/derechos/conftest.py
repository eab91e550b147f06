"""Somebody with a session of their own, and the petitions they make; aged by the row, not the clock."""

from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from comun import reloj
from tests.tramites import conftest as tramites
from tests.tramites.visita import Visita
from tramites.derechos import calendario
from tramites.derechos import tasks as tareas  # noqa: F401 - registers the steps
from tramites.derechos.enums import Derecho
from tramites.derechos.models import Peticion
from tramites.derechos.services import peticiones
from tramites.models import Solicitud
from tramites.pasos.acceso import OPEN

# The people and the worker of the procedure's own tests.
llave, attend_all, begin = tramites.llave, tramites.attend_all, tramites.begin
ana, numbered, taxco = tramites.ana, tramites.numbered, tramites.taxco


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


def browser_of(solicitud: Solicitud) -> Visita:
    """Return a browser that proved the mailbox of this Solicitud."""
    visita = Visita()
    session = visita.client.session
    session[OPEN] = str(solicitud.pk)
    session.save()
    visita.client.cookies["sesion"] = session.session_key
    return visita


@pytest.fixture
def proved(ana, begin) -> Solicitud:
    """Ana's request: her mailbox is proved and bound, she has no number yet."""
    return begin(ana.curp).confirm()


@pytest.fixture
def pide(proved):
    """Ask, as Ana, for a right."""

    def make(derecho: Derecho = Derecho.ACCESO, texto: str = "Quiero saber.") -> Peticion:
        now = reloj.now()
        return peticiones.receive(solicitud=proved, derecho=derecho, texto=texto, now=now)

    return make


def received_on(peticion: Peticion, day: date) -> Peticion:
    """Make it as if it had come at noon of that day; its term is counted again."""
    noon = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
    peticion.recibida_en = noon
    vence = peticion.term(calendario.in_use())
    Peticion.objects.filter(pk=peticion.pk).update(recibida_en=noon, vence=vence)
    return Peticion.objects.get(pk=peticion.pk)


def today() -> date:
    return reloj.local_date(reloj.now())


def back(days: int) -> date:
    return today() - timedelta(days=days)
