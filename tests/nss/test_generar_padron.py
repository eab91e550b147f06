"""Synthetic people: the same for a seed, hard cases included, numbers only by allocation."""

from collections import Counter
from datetime import date
from io import StringIO
from itertools import islice

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from nss.demo import next_unused, unused
from nss.models import Asegurado, Numero, PersonaPadron, Serie
from nss.rules.texto import LONGEST_NAME, clean_name
from nss.services import locate
from nss.sinteticos import people
from nss.values import Curp

TODAY = date(2026, 11, 21)


def sample(count: int, seed: int = 1) -> list:
    return list(islice(people(seed, today=TODAY), count))


@pytest.fixture(scope="module")
def crowd() -> list:
    return [person.identidad for person in sample(3_000)]


def generate(**options) -> str:
    out = StringIO()
    call_command("generar_padron", stdout=out, **options)
    return out.getvalue()


def test_seed_decides_the_people():
    assert sample(50) == sample(80)[:50]
    assert sample(50) != sample(50, seed=2)


def test_everybody_is_well_formed_and_nobody_repeats(crowd):
    assert len({who.curp for who in crowd}) == len(crowd)
    for who in crowd:
        assert who.follows_rule
        assert Curp(who.curp, today=TODAY) == who.curp
        for name in (who.nombres, who.primer_apellido):
            assert clean_name(name) == name


@pytest.mark.parametrize(
    "is_case",
    [
        lambda who: "Ñ" in who.primer_apellido,
        lambda who: len(who.nombres) == LONGEST_NAME and "Ñ" in who.nombres,
        lambda who: who.segundo_apellido == "",
        lambda who: len(who.primer_apellido.split()[0]) == 1,
        lambda who: who.primer_apellido.startswith("DE LA "),
        lambda who: "'" in who.primer_apellido,
        lambda who: "-" in who.primer_apellido,
        lambda who: "Ü" in who.segundo_apellido,
        lambda who: who.sexo == "X",
        lambda who: who.entidad == "NE",
        lambda who: (who.fecha_nacimiento.month, who.fecha_nacimiento.day) == (2, 29),
        lambda who: who.fecha_nacimiento == date(1999, 12, 31) and who.curp[16].isdigit(),
        lambda who: who.fecha_nacimiento == date(2000, 1, 1) and who.curp[16].isalpha(),
        lambda who: who.curp[1] == "X" and who.primer_apellido == "PEDRERO",
        lambda who: not who.estatus.is_active,
    ],
)
def test_hard_cases_are_there(crowd, is_case):
    assert sum(map(is_case, crowd)) >= 5


@pytest.mark.django_db
def test_share_gets_numbers_of_the_demo_series():
    out = generate(personas=600, semilla=7, con_numero=0.4)
    assert "600 personas nuevas" in out
    assert PersonaPadron.objects.filter(origen="sintetico").count() == 600
    numbers = list(Numero.objects.select_related("asegurado", "serie"))
    assert 180 <= len(numbers) <= 300
    for numero in numbers:
        assert numero.nss[:2] == "00"
        assert numero.asegurado.identidad.fecha_nacimiento.year % 100 == int(numero.nss[4:6])
        assert numero.fecha_alta.year % 100 == int(numero.nss[2:4])
    counted = Counter(numero.serie_id for numero in numbers)
    assert counted == dict(Serie.objects.values_list("pk", "siguiente"))


@pytest.mark.django_db
def test_second_run_completes_and_repeats_nothing():
    generate(personas=40, semilla=7, con_numero=1)
    out = generate(personas=60, semilla=7, con_numero=1)
    assert "20 personas nuevas" in out
    assert PersonaPadron.objects.count() == 60
    assert Asegurado.objects.count() == Numero.objects.count()


@pytest.mark.django_db
def test_share_does_not_change_the_people():
    generate(personas=30, semilla=7, con_numero=0)
    assert not Numero.objects.exists()
    curps = {row.identidad.curp for row in PersonaPadron.objects.all()}
    assert curps == {person.identidad.curp for person in sample(30, seed=7)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "found"), [("localizado", "vigente"), ("asignado", "ninguno"), ("inconcluso", None)]
)
def test_strangers_are_found_by_how_they_end(kind, found):
    generate(personas=400, semilla=3, con_numero=0.5)
    curps = set(unused(kind))
    rows = [row.identidad for row in PersonaPadron.objects.all() if row.identidad.curp in curps]
    assert len(rows) == len(curps) > 0
    for who in rows:
        assert who.estatus.is_active == (found is not None)
        if found:
            assert locate(identidad=who).kind == found
    first = next_unused(kind)
    assert first in curps
    assert next_unused(kind, {first}) in curps - {first}
    assert next_unused(kind, curps) is None


@pytest.mark.django_db
def test_strangers_of_every_kind_are_everybody():
    generate(personas=400, semilla=3, con_numero=0.5)
    assert sum(len(set(unused(kind))) for kind in ("localizado", "asignado", "inconcluso")) == 400


@pytest.mark.parametrize("options", [{"personas": 0}, {"personas": -1}])
def test_count_must_be_positive(options):
    with pytest.raises(CommandError, match="al menos 1"):
        generate(**options)


@pytest.mark.parametrize("share", ["1.5", "-0.1"])
def test_share_must_be_a_share(share):
    with pytest.raises(CommandError, match="entre 0 y 1"):
        call_command("generar_padron", "--personas=1", f"--con-numero={share}")


@pytest.mark.parametrize("command", [["generar_padron", "--personas=1"], ["cargar_demo"]])
def test_production_has_no_fictional_people(settings, command):
    settings.DEMO = False
    with pytest.raises(CommandError, match="MODO=demo"):
        call_command(*command)


@pytest.fixture
def as_runtime_role(transactional_db, settings, monkeypatch):
    """The connection of this test, opened by the role that serves."""
    connection.close()
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "USER", settings.ROL_SERVICIO)
        yield
        connection.close()


def test_role_that_serves_may_do_all_this(as_runtime_role, settings):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (settings.ROL_SERVICIO,)
    assert "10 personas nuevas, " in generate(personas=10, semilla=1, con_numero=1)
    assert Numero.objects.count() > 5
    assert next_unused("localizado")
