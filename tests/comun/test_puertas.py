"""The doors of every request: health, the demo's own machine, errors that say what to do."""

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.test import RequestFactory

from comun import cripto, views
from comun.caos import punto
from comun.errors import DomainError
from comun.middleware import DemoGuard, DomainErrors


def ids() -> set[str]:
    return {check.id for check in run_checks() if check.id.startswith("comun.")}


def test_a_whole_configuration_passes():
    assert ids() == set()


@pytest.mark.parametrize("name", ["LLAVES_DATOS", "LLAVES_INDICE"])
@pytest.mark.parametrize("ring", [[], ["k1:corta"], ["k1:%%%"], [":" + "A" * 43 + "="]])
def test_keys_that_seal_nothing_are_refused(settings, name, ring):
    setattr(settings, name, ring)
    assert "comun.E001" in ids()


def test_demo_serves_this_machine_only(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "portal.example.org"]
    assert "comun.E004" in ids()


def test_ring_without_keys_says_which_variable(settings):
    settings.LLAVES_DATOS = []
    with pytest.raises(ImproperlyConfigured, match="LLAVES_DATOS"):
        cripto.data_ring()


@pytest.mark.parametrize(
    "extra",
    [
        {"REMOTE_ADDR": "203.0.113.9"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_demo_refuses_strangers_and_proxies(client, extra):
    answer = client.get("/salud/viva", **extra)
    assert answer.status_code == 403
    assert "esta misma máquina" in answer.content.decode()


def test_demo_is_not_indexed(client):
    assert client.get("/salud/viva")["X-Robots-Tag"] == "noindex"


def test_production_does_not_ask_where_from(settings):
    settings.DEMO = False
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.9")
    answer = DemoGuard(lambda _: views.alive(request))(request)
    assert answer.status_code == 200
    assert "X-Robots-Tag" not in answer


@pytest.mark.django_db
def test_ready_when_it_can_serve(client):
    answer = client.get("/salud/lista")
    body = {"estado": "lista", "faltan": [], "degradado": []}
    assert (answer.status_code, answer.json()) == (200, body)


@pytest.mark.django_db
def test_not_ready_without_keys(client, settings):
    settings.LLAVES_INDICE = []
    answer = client.get("/salud/lista")
    assert (answer.status_code, answer.json()["faltan"]) == (503, ["llaves"])


def test_not_ready_without_database(rf, monkeypatch):
    def down(*_):
        raise DatabaseError

    monkeypatch.setattr(views, "MigrationExecutor", down)
    answer = views.ready(rf.get("/salud/lista"))
    assert answer.status_code == 503
    assert b"base" in answer.content


def test_a_bug_is_not_shown_as_a_rule(rf):
    middleware = DomainErrors(lambda _: None)
    assert middleware.process_exception(rf.get("/"), ValueError("x")) is None


def test_a_broken_rule_is_a_page_that_says_what_to_do(rf):
    request = rf.get("/")
    request.session, request.META["REMOTE_ADDR"] = {}, "127.0.0.1"
    answer = DomainErrors(lambda _: None).process_exception(request, DomainError(objeto=7))
    assert answer.status_code == 409
    assert DomainError.message in answer.content.decode()
    assert DomainError.advice in answer.content.decode()


def test_fault_points_do_nothing_unless_armed(settings, tmp_path):
    punto("tras_numero")
    settings.CAOS_DIR = str(tmp_path)
    punto("tras_numero")
