"""The identity source over HTTP: believed when all of it is right, and never waited for."""

import socket
import time
from dataclasses import replace

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.checks import run_checks
from django.test import override_settings

from comun import cortacircuito
from comun.errors import Transient
from imss_portal.demo.renapo import BAD, FALLAS, Simulador
from nss.enums import Estatus
from nss.errors import FuenteAusente, RespuestaDudosa
from nss.fuentes.http import CORTE
from nss.identidad import fuente
from nss.values import Curp
from tests.nss.personas import identidad

pytestmark = pytest.mark.django_db
ANA, LUZ = identidad(1, acta_anio=2004, acta_numero="00017"), identidad(2, segundo_apellido="")
PADRON = {ANA.curp: ANA, LUZ.curp: LUZ}


@pytest.fixture
def renapo(settings):
    """A registry that answers, chosen by the settings."""
    served = Simulador(PADRON.get)
    settings.FUENTE_IDENTIDAD, settings.IDENTIDAD_URL = "http", served.url
    CORTE.reset()
    cache.clear()
    yield served
    served.stop()
    CORTE.reset()
    cache.clear()


def test_it_answers_as_the_padron_does(renapo):
    assert [fuente().look_up(one.curp) for one in (ANA, LUZ)] == [ANA, LUZ]
    assert fuente().look_up(identidad(3).curp) is None


def test_the_key_travels_in_no_address_and_no_log(renapo, caplog, settings):
    settings.IDENTIDAD_CREDENCIAL = "c-secreta"
    fuente().look_up(ANA.curp)
    assert renapo.credenciales == ["Bearer c-secreta"]
    assert ANA.curp not in renapo.url
    for falla in ("medio_json", "otra_persona", "control", "e500"):
        renapo.falla = falla
        CORTE.reset()
        with pytest.raises(Transient) as told:
            fuente().look_up(ANA.curp)
        assert ANA.curp not in f"{told.value!r}{told.value.__context__!r}"
    said = caplog.text
    assert "fuente de identidad" in said
    for word in (ANA.curp, ANA.nombres, ANA.segundo_apellido, "c-secreta"):
        assert word not in said


@pytest.mark.parametrize("falla", BAD)
def test_whatever_goes_wrong_nobody_is_told_to_be_anybody(renapo, settings, falla):
    usual, settings.IDENTIDAD_ESPERA = settings.IDENTIDAD_ESPERA, (0.3, 0.5)
    renapo.falla = falla
    for one in (ANA, LUZ, ANA):
        begun = time.monotonic()
        with pytest.raises(Transient):
            fuente().look_up(one.curp)
        assert time.monotonic() - begun < 2, "the whole deadline is 0.5 s"
    renapo.falla, settings.IDENTIDAD_ESPERA = "ninguna", usual
    assert fuente().look_up(ANA.curp) == ANA, "three faults do not open the breaker"


@pytest.mark.parametrize("estatus", Estatus)
def test_every_status_arrives(renapo, estatus):
    renapo.falla = f"estatus_{estatus.value}"
    assert fuente().look_up(ANA.curp) == replace(ANA, estatus=estatus)


def test_slow_but_in_time_is_an_answer(renapo):
    renapo.falla = "lenta"
    assert fuente().look_up(ANA.curp) == ANA


@pytest.mark.parametrize("away", ["nobody listens", "nobody accepts"])
def test_nobody_there(settings, away):
    CORTE.reset()
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        if away == "nobody accepts":
            door.listen(0)
            full = [socket.socket() for _ in range(4)]
            for one in full:
                one.setblocking(False)
                one.connect_ex(door.getsockname())
        settings.FUENTE_IDENTIDAD = "http"
        settings.IDENTIDAD_URL = f"http://127.0.0.1:{door.getsockname()[1]}/"
        settings.IDENTIDAD_ESPERA = (0.3, 0.5)
        begun = time.monotonic()
        with pytest.raises(FuenteAusente):
            fuente().look_up(ANA.curp)
        assert time.monotonic() - begun < 2
    CORTE.reset()


# --- the breaker --------------------------------------------------------------------------


