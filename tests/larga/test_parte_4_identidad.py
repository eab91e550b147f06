"""The identity source at its worst: 19 kinds of fault, 50 people each, and pages while it hangs."""

import statistics

import pytest
from django.core import mail
from django.core.cache import cache

from comun import outbox, reloj
from comun.models import Pendiente
from imss_portal.demo.renapo import Simulador
from nss.fuentes.http import CORTE
from nss.models import Numero, PrefijoSerie
from nss.services import Lugar, assign_nss
from tests.nss.personas import identidad
from tests.pila.test_fuente_ajena import PAGE_WITHIN, walk_while_it_hangs
from tests.tramites.conftest import Tramite, age, llave  # noqa: F401 - fixtures
from tests.tramites.test_fuente_ajena import EACH
from tramites.enums import DOCUMENTAR, Estado
from tramites.services import vigilancia

pytestmark = [pytest.mark.larga, pytest.mark.timeout(1800)]

EACH_KIND = 50
WITH_NUMBER = 25  # of each fifty
GOES_ON = {Estado.REQUIERE_DOMICILIO, Estado.LOCALIZADA}


def attend_all() -> None:
    """Take every step but the documents, which say nothing of the source."""
    for _ in range(50):
        due = Pendiente.objects.waiting().filter(proximo__lte=reloj.now())
        ids = list(due.exclude(tipo=DOCUMENTAR).values_list("pk", flat=True))
        if not ids:
            return
        for pk in ids:
            outbox.attend(pk)
    raise AssertionError("the outbox never came to rest")


@pytest.fixture
def renapo(settings):
    people = {one.curp: one for n in range(EACH_KIND) for one in [identidad(n)]}
    served = Simulador(people.get)
    settings.FUENTE_IDENTIDAD, settings.IDENTIDAD_URL = "http", served.url
    settings.IDENTIDAD_ESPERA = (0.3, 0.3)
    yield served
    served.stop()
    cache.clear()


def confirmed(n: int, falla: str) -> Tramite:
    mail.outbox.clear()
    tramite = Tramite(identidad(n).curp, f"p{n}.{falla.replace('_', '-')}@example.org", attend_all)
    tramite.confirm()
    return tramite


def opens_after(renapo: Simulador, tramites: list[Tramite], age) -> int:  # noqa: F811
    """Return how many calls reached the source while fifty people ask again."""
    CORTE.reset()
    cache.clear()
    before = renapo.pedidos
    ask_again(tramites, age)
    return renapo.pedidos - before


def ask_again(tramites: list[Tramite], age) -> None:  # noqa: F811
    for tramite in tramites:
        age(tramite.solicitud, minutes=20)
    vigilancia.watch(reloj.now())
    attend_all()


@pytest.mark.django_db
@pytest.mark.parametrize("falla", EACH)
def test_identity_faults_of_each_kind_met_by_50(renapo, age, falla, record):  # noqa: F811
    PrefijoSerie.objects.get_or_create(prefijo="00")
    theirs = {
        n: assign_nss(titular=identidad(n), lugar=Lugar(), now=reloj.now()).numero
        for n in range(WITH_NUMBER)
    }
    renapo.falla, tramites = falla, []
    for n in range(EACH_KIND):
        CORTE.reset()  # so that each one meets the fault, and none an open breaker
        cache.clear()
        tramites.append(confirmed(n, falla))
    met = renapo.pedidos
    early = sum(
        bool(one.solicitud.estado != Estado.EN_ESPERA_IDENTIDAD or one.solicitud.asegurado_id)
        for one in tramites
    )
    opened = opens_after(renapo, tramites, age)
    renapo.falla = "ninguna"
    CORTE.reset()
    ask_again(tramites, age)
    rows = [one.solicitud for one in tramites]
    wrong = sum(
        bool(row.identidad != identidad(n) or (row.numero and row.numero != theirs.get(n)))
        for n, row in enumerate(rows)
    )
    stuck = sum(row.estado not in GOES_ON for row in rows)
    record(falla, met=met, early=early, opened=opened, wrong=wrong, stuck=stuck)
    assert (early, wrong, stuck) == (0, 0, 0)
    assert met >= EACH_KIND
    assert opened <= 5
    assert Numero.objects.count() == WITH_NUMBER


@pytest.fixture(scope="module")
def seen():
    return {}


@pytest.fixture
def record(seen):
    return lambda falla, **figures: seen.__setitem__(falla, figures)


def test_identity_faults(seen, pila, estudiante, medida):
    """Runs after the fifty of each kind, and writes down both."""
    times, gone_on = walk_while_it_hangs(pila, estudiante, students=6, seconds=30)
    assert set(seen) == set(EACH), "with the whole file: the figures are of all kinds"
    medida(
        "identidad",
        {
            "clases_de_falla": len(seen),
            "personas_por_clase": EACH_KIND,
            "nss_equivocados": sum(one["wrong"] for one in seen.values()),
            "identificadas_en_duda": sum(one["early"] for one in seen.values()),
            "atoradas": sum(one["stuck"] for one in seen.values()),
            "llamadas_hasta_abrir_el_corte": max(one["opened"] for one in seen.values()),
            "paginas_con_la_fuente_colgada": len(times),
            "segundos_la_pagina_mas_lenta": round(max(times), 3),
            "segundos_p95_de_pagina": round(statistics.quantiles(times, n=20)[-1], 3),
            "siguieron_al_volver": gone_on,
            "de": 6,
        },
    )
    assert max(times) < PAGE_WITHIN
    assert gone_on == 6
