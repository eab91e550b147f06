"""Identity: what the embedded source answers, and how an answer travels."""

import json

import pytest

from nss.enums import Estatus
from nss.errors import MalformedCurp
from nss.identidad import FuentePadron, Identidad, fuente
from nss.models import PersonaPadron
from nss.services.padron import load_personas
from tests.nss.personas import identidad


@pytest.mark.django_db
def test_padron_answers_with_what_was_loaded():
    known = identidad(1, acta_anio=2004, acta_numero="00017", estatus=Estatus.AH)
    load_personas([known], origen=PersonaPadron.Origen.ARCHIVO)
    assert fuente().look_up(known.curp) == known


@pytest.mark.django_db
def test_padron_does_not_know_strangers():
    assert FuentePadron().look_up(identidad(1).curp) is None


@pytest.mark.django_db
def test_status_of_the_row_wins():
    load_personas([identidad(1)], origen=PersonaPadron.Origen.ARCHIVO)
    PersonaPadron.objects.update(estatus="BD")
    assert fuente().look_up(identidad(1).curp).estatus == Estatus.BD


@pytest.mark.django_db
def test_padron_is_asked_with_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        fuente().look_up(identidad(1).curp)


def test_identity_survives_json():
    who = identidad(1, acta_anio=2004, curps_anteriores=(identidad(2).curp,))
    assert Identidad.from_json(json.loads(json.dumps(who.as_json()))) == who


def test_identity_is_not_made_of_bad_facts():
    with pytest.raises(MalformedCurp):
        Identidad.from_json(identidad(1).as_json() | {"curp": "LORA"})


def test_identity_hides_itself_in_logs():
    assert repr(identidad(1)) == "Identidad(AN)"


def test_full_name_has_no_hole():
    assert identidad(1, segundo_apellido="").nombre_completo == f"{identidad(1).nombres} PRUEBA"


@pytest.mark.parametrize("estatus", Estatus)
def test_every_status_has_a_label_and_a_side(estatus):
    assert estatus.label
    assert estatus.is_active == (estatus.value[0] != "B")
    assert not (estatus.is_superseded and estatus.is_active)


def test_only_a_change_of_key_supersedes():
    assert {e for e in Estatus if e.is_superseded} == {Estatus.BCC, Estatus.BCN}
