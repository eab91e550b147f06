"""The data key changes while people work: nothing stops opening, and all ends on the new one."""

import random
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from comun import cripto, llavero
from comun.cripto import SealBroken
from comun.models import Bitacora, Rotacion
from constancias import almacen
from constancias.models import Constancia
from constancias.services import resello
from constancias.services.archivo import place_of
from nss.models import PersonaPadron
from tests.comun.rotacion import (
    Writers,
    fill,
    keys_in_use,
    kill_midway,
    ring_of,
    rotator,
    unreadable,
)

OLD, NEW = ring_of("vieja"), ring_of("nueva", "vieja")


@pytest.fixture
def rings(settings, tmp_path):
    """Everything begins on the old key; `rings(NEW)` is the day of the change."""
    settings.DOCUMENTOS_DIR = str(tmp_path / "documentos")
    settings.LLAVES_DATOS = OLD

    def change(ring: list[str]) -> None:
        settings.LLAVES_DATOS = ring

    return change


@pytest.mark.django_db(transaction=True)
def test_change_under_writers_with_a_kill(rings, settings):
    fill(people=800, documents=40)
    assert keys_in_use().keys() == {"vieja"}
    rings(NEW)
    chance, killed = random.Random(4), 0
    with Writers(5, seed=4) as writers:
        child = rotator(NEW, settings.DOCUMENTOS_DIR)
        killed += kill_midway(child, after=chance.randint(100, 400))
        last = rotator(NEW, settings.DOCUMENTOS_DIR)
        out, err = last.communicate(timeout=60)
    assert last.returncode == 0, err
    assert killed == 1, "it was not at work any more: the kill proved nothing"
    assert writers.faults == []
    assert writers.done["_change"] > 20
    assert keys_in_use().keys() == {"nueva"}
    assert "vieja: solo abre, 0 valores" in out
    rings(ring_of("nueva"))
    assert unreadable() == 0, "without the old key"
    changes = sum(row.datos["veces"] for row in PersonaPadron.objects.all())
    assert changes == writers.done["_change"], "no write was undone by a seal"


@pytest.mark.django_db
def test_it_ends_where_a_kill_left_it(rings):
    fill(people=30, documents=0)
    rings(NEW)
    columna = next(one for one in llavero.columns() if "personapadron" in str(one))
    row = llavero.checkpoint(str(columna))
    llavero._reseal_batch(columna, row, 10, set())
    row = Rotacion.objects.get(pk=row.pk)
    assert (row.hechas, bool(row.hasta), row.terminada_en) == (10, True, None)
    assert llavero.reseal_column(columna, batch=10) == (20, [])
    row = Rotacion.objects.get(pk=row.pk)
    assert (row.hechas, row.hasta) == (30, "")
    assert row.terminada_en
    assert llavero.reseal_column(columna) == (0, []), "once is enough"


@pytest.mark.django_db
def test_a_value_moved_to_another_row_does_not_open_and_does_not_stop_the_rest(rings, capsys):
    fill(people=5, documents=0)
    one, other = PersonaPadron.objects.order_by("pk")[:2]
    table = PersonaPadron._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET datos = (SELECT datos FROM {table} WHERE id = %s) WHERE id = %s",
            [other.pk, one.pk],
        )
    with pytest.raises(SealBroken):
        _ = PersonaPadron.objects.get(pk=one.pk).datos
    rings(NEW)
    with pytest.raises(CommandError, match=str(one.pk)):
        call_command("llaves_datos", "rotar")
    columna = next(one for one in llavero.columns() if "personapadron" in str(one))
    assert llavero.keys_in_use(columna) == {"nueva": 4, "vieja": 1}
    assert not Rotacion.objects.get(lugar=str(columna)).terminada_en


@pytest.mark.django_db
def test_a_file_put_in_the_place_of_another_does_not_open(rings):
    fill(people=0, documents=2)
    one, other = Constancia.objects.all()
    almacen.replace(one.archivo, almacen.read(other.archivo))
    rings(NEW)
    assert resello.reseal_files() == (1, [one.archivo])
    with pytest.raises(SealBroken):
        cripto.unseal(almacen.read(one.archivo), place=place_of(one.pk))


@pytest.mark.django_db
def test_what_was_printed_is_only_sealed_again_by_who_says_so(rings):
    fill(people=0, documents=1)
    row = Constancia.objects.get()
    field = Constancia._meta.get_field("snapshot")
    sealed = field.sealed_for(row, {"n": 0})
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Constancia.objects.update(snapshot=sealed)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL portal.resello = 'si'")
        Constancia.objects.update(snapshot=sealed)
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            Constancia.objects.update(snapshot=sealed, folio="1" * 23)


@pytest.mark.django_db
def test_a_row_saved_unopened_leaves_the_old_key(rings):
    fill(people=1, documents=0)
    row = PersonaPadron.objects.get()
    rings(NEW)
    row.save()
    rings(ring_of("nueva"))
    assert PersonaPadron.objects.get().datos["n"] == 0


@pytest.mark.django_db
def test_who_holds_the_turn_holds_it_alone(rings):
    rings(NEW)
    with llavero.one_at_a_time():
        child = rotator(NEW, "")
        assert child.wait(60) == 1
        assert "Ya hay un cambio de llaves en marcha" in child.communicate()[1]


@pytest.mark.django_db
def test_the_command_tells_what_is_left_and_the_chain_that_it_was_done(rings, capsys):
    fill(people=3, documents=1)
    rings(NEW)
    call_command("llaves_datos", "estado")
    assert "nueva: sella, 0 valores\nvieja: solo abre, 6 valores" in capsys.readouterr().out
    call_command("llaves_datos", "rotar")
    assert "quita «vieja» de LLAVES_DATOS" in capsys.readouterr().out
    last = Bitacora.objects.first()
    assert (last.accion, last.objeto, last.razon) == ("llaves.rotadas", "nueva", "6 valores")
    rings(ring_of("otra", "nueva")[:1])
    call_command("llaves_datos", "estado")
    assert "nueva: FALTA en LLAVES_DATOS y la usan 6 valores" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_new_key_is_another_each_time_and_works(rings, settings, capsys):
    for name in ("", "d7"):
        call_command("llaves_datos", "nueva", id=name)
    first, second = capsys.readouterr().out.split()
    assert (first[:3], second[:3]) == ("d1:", "d7:")
    settings.LLAVES_DATOS = [first, second]
    place = str(uuid.uuid4())
    assert cripto.unseal(cripto.seal(b"x", place=place), place=place) == b"x"
    with pytest.raises(CommandError):
        call_command("llaves_datos", "nueva", id="d7")