def faults(renapo, n: int, *, falla: str = "e503") -> int:
    """Ask n times and return how many reached the other side."""
    renapo.falla, before = falla, renapo.pedidos
    for k in range(n):
        with pytest.raises(Transient):
            fuente().look_up(identidad(10 + k).curp)
    return renapo.pedidos - before


@pytest.mark.parametrize("falla", ["e503", "cierra", "basura", "otro_eco"])
def test_five_faults_open_it(renapo, falla):
    assert faults(renapo, 20, falla=falla) == 5
    assert not CORTE.is_well()
    with pytest.raises(FuenteAusente, match="cortada"):
        fuente().look_up(ANA.curp)


def test_then_one_call_probes(renapo):
    faults(renapo, 5)
    cache.delete("corte:identidad:abierto")  # 30 s later
    assert faults(renapo, 10) == 1, "a probe that fails opens it again"
    cache.delete("corte:identidad:abierto")
    renapo.falla = "ninguna"
    assert fuente().look_up(ANA.curp) == ANA
    assert CORTE.is_well()


def test_only_one_of_many_gets_the_probe(renapo):
    faults(renapo, 5)
    cache.delete("corte:identidad:abierto")
    assert [CORTE.lets_through() for _ in range(5)] == [True, False, False, False, False]


def test_it_stays_open_thirty_seconds(renapo):
    faults(renapo, 5)
    key = cache.make_key("corte:identidad:abierto")
    left = cache._cache.get_client(key).ttl(key)
    assert 28 <= left <= 30


def test_a_success_forgets_the_faults(renapo):
    assert faults(renapo, 4) == 4
    renapo.falla = "ninguna"
    fuente().look_up(ANA.curp)
    assert faults(renapo, 4) == 4


def test_one_odd_row_of_the_other_side_shuts_nobody_out(renapo):
    renapo.falla = "control"
    for _ in range(20):
        with pytest.raises(RespuestaDudosa):
            fuente().look_up(ANA.curp)
    assert CORTE.is_well()


def test_without_the_cache_each_process_goes_by_what_it_saw(renapo):
    away = settings.CACHES["default"] | {"LOCATION": "unix:///nonexistent/valkey.sock"}
    with override_settings(CACHES={"default": away}):
        assert faults(renapo, 20) == 5
        assert not CORTE.is_well()
        CORTE.reset()
        assert CORTE.is_well()


def test_health_tells_it_as_degraded_and_still_serves(renapo, client):
    assert client.get("/salud/lista").json()["degradado"] == []
    faults(renapo, 5)
    assert cortacircuito.degraded() == ["identidad"]
    answer = client.get("/salud/lista")
    assert (answer.status_code, answer.json()["degradado"]) == (200, ["identidad"])


# --- how it is set up ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "nss.E001"),
        ({"IDENTIDAD_URL": "http://renapo.example/"}, "nss.E001"),
        ({"IDENTIDAD_URL": "http://127.0.0.1:1/", "DEMO": False}, "nss.E001"),
        ({"IDENTIDAD_URL": "https://u:c@renapo.example/"}, "nss.E002"),
        ({"IDENTIDAD_URL": "https://renapo.example/?clave=1"}, "nss.E002"),
        ({"IDENTIDAD_URL": "https://renapo.example/", "IDENTIDAD_LLAVE": "/x"}, "nss.E003"),
        ({"IDENTIDAD_URL": "https://renapo.example/"}, ""),
        ({"IDENTIDAD_URL": "http://127.0.0.1:1/"}, ""),
    ],
)
def test_a_source_nobody_could_believe_is_refused_at_the_start(settings, given, told):
    settings.FUENTE_IDENTIDAD = "http"
    for name, value in given.items():
        setattr(settings, name, value)
    found = [problem.id for problem in run_checks() if (problem.id or "").startswith("nss.")]
    assert found == ([told] if told else [])


def test_the_simulator_knows_thirty_ways_to_fail():
    assert len(BAD) >= 25
    assert len(FALLAS) - len(BAD) == 2 + len(Estatus)
    assert isinstance(fuente().look_up(Curp(ANA.curp)), type(None)), "the padrón is the default"
