"""A key is added to the blind indexes without opening anything, and everybody is still found."""

import os
import signal
import subprocess
import sys
import time

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from comun import bitacora, cripto, indices, testigo
from comun.models import Bitacora
from constancias.models import Constancia
from nss.models import Asegurado, PersonaPadron, curp_index, persona_index
from tests.comun.rotacion import ROOT, fill, ring_of
from tests.nss.personas import identidad
from tramites.models import VinculoCorreo, correo_index

ONE, TWO, THREE = ring_of("i1"), ring_of("i2", "i1"), ring_of("i3", "i2", "i1")


@pytest.fixture
def ring(settings):
    """Everything begins with one key; `ring(TWO)` is the day another is added."""

    def change(keys: list[str]) -> None:
        settings.LLAVES_INDICE = keys

    before = settings.LLAVES_INDICE
    change(ONE)
    testigo.change()
    yield change
    change(before)
    testigo.change()


@pytest.fixture
def people(db, ring):
    """Forty people of the padrón, one in the registry, a mailbox that speaks for them, a document."""
    who = identidad(1)
    fill(people=40, documents=1)
    Asegurado.objects.update(curp_idx=curp_index(who.curp), persona_idx=persona_index(who))
    VinculoCorreo.objects.create(
        curp_idx=curp_index(who.curp),
        correo_idx=correo_index("ana@example.org"),
        correo={},
        estado="activo",
        desde="2026-01-01T00:00Z",
    )
    return who


def found(who) -> list[bool]:
    """Say if each look-up meets its row."""
    return [
        PersonaPadron.objects.of_curp(who.curp).datos["n"] == 1
        if PersonaPadron.objects.of_curp(who.curp)
        else False,
        Asegurado.objects.of_keys([who.curp]).exists(),
        Asegurado.objects.alike(who).exists(),
        VinculoCorreo.objects.filter(
            curp_idx=curp_index(who.curp), correo_idx=correo_index("ana@example.org")
        ).exists(),
    ]


def test_one_key_makes_the_index_it_always_made(settings):
    settings.LLAVES_INDICE = ONE
    alone = cripto.blind_index("curp", "x")
    settings.LLAVES_INDICE = TWO
    assert cripto.blind_index("curp", "x") == cripto.reindex(alone) != alone


def test_everybody_is_found_after_each_change(people, ring):
    assert found(people) == [True] * 4
    for keys in (TWO, THREE):
        ring(keys)
        assert found(people) == [False] * 4
        call_command("llaves_indice", "rotar")
        assert found(people) == [True] * 4
        assert testigo.fits()


def test_a_printed_code_is_found_and_the_rest_of_the_document_is_not_touched(people, ring):
    with connection.cursor() as cursor:
        cursor.execute("SET portal.resello = 'si'")
        Constancia.objects.update(codigo_idx=cripto.blind_index("codigo", "ABC"))
        cursor.execute("RESET portal.resello")
    was = Constancia.objects.values("snapshot", "sha256", "estado", "folio").get()
    ring(TWO)
    call_command("llaves_indice", "rotar")
    assert Constancia.objects.filter(codigo_idx=cripto.blind_index("codigo", "ABC")).exists()
    assert Constancia.objects.values("snapshot", "sha256", "estado", "folio").get() == was


def test_it_is_done_once_told_and_written_down(people, ring, capsys):
    ring(TWO)
    call_command("llaves_indice", "estado")
    assert "falta manage.py llaves_indice rotar" in capsys.readouterr().out
    call_command("llaves_indice", "rotar")
    assert "nss_personapadron: 40" in capsys.readouterr().out
    entry = Bitacora.objects.first()
    assert (entry.accion, entry.objeto, entry.llave) == ("llaves.indices", "i2", "i2")
    call_command("llaves_indice", "rotar")
    call_command("llaves_indice", "estado")
    assert "Nada que hacer" in capsys.readouterr().out
    assert Bitacora.objects.count() == 1
    assert list(bitacora.broken_rows()) == []
    assert found(people) == [True] * 4


@pytest.mark.parametrize("keys", [ring_of("i2"), ring_of("i2", "otra"), ring_of("i3", "i2", "i1")])
def test_a_ring_that_left_one_out_is_refused(people, ring, keys):
    ring(keys)
    for verbo in ("rotar", "estado"):
        with pytest.raises(CommandError):
            call_command("llaves_indice", verbo)
    ring(ONE)
    assert found(people) == [True] * 4


def test_it_is_refused_while_the_portal_runs(people, ring):
    url = os.environ["DATABASE_URL"]
    link = psycopg2.connect(url.replace("/portal?", f"/{connection.settings_dict['NAME']}?"))
    ring(TWO)
    with pytest.raises(CommandError, match="tiene 1 conexiones"):
        call_command("llaves_indice", "rotar")
    link.close()
    ring(ONE)
    assert found(people) == [True] * 4


@pytest.mark.django_db(transaction=True)
def test_killed_on_the_way_it_did_nothing(ring):
    fill(people=1500, documents=0)
    name = connection.settings_dict["NAME"]
    urls = {
        key: os.environ[key].replace("/portal?", f"/{name}?")
        for key in ("DATABASE_URL", "DATABASE_OWNER_URL")
    }
    env = {**os.environ, **urls, "LLAVES_INDICE": " ".join(TWO)}
    env |= {"DJANGO_SETTINGS_MODULE": "imss_portal.settings"}
    command = [sys.executable, "manage.py", "llaves_indice", "rotar"]
    blocker = psycopg2.connect(urls["DATABASE_OWNER_URL"])
    # The witness is what it changes last: everything else is changed by then.
    blocker.cursor().execute("SELECT 1 FROM comun_testigo FOR UPDATE")
    child = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
    while not _waits(blocker):
        assert child.poll() is None
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    child.wait()
    blocker.rollback()
    blocker.close()
    assert testigo.fits()
    assert all(PersonaPadron.objects.of_curp(identidad(n).curp) for n in range(0, 1500, 100))
    subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=True)
    ring(TWO)
    assert all(PersonaPadron.objects.of_curp(identidad(n).curp) for n in range(0, 1500, 100))


def _waits(link) -> bool:
    with link.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def test_every_column_of_an_index_is_known():
    assert len(indices.tables()) >= 8
    assert indices.tables()[Asegurado] == ["curp_idx", "persona_idx"]
