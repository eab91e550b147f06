"""How many wrong answers about the certificate one mailbox has, and one hand with many mailboxes."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F

from comun.models import Pendiente
from tests.tramites import test_acta as base
from tests.tramites.escena import MINE, in_padron
from tests.tramites.test_acta import (
    ASK,
    MINE_IS,
    OTHER,
    RIGHT,
    STOPPED,
    WITH_ACTA,
    WRONG,
    only,
    outcome,
    spend,
)
from tramites.enums import AVISAR_INTENTOS, ClaseCorreo, Estado
from tramites.models import Correo, IntentoActa, Solicitud

pytestmark = pytest.mark.django_db
mode, prove = base.mode, base.prove


def test_three_wrong_answers_hold_that_mailbox_for_a_day(prove, attend_all):
    in_padron(WITH_ACTA)
    browser = prove(WRONG)
    spend(browser, attend_all, 2)
    page = browser.get(MINE)
    assert "podrás intentarlo después del" in page.text
    assert "form-acta" not in page.doc.forms
    assert "podrás intentarlo" in browser.post(ASK, RIGHT).text
    assert outcome() == STOPPED
    IntentoActa.objects.update(fecha=F("fecha") - timedelta(hours=23, minutes=59))
    assert "podrás intentarlo" in browser.get(MINE).text
    IntentoActa.objects.update(fecha=F("fecha") - timedelta(minutes=2))
    browser.post(ASK, RIGHT)
    attend_all()
    assert outcome() == (Estado.REQUIERE_DOMICILIO, "")


def test_a_new_capture_does_not_escape_the_hold(prove, attend_all, age):
    in_padron(WITH_ACTA)
    spend(prove(WRONG), attend_all, 2)
    age(only(), minutes=5)
    prove(RIGHT)
    assert {(row.estado, row.razon) for row in Solicitud.objects.exclude(estado="cancelada")} == {
        STOPPED
    }
    assert IntentoActa.objects.count() == 3, "what comes while held is not judged"


def test_mailboxes_of_one_domain_share_six_answers_and_nobody_elses(prove, attend_all):
    """A farm: a fresh mailbox of the attacker's own domain for each try."""
    in_padron(WITH_ACTA)
    for n in range(8):
        prove(WRONG, correo=f"x{n}@a{n}.granja.com.mx")
    assert IntentoActa.objects.count() == 6, "the seventh and the eighth are not judged"
    prove(RIGHT, correo="x9@granja.com.mx")
    assert outcome("x9@granja.com.mx") == STOPPED
    prove(RIGHT, correo="ana.lopez@gmail.com")
    assert outcome("ana.lopez@gmail.com") == (Estado.REQUIERE_DOMICILIO, "")


def test_aliases_of_one_public_mailbox_are_one_hand(prove):
    in_padron(WITH_ACTA)
    for n in range(7):
        prove(WRONG, correo=f"mala.gente+{n}@gmail.com")
    assert IntentoActa.objects.count() == 6
    prove(RIGHT, correo="otra.gente@gmail.com")
    assert outcome("otra.gente@gmail.com") == (Estado.REQUIERE_DOMICILIO, "")


@pytest.mark.parametrize("domain", ["cetis26.edu.mx", "quimica.comunidad.unam.mx", "proton.me"])
def test_one_of_a_school_holds_no_schoolmate(prove, domain):
    in_padron(WITH_ACTA)
    for n in range(7):
        prove(WRONG, correo=f"mala.gente+{n}@{domain}")
    assert IntentoActa.objects.count() == 6, "its own aliases are one hand"
    prove(RIGHT, correo=f"ana.lopez@{domain}")
    assert outcome(f"ana.lopez@{domain}") == (Estado.REQUIERE_DOMICILIO, "")


def test_hold_of_one_mailbox_stops_no_other(prove, attend_all):
    in_padron(WITH_ACTA)
    spend(prove(WRONG, correo=OTHER), attend_all, 2)
    prove(RIGHT)
    assert outcome() == (Estado.REQUIERE_DOMICILIO, "")


@pytest.mark.parametrize("bound", [True, False])
def test_who_is_told_is_looked_up_apart(prove, attend_all, bound):
    """The third wrong answer leaves the same step whether or not somebody is there to be told."""
    in_padron(WITH_ACTA)
    if bound:
        prove(RIGHT)
    browser = prove(WRONG, correo=OTHER)
    spend(browser, attend_all, 1)
    mail.outbox.clear()
    assert not Pendiente.objects.filter(tipo=AVISAR_INTENTOS).exists()
    spend(browser, attend_all, 1)
    step = Pendiente.objects.get(tipo=AVISAR_INTENTOS)
    assert (step.objeto, step.estado) == (only(OTHER).pk, Pendiente.Estado.HECHO)
    assert [one.to for one in mail.outbox] == ([[MINE_IS]] if bound else [])


def test_bound_mailbox_is_told_anew_the_next_day(prove, attend_all):
    in_padron(WITH_ACTA)
    prove(RIGHT)
    for _ in range(2):
        mail.outbox.clear()
        spend(prove(WRONG, correo=OTHER), attend_all, 2)
        assert [one.to for one in mail.outbox if "intentó usar" in one.subject] == [[MINE_IS]]
        spend(prove(WRONG, correo="otro@otra.example.org"), attend_all, 2)
        assert sum("intentó usar" in one.subject for one in mail.outbox) == 1
        day = timedelta(hours=25)
        IntentoActa.objects.update(fecha=F("fecha") - day)
        Solicitud.objects.update(creada_en=F("creada_en") - day)
        Correo.objects.filter(clase=ClaseCorreo.INTENTOS).update(creado_en=F("creado_en") - day)
