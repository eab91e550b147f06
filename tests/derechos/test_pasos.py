"""Mis datos as a person meets it: who may ask, what stays typed, what each state says."""

import re
from datetime import timedelta

import pytest
from django.db.models import F

from comun import reloj
from nss.values import Curp
from tests.derechos.conftest import back, browser_of, received_on, today
from tests.tramites.visita import Visita
from tramites.derechos.enums import Causa, Derecho, Estado
from tramites.derechos.models import Peticion
from tramites.derechos.rules import Calendario, answer_by
from tramites.derechos.services import peticiones

pytestmark = pytest.mark.django_db
HOME, ASK = "/mis-datos/", "/mis-datos/pedir/"
STAFF = {"actor": "usuario:7"}


def page_of(peticion: Peticion, visita: Visita):
    return visita.get(f"{HOME}peticiones/{peticion.folio}/")


def test_anybody_reads_the_rights_the_terms_and_both_roads(settings):
    settings.EMISOR_TRANSPARENCIA = "Unidad de Transparencia, puerta 3"
    page = Visita().get(HOME)
    for said in ("Acceso", "Rectificación", "Cancelación", "Oposición", "IMSS-02-012"):
        assert said in page.text
    for term in ("20 días hábiles", "10 días hábiles", "15 días hábiles"):
        assert term in page.text
    assert "Unidad de Transparencia, puerta 3" in page.text
    assert "/asignacion-nss/" in page.links()
    assert ASK not in page.links()


def test_only_a_session_asks_and_looks(pide):
    made, stranger = pide(), Visita()
    assert stranger.get(ASK).status == 403
    assert stranger.post(ASK, {"derecho": "acceso", "texto": "x"}).status == 403
    assert page_of(made, stranger).status == 403
    assert stranger.post(f"{HOME}peticiones/{made.folio}/retirar/").status == 403
    assert Peticion.objects.get().estado == Estado.RECIBIDA


def test_asking_leads_to_its_page(proved):
    visita = browser_of(proved)
    sent = visita.post(ASK, {"derecho": "cancelacion", "texto": "Borren mi calle.\nGracias."})
    made = Peticion.objects.get()
    assert (sent.status, sent.url) == (303, f"{HOME}peticiones/{made.folio}/")
    page = visita.get(sent.url)
    day = answer_by(Calendario(), today())
    assert f"Último día para contestarte {day.day} de " in page.text
    assert "Borren mi calle." in page.text
    assert made.folio in visita.get(HOME).text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"texto": "Hola"}, "Elige qué quieres pedir."),
        ({"derecho": "otro", "texto": "Hola"}, "Elige una de las cuatro opciones."),
        ({"derecho": "acceso"}, "Explica qué pides."),
        ({"derecho": "acceso", "texto": "x" * 1001}, "1000 caracteres"),
        ({"derecho": "acceso", "texto": "a\u202eb"}, "caracteres invisibles"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(proved, sent, said):
    page = browser_of(proved).post(ASK, sent)
    assert said in page.text
    assert page.title.startswith("Error:")
    if sent.get("texto", "").isascii():
        assert sent.get("texto", "") in page.html
    assert not Peticion.objects.exists()


def test_same_right_twice_is_told_on_the_form(proved, pide):
    pide(Derecho.ACCESO)
    page = browser_of(proved).post(ASK, {"derecho": "acceso", "texto": "Otra vez"})
    assert "Ya tienes una petición igual en trámite." in page.text
    assert "Otra vez" in page.html


def test_sixth_petition_of_a_day_is_told_on_the_form(proved, pide):
    for _ in range(peticiones.A_DAY):
        made = pide(Derecho.ACCESO)
        peticiones.withdraw(peticion_id=made.pk, now=reloj.now())
    sent = {"derecho": "oposicion", "texto": "Una más"}
    page = browser_of(proved).post(ASK, sent)
    assert "Ya hiciste varias peticiones hoy." in page.text
    assert "Una más" in page.html
    Peticion.objects.update(recibida_en=F("recibida_en") - timedelta(days=1))
    assert browser_of(proved).post(ASK, sent).status == 303


def test_another_person_and_another_mailbox_see_nothing(pide, begin, attend_all):
    made = pide(texto="Solo mío")
    same_curp = begin(Curp("LORA070514MGRPVNA4"), "otra@example.org").confirm()
    other = begin(Curp("PEGJ900101HDFRRN09"), "pepe@example.org").confirm()
    for solicitud in (same_curp, other):
        visita = browser_of(solicitud)
        page = page_of(made, visita)
        assert page.status == 409
        assert "Solo mío" not in page.html
        assert visita.post(f"{HOME}peticiones/{made.folio}/retirar/").status == 409
        assert made.folio not in visita.get(HOME).text
    assert Peticion.objects.get().estado == Estado.RECIBIDA


def test_folio_of_nobody_answers_as_anothers_does(proved, pide, begin):
    made = pide()
    other = browser_of(begin(Curp("PEGJ900101HDFRRN09"), "pepe@example.org").confirm())
    hers, none = page_of(made, other), other.get(f"{HOME}peticiones/ARCO-2026-00000000/")
    assert hers.status == none.status == 409
    said = [re.sub(r"referencia: \w{8}", "", page.text) for page in (hers, none)]
    assert said[0] == said[1]


def test_taking_it_back(proved, pide):
    made, visita = pide(), browser_of(proved)
    assert visita.post(f"{HOME}peticiones/{made.folio}/retirar/").status == 303
    page = page_of(made, visita)
    assert "Retirada por quien la hizo" in page.text
    assert "form-retirar" not in page.doc.forms
    assert visita.post(f"{HOME}peticiones/{made.folio}/retirar/").status == 409


def test_extension_and_answer_are_read_on_the_page(proved, pide):
    made, visita = pide(), browser_of(proved)
    now = reloj.now()
    peticiones.extend(peticion_id=made.pk, dias=1, motivo="Es feriado.", now=now, **STAFF)
    assert "Ampliamos el plazo 1 día hábil Es feriado." in page_of(made, visita).text
    peticiones.grant(peticion_id=made.pk, respuesta="Ya casi.", now=reloj.now(), **STAFF)
    page = page_of(made, visita)
    assert "Sí procede Ya casi." in page.text
    assert "Último día para hacerla efectiva" in page.text
    assert "recurso" not in page.text


def test_refusal_says_why_and_where_to_go(proved, pide, settings):
    made, visita = pide(), browser_of(proved)
    peticiones.refuse(
        peticion_id=made.pk,
        causa=Causa.OBLIGACIONES,
        respuesta="El registro es permanente.",
        now=reloj.now(),
        **STAFF,
    )
    page = page_of(made, visita)
    assert f"No procede {Causa.OBLIGACIONES.label}. El registro es permanente." in page.text
    assert "interponer un recurso de revisión" in page.text
    settings.EMISOR_REGIMEN = "privado"
    assert "solicitud de protección de derechos" in page_of(made, visita).text


def test_silence_beyond_the_term_opens_the_same_way(proved, pide):
    made = received_on(pide(), back(90))
    page = page_of(made, browser_of(proved))
    assert "Se venció el plazo" in page.text
    assert "interponer un recurso de revisión" in page.text
