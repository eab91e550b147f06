"""Petitions of before hands were kept: the chain of audit says whose they were."""

from importlib import import_module

import pytest
from django.apps import apps

from comun import bitacora, reloj
from tramites.derechos.enums import Derecho
from tramites.derechos.models import Peticion
from tramites.derechos.services import peticiones

pytestmark = pytest.mark.django_db
take_from_the_chain = import_module("tramites.derechos.migrations.0005_manos").take_from_the_chain


def hands(peticion: Peticion) -> tuple[str, str]:
    peticion.refresh_from_db()
    return peticion.registrada_por, peticion.contestada_por


def on_paper(curp: str) -> Peticion:
    asked = {"curp": curp, "correo": "", "derecho": Derecho.CANCELACION, "texto": "x"}
    return peticiones.register_in_person(**asked, now=reloj.now(), actor="usuario:7")


def test_hands_of_old_petitions_come_from_the_chain(ana):
    answered, waiting = on_paper(ana.curp), on_paper(ana.curp)
    peticiones.grant(peticion_id=answered.pk, respuesta="Sí.", now=reloj.now(), actor="usuario:8")
    was = hands(answered), hands(waiting)
    assert was == (("usuario:7", "usuario:8"), ("usuario:7", ""))
    Peticion.objects.update(registrada_por="", contestada_por="")
    take_from_the_chain(apps, None)
    assert (hands(answered), hands(waiting)) == was


def test_one_the_chain_does_not_know_and_one_with_its_hand_stay_as_they_are(ana):
    made = on_paper(ana.curp)
    Peticion.objects.filter(pk=made.pk).update(registrada_por="usuario:9")
    take_from_the_chain(apps, None)
    assert hands(made) == ("usuario:9", "")
    Peticion.objects.filter(pk=made.pk).update(registrada_por="", folio="ARCO-DE-NADIE")
    bitacora.append(accion="otra", objeto="arco:ARCO-DE-NADIE", now=reloj.now(), actor="usuario:1")
    take_from_the_chain(apps, None)
    assert hands(made) == ("", "")
