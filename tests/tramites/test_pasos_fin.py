"""After Finalizar: the next step, and one question whose answer belongs to nobody."""

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from comun import reloj
from tests.personal.entrada import come_in
from tests.tramites.visita import Visita
from tramites.models import Opinion
from tramites.pasos.opinion import BALLOT, give_ballot

END = "/asignacion-nss/fin/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def visita():
    """A browser that has just pressed Finalizar: its old session is gone."""
    browser = Visita()
    session = browser.session
    give_ballot(session)
    session.save()
    browser.client.cookies["sesion"] = session.session_key
    return browser


def test_question_is_asked_and_the_answer_kept_without_a_person(visita):
    page = visita.get(END)
    assert "¿Qué tan fácil fue tu trámite?" in page.text
    assert "Servicios Escolares" in page.text
    assert "Unidad de Medicina Familiar" in page.text
    page = visita.follow(visita.post(END, {"facilidad": "facil"}))
    assert "Gracias por tu respuesta" in page.text
    assert "form-opinion" not in page.doc.forms
    answer = Opinion.objects.get()
    assert (answer.facilidad, answer.dia) == ("facil", reloj.local_date(reloj.now()))
    assert {field.name for field in Opinion._meta.fields} == {"id", "papeleta", "facilidad", "dia"}


def test_one_session_answers_once_even_with_two_tabs(visita):
    ballot = visita.session[BALLOT]
    visita.post(END, {"facilidad": "facil"})
    visita.post(END, {"facilidad": "dificil"})
    session = visita.session
    session[BALLOT] = ballot  # the twin of a double click read the session before
    session.save()
    assert "Gracias" in visita.follow(visita.post(END, {"facilidad": "dificil"})).text
    assert [answer.facilidad for answer in Opinion.objects.all()] == ["facil"]


@pytest.mark.parametrize(
    ("typed", "words"), [({}, "Elige una respuesta."), ({"facilidad": "otra"}, "Elige una de las")]
)
def test_no_answer_or_another_is_told(visita, typed, words):
    page = visita.post(END, typed)
    assert page.title.startswith("Error: ")
    assert words in page.text
    assert not Opinion.objects.exists()
    visita.post(END, {"facilidad": "muy_facil"})
    assert Opinion.objects.count() == 1


def test_who_finished_nothing_is_asked_nothing():
    stranger = Visita()
    assert "form-opinion" not in stranger.get(END).doc.forms
    assert stranger.post(END, {"facilidad": "facil"}).url == END
    assert not Opinion.objects.exists()


def test_table_refuses_what_is_no_answer(visita):
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.create(
            papeleta="0" * 32, facilidad="otra", dia=reloj.local_date(reloj.now())
        )


def test_staff_sees_the_answers_and_changes_none(visita, client):
    visita.post(END, {"facilidad": "facil"})
    come_in(client, get_user_model().objects.create_superuser("mesa"))
    page = client.get("/admin/tramites/opinion/")
    assert page.status_code == 200
    assert "Fácil" in page.content.decode()
    assert client.get("/admin/tramites/opinion/add/").status_code == 403
