"""Demonstration people: each ends as its line in the table says."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from nss.demo import PERSONAS, load_demo_people, persona
from nss.identidad import fuente
from nss.models import Asegurado, CurpAnterior, Numero, PersonaPadron, Serie
from nss.services import Lugar, assign_nss, locate
from nss.services.sintetico import generate
from nss.values import Curp

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
LOCATED = {"localizado", "sustituida-nueva", "correo-vinculado"}
ASSIGNED = {
    "asignado",
    "muchas-colonias",
    "una-colonia",
    "sin-umf",
    "sexo-x",
    "un-apellido",
    "nacido-fuera",
    "nombre-largo",
}


def outcome(clave: str) -> str:
    identidad = fuente().look_up(persona(clave).curp)
    if identidad is None:
        return "curp_no_encontrada"
    if identidad.estatus.is_superseded:
        return "curp_sustituida"
    return locate(identidad=identidad).kind if identidad.estatus.is_active else "curp_baja"


EXPECTED = {
    **dict.fromkeys(LOCATED, "vigente"),
    **dict.fromkeys(ASSIGNED, "ninguno"),
    "no-encontrado": "curp_no_encontrada",
    "sustituida": "curp_sustituida",
    "baja": "curp_baja",
    "homonimo": "homonimia",
    "varios-nss": "varios_nss",
}


@pytest.mark.django_db
def test_everybody_ends_as_promised():
    load_demo_people(NOW)
    assert {one.clave: outcome(one.clave) for one in PERSONAS} == EXPECTED


@pytest.mark.django_db
def test_second_load_changes_nothing():
    models = (PersonaPadron, Asegurado, Numero, CurpAnterior, Serie)
    load_demo_people(NOW)
    before = [set(model.objects.values_list("pk", flat=True)) for model in models]
    load_demo_people(NOW)
    assert [set(model.objects.values_list("pk", flat=True)) for model in models] == before
    assert {one.clave: outcome(one.clave) for one in PERSONAS} == EXPECTED


@pytest.mark.django_db
def test_demo_people_fit_beside_a_crowd():
    generate(how_many=300, seed=1, numbered=1, now=NOW)
    load_demo_people(NOW)
    assert {one.clave: outcome(one.clave) for one in PERSONAS} == EXPECTED


@pytest.mark.django_db
def test_everybody_to_be_assigned_gets_a_demo_number():
    load_demo_people(NOW)
    for clave in ASSIGNED:
        given = assign_nss(titular=persona(clave).identidad, lugar=Lugar(), now=NOW)
        assert given.created
        assert given.numero.nss[:2] == "00"


def test_people_are_valid_distinct_and_where_they_say():
    assert len({one.curp for one in PERSONAS}) == len(PERSONAS)
    for one in PERSONAS:
        assert Curp(one.curp, today=date(2026, 11, 21)) == one.curp
        assert one.identidad.follows_rule
        assert one.desenlace
    assert persona("asignado").cp == "40200"
    assert persona("muchas-colonias").cp == "85203"
    assert {one.clave for one in PERSONAS if one.cp} == ASSIGNED
    assert {one.clave for one in PERSONAS if one.correo} == {"correo-vinculado"}


def test_long_names_are_as_long_as_they_may_be():
    who = persona("nombre-largo").identidad
    for name in (who.nombres, who.primer_apellido, who.segundo_apellido):
        assert len(name) == 60
        assert "Ñ" in name


@pytest.mark.django_db
def test_command_prints_the_table():
    out = StringIO()
    call_command("cargar_demo", stdout=out)
    for one in PERSONAS:
        assert f"{one.curp}  {one.cp:<5}  {one.desenlace}" in out.getvalue()
    assert "natalia.fuentes@example.org" in out.getvalue()
