"""A source that misbehaves: people wait with a reason, nobody gets another's number, all end."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache

from comun import reloj
from comun.outbox import PASSING
from imss_portal.demo.renapo import BAD, Simulador
from nss.fuentes.http import CORTE
from nss.identidad import fuente
from nss.models import Asegurado, Numero
from tests.nss.personas import identidad
from tests.tramites.conftest import ANA
from tramites.enums import Estado, Razon
from tramites.models import Solicitud, VinculoCorreo
from tramites.services import vigilancia

pytestmark = pytest.mark.django_db
# One of each sort: of the line, of the envelope, of the person.
EACH = (
    *("goteo", "cierra", "corta", "a_medias", "enorme", "e500", "e503", "e429", "e404"),
    *("redirige", "tipo", "basura", "medio_json", "otro_eco", "otra_persona", "falta_campo"),
    *("fecha_mala", "control", "estatus_desconocido"),
)


@pytest.fixture
def renapo(settings):
    """A registry that knows ANA, chosen by the settings; calls may take 0.3 s."""
    served = Simulador({ANA.curp: ANA}.get)
    settings.FUENTE_IDENTIDAD, settings.IDENTIDAD_URL = "http", served.url
    settings.IDENTIDAD_ESPERA = (0.3, 0.3)
    CORTE.reset()
    cache.clear()
    yield served
    served.stop()
    CORTE.reset()
    cache.clear()


def look_again(tramite, age) -> Solicitud:
    """Let the time pass that the source needs, and the sweeper come by."""
    age(tramite.solicitud, minutes=20)
    vigilancia.watch(reloj.now())
    tramite.attend_all()
    return tramite.solicitud


@pytest.mark.parametrize("falla", EACH)
def test_who_meets_a_fault_waits_and_then_goes_on(renapo, begin, age, falla):
    renapo.falla = falla
    tramite = begin(ANA.curp)
    row = tramite.confirm()
    assert row.estado == Estado.EN_ESPERA_IDENTIDAD
    assert (row.identidad, row.numero, row.asegurado_id) == (None, None, None)
    assert look_again(tramite, age).estado == Estado.EN_ESPERA_IDENTIDAD
    renapo.falla = "ninguna"
    row = look_again(tramite, age)
    assert row.estado == Estado.REQUIERE_DOMICILIO
    assert row.identidad == ANA
    assert not Numero.objects.exists()


def test_the_number_of_the_person_that_a_wrong_answer_names_is_not_shown(renapo, begin, numbered):
    """The source answers about somebody else, who has a number: it stays unknown."""
    other = identidad(7)
    numbered(other)
    renapo.look_up = lambda asked: replace(other)
    row = begin(ANA.curp).confirm()
    assert (row.estado, row.asegurado_id) == (Estado.EN_ESPERA_IDENTIDAD, None)
    assert not VinculoCorreo.objects.exists()
    assert Asegurado.objects.count() == 1


def test_an_open_breaker_keeps_people_waiting_without_a_call(renapo, begin, age):
    renapo.falla = "e503"
    tramites = [begin(ANA.curp, f"ana{n}@example.org") for n in range(8)]
    assert {tramite.confirm().estado for tramite in tramites} == {Estado.EN_ESPERA_IDENTIDAD}
    assert renapo.pedidos == 5
    renapo.falla = "ninguna"
    CORTE.reset()
    assert look_again(tramites[0], age).estado == Estado.REQUIERE_DOMICILIO


def test_it_is_asked_less_the_longer_it_is_away(renapo, begin, age):
    renapo.falla = "e503"
    tramite = begin(ANA.curp)
    age(tramite.confirm(), seconds=61)
    vigilancia.watch(reloj.now())
    tramite.attend_all()
    moves = tramite.solicitud.movimientos.count()
    Solicitud.objects.update(espera_desde=reloj.now() - timedelta(hours=10))
    Solicitud.objects.update(movida_en=reloj.now() - timedelta(minutes=14))
    vigilancia.watch(reloj.now())
    assert tramite.solicitud.movimientos.count() == moves, "a quarter of an hour, not a minute"
    Solicitud.objects.update(movida_en=reloj.now() - timedelta(minutes=16))
    vigilancia.watch(reloj.now())
    assert tramite.solicitud.movimientos.count() == moves + 1


@pytest.mark.parametrize("falla", ["e503", "otra_persona", "control"])
def test_after_a_day_it_ends_with_its_reason(renapo, begin, age, falla):
    renapo.falla = falla
    tramite = begin(ANA.curp)
    age(tramite.confirm(), hours=25)
    row = look_again(tramite, age)
    assert (row.estado, row.razon) == (Estado.INCONCLUSA, Razon.SIN_RESPUESTA)


def test_who_was_held_for_days_still_has_a_day_of_waiting(renapo, begin, age):
    """The proof of the mailbox is old by then: the wait counts from when the source went away."""
    renapo.falla = "e503"
    tramite = begin(ANA.curp)
    tramite.confirm()
    Solicitud.objects.update(confirmada_en=reloj.now() - timedelta(hours=72))
    assert look_again(tramite, age).estado == Estado.EN_ESPERA_IDENTIDAD
    renapo.falla = "ninguna"
    row = look_again(tramite, age)
    assert (row.estado, row.espera_desde) == (Estado.REQUIERE_DOMICILIO, None)


@pytest.mark.parametrize("falla", sorted({*BAD} - {*EACH}))
def test_every_other_fault_passes_too(renapo, falla):
    renapo.falla = falla
    with pytest.raises(PASSING):
        fuente().look_up(ANA.curp)
