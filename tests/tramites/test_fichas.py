"""Fichas: a version per change, a file that is loaded dry first, editors with permission."""

import doctest
import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from comun import reloj
from comun.models import Bitacora
from tests.personal.entrada import account, come_in
from tests.tramites.visita import Visita
from tramites import busqueda
from tramites.models import Ficha
from tramites.services.fichas import keep_version

pytestmark = pytest.mark.django_db
FICHA = "/tramites/imss-02-008/"


@pytest.fixture
def visita(db):
    call_command("cargar_fichas", "--aplicar", verbosity=0)
    return Visita()


def today():
    return reloj.local_date(reloj.now())


def test_load_is_dry_unless_asked_and_converges(db):
    said = io.StringIO()
    call_command("cargar_fichas", stdout=said)
    assert "nuevas 3" in said.getvalue()
    assert "En seco" in said.getvalue()
    assert not Ficha.objects.exists()
    for _ in range(2):
        call_command("cargar_fichas", "--aplicar", verbosity=0)
    assert Ficha.objects.count() == 3


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("{", "Expecting"),
        ({"clave": "x"}, "lista"),
        ([{"clave": "x", "titulo": "T"}], "ficha 1"),
        ([{"clave": "x", "otra": 1}], "otra"),
    ],
)
def test_bad_file_is_refused_whole(db, tmp_path, rows, words):
    path = tmp_path / "fichas.json"
    path.write_text(rows if isinstance(rows, str) else json.dumps(rows))
    with pytest.raises(CommandError, match=words):
        call_command("cargar_fichas", path, "--aplicar")
    assert not Ficha.objects.exists()


def test_a_change_is_a_version_and_the_old_one_stays(visita):
    Ficha.objects.update(desde=today() - timedelta(days=30))
    ficha = Ficha.objects.newest("imss-02-008")
    ficha.costo = "Nada de nada."
    keep_version(ficha, today=today())
    assert [row.costo for row in Ficha.objects.filter(clave="imss-02-008")] == [
        "Nada de nada.",
        "Nada. Es gratuito: nadie debe cobrarte.",
    ]
    assert "Nada de nada." in visita.get(FICHA).text


def test_version_of_tomorrow_waits_and_unpublished_is_gone(visita):
    ficha = Ficha.objects.newest("imss-02-008")
    later = Ficha(clave=ficha.clave, desde=today() + timedelta(days=1), **ficha.says())
    later.titulo = "Título de mañana"
    keep_version(later, today=today())
    assert "Título de mañana" not in visita.get(FICHA).text
    ficha.publicada = False
    keep_version(ficha, today=today())
    assert visita.get(FICHA).status == 404
    assert FICHA not in visita.get("/tramites/").links()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"etapas": ["otra"]}, "ficha_etapas_are_known"),
        ({"etapas": []}, "ficha_etapas_are_known"),
        ({"homoclave": "IMSS-2-8"}, "ficha_homoclave_is_well_formed"),
        ({"titulo": ""}, "ficha_says_something"),
        ({"publico": "nadie"}, "ficha_place_is_known"),
        ({"clave": "Con Espacios"}, "ficha_clave_is_a_lower_case_slug"),
        ({"clave": "vigencia"}, "ficha_one_version_per_day"),
    ],
)
def test_database_refuses_an_impossible_ficha(visita, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Ficha.objects.filter(clave="imss-02-008").update(**change)


@pytest.fixture
def desk(client):
    def login(*options):
        return come_in(client, account("editora" if options else "mesa", *options)[0])

    return login


def test_staff_with_permission_edits_a_ficha_and_it_is_noted(visita, desk):
    Ficha.objects.update(desde=today() - timedelta(days=30))
    client, ficha = desk("--edita-fichas"), Ficha.objects.newest("imss-02-008")
    address = reverse("admin:tramites_ficha_change", args=(ficha.pk,))
    form = client.get(address).context["adminform"].form
    fields = {name: form[name].value() for name in form.fields}
    sent = {k: v for k, v in fields.items() if v is not False and v is not None}
    answer = client.post(address, {**sent, "duracion": "Tres minutos."})
    assert answer.status_code == 302
    assert "Tres minutos." in visita.get(FICHA).text
    ficha.refresh_from_db()
    assert "cinco" in ficha.duracion  # what people read last month stays
    assert Bitacora.objects.filter(accion="ficha.editada").count() == 1
    assert client.post(reverse("admin:tramites_ficha_delete", args=(ficha.pk,))).status_code == 403


def test_help_desk_does_not_edit_fichas(visita, desk):
    client, ficha = desk(), Ficha.objects.newest("imss-02-008")
    address = reverse("admin:tramites_ficha_change", args=(ficha.pk,))
    assert client.post(address, {"titulo": "Otro"}).status_code == 403


def test_examples_of_the_search_hold():
    result = doctest.testmod(busqueda)
    assert result.attempted >= 3
    assert result.failed == 0
