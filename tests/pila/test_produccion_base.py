"""MODO=produccion on a real database: a new one must be filled first, the demo's never serves."""

import pytest

from imss_portal.demo.embebido import OWNER
from imss_portal.demo.procesos import await_true
from imss_portal.demo.puertos import free_port
from tests.conftest import PORTS
from tests.pila.puesta import (
    HOST,
    Trabajador,
    Web,
    load_prefix,
    new_base,
    on,
    run,
    start,
    start_web,
    without_owner,
)

pytestmark = pytest.mark.pila
NAME = "en_produccion"


@pytest.fixture(scope="module")
def nueva(pila_de_la_sesion, tmp_path_factory):
    folder = tmp_path_factory.mktemp("produccion")
    with new_base(pila_de_la_sesion, folder, NAME) as env:
        yield env, folder


def test_new_base_without_series_waits_and_with_them_serves(nueva):
    env, folder = nueva
    door = f"unix:{folder / 'puerta'}"
    refused = start_web(without_owner(env), door)
    assert refused.returncode == 3
    assert "No hay ninguna serie de números activa" in refused.stderr
    assert "nuevos 1" in load_prefix(env, folder)
    with Web(without_owner(env), free_port(PORTS + 150)) as web:
        await_true(web.answers, seconds=30, what="La web de producción")
        home, plain = web.ask("/"), web.ask("/", **{"X-Forwarded-Proto": "http"})
        stranger = web.ask("/", Host="otro.example")
    assert home.status == 200
    assert home.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert home.headers["X-Robots-Tag"] is None
    assert (plain.status, plain.headers["Location"]) == (301, f"https://{HOST}/")
    assert stranger.status == 400


def test_worker_starts_with_a_seal_in_the_issuers_name(nueva):
    env, folder = nueva
    # A base of the broker of its own: the worker of the running stack listens on the other.
    apart = f"{env['REDIS_URL']}?virtual_host=1"
    env = env | {"LLAVE_SELLO": str(folder / "sello.pem"), "REDIS_URL": apart}
    run(env, "llaves_sello", "crear")
    with Trabajador(env) as one:
        await_true(one.answers, seconds=40, what="El trabajador de producción")


def test_base_of_the_demo_is_refused_with_each_reason(nueva, pila):
    env, folder = nueva
    told = start_web(without_owner(on(env, pila.postgres, "portal")), f"unix:{folder / 'demo'}")
    assert told.returncode == 3
    for said in (
        "La serie 00 está activa",
        "No hay ninguna serie de números activa",
        "personas inventadas por la demostración",
        "La llave activa del sello es de la demostración",
    ):
        assert said in told.stderr


def test_role_that_owns_the_tables_may_not_serve(nueva, pila):
    env, folder = nueva
    as_owner = without_owner(on(env, pila.postgres, NAME, serves=OWNER))
    told = start_web(as_owner, f"unix:{folder / 'dueno'}")
    assert told.returncode == 3
    assert f"El rol {OWNER} es dueño de las tablas" in told.stderr


def test_check_with_the_base_tells_the_same(nueva, pila):
    env, _ = nueva
    command = ("python", "manage.py", "check", "--deploy", "--database", "default")
    assert "portal.E143" in start(on(env, pila.postgres, "portal"), *command).stderr
