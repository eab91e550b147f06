"""The index key a database was written with: any other ring is refused."""

import pytest
from django.core.checks import Tags, run_checks

from comun import bitacora, cripto, models, reloj, testigo
from nss.models import curp_index
from tests.comun.rotacion import ring_of
from tests.nss.personas import identidad

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    def ask() -> list[str | None]:
        return [one.id for one in run_checks(tags=[Tags.security], databases=["default"])]

    return ask


def test_the_first_migrate_leaves_a_witness():
    assert models.Testigo.objects.get().llave == next(iter(cripto.index_ring()))
    assert testigo.fits()


def test_another_key_first_is_refused_at_the_door_and_told_by_health(settings, client, told):
    assert "comun.E007" not in told()
    before = curp_index(identidad(1).curp)
    settings.LLAVES_INDICE = [*ring_of("otra"), *settings.LLAVES_INDICE]
    assert curp_index(identidad(1).curp) != before, "nobody would be found"
    assert "comun.E007" in told()
    answer = client.get("/salud/lista")
    assert (answer.status_code, answer.json()["faltan"]) == (503, ["índices"])


def test_another_key_behind_is_refused_too(settings, told):
    """The oldest key begins the chain: one more behind it is another chain."""
    settings.LLAVES_INDICE = [*settings.LLAVES_INDICE, *ring_of("otra")]
    assert "comun.E007" in told()


def test_a_later_migrate_leaves_the_witness_as_it_was(settings):
    was = models.Testigo.objects.values().get()
    settings.LLAVES_INDICE = ring_of("otra")
    testigo.leave()
    assert models.Testigo.objects.values().get() == was


def test_an_entry_is_checked_with_the_key_it_names(settings):
    now, own = reloj.now(), settings.LLAVES_INDICE
    bitacora.append(accion="prueba", objeto="uno", now=now)
    settings.LLAVES_INDICE = [*ring_of("otra"), *own]
    bitacora.append(accion="prueba", objeto="dos", now=now)
    assert list(bitacora.broken_rows()) == []
    settings.LLAVES_INDICE = own
    assert bitacora.broken_rows() == [2], "its key is not in the ring"
