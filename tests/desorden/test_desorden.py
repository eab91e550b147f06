"""Messy journeys end well: a third of the corpus here, all of it in `make prueba-larga`."""

import pytest

from tests.desorden import tabla
from tests.desorden.alumna import Alumna, Atorada
from tests.desorden.juez import CASOS, CORREO, walk
from tests.desorden.mundo import person
from tests.tramites.escena import PASO1

EVERY = 3
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("caso", CASOS[::EVERY], ids=lambda caso: caso["id"])
def test_messy_journey_ends_well(mundo, caso):
    walk(caso)


def test_corpus_is_large_and_each_case_is_one():
    ids = [caso["id"] for caso in CASOS]
    assert len(ids) == len(set(ids)) >= 120
    assert len({caso["que"] for caso in CASOS}) > 0.9 * len(CASOS)


def test_table_of_the_docs_is_of_this_corpus():
    assert tabla.DOCUMENTO.read_text() == tabla.written()


# --- the judge notices ------------------------------------------------------------------


def test_judge_refuses_a_case_that_ends_elsewhere(mundo):
    caso = {"id": "x", "persona": "desconocida", "actos": {}, "fin": "numero"}
    with pytest.raises(AssertionError, match="curp_no_encontrada"):
        walk(caso)


def test_judge_refuses_a_mess_that_never_came_about(mundo):
    acts = {"domicilio": [["recargar"]]}
    with pytest.raises(AssertionError, match="nunca llegó"):
        walk({"id": "x", "persona": "con_numero", "actos": acts, "fin": "numero"})


def test_alumna_notices_a_page_without_a_way_on(mundo, monkeypatch):
    monkeypatch.setattr("tests.tramites.visita.Pagina.links", lambda page: [])
    alumna = Alumna(person("con_numero"), CORREO)
    alumna.go("/asignacion-nss/mi-tramite/")
    with pytest.raises(Atorada, match="sin salida"):
        alumna.finish()


def test_alumna_notices_a_circle(mundo, monkeypatch):
    monkeypatch.setattr(Alumna, "_do", lambda alumna, screen: alumna.go(PASO1))
    alumna = Alumna(person("con_numero"), CORREO)
    alumna.go(PASO1)
    with pytest.raises(Atorada, match="30 pantallas"):
        alumna.finish()
