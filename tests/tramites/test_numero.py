"""CONCLUIR gives one number, whatever happens meanwhile; without a series it waits."""

import pytest

from comun import reloj
from nss.models import Asegurado, Numero, PrefijoSerie, Serie
from tests.tramites.conftest import domicilio_en
from tramites.enums import Estado
from tramites.errors import DomicilioIncomplete
from tramites.services import domicilio, vigilancia

pytestmark = pytest.mark.django_db


def test_concluir_assigns_one_number(ana, begin, taxco, numbered):
    tramite = begin(ana.curp)
    tramite.confirm()
    row = tramite.conclude(taxco)
    assert row.verbo == "asignacion"
    assert row.numero is not None
    assert row.numero.nss.startswith("00")
    assert Asegurado.objects.get().entidad == "GR"


def test_concluir_twice_is_once(ana, begin, taxco, numbered):
    tramite = begin(ana.curp)
    tramite.confirm()
    numero = tramite.conclude(taxco).numero
    domicilio.conclude(solicitud_id=tramite.id, now=reloj.now())
    tramite.attend_all()
    assert tramite.solicitud.numero == numero
    assert Numero.objects.count() == 1


def test_number_given_elsewhere_meanwhile_is_located(ana, begin, taxco, numbered):
    tramite = begin(ana.curp)
    tramite.confirm()
    numero = numbered(ana)
    row = tramite.conclude(taxco)
    assert (row.numero, row.verbo) == (numero, "localizacion")


def test_same_person_again_is_located_with_the_same_number(ana, begin, taxco, numbered, age):
    tramite = begin(ana.curp)
    tramite.confirm()
    row = tramite.conclude(taxco)
    assert row.estado == Estado.CONCLUIDA
    age(row, minutes=2)
    again = begin(ana.curp).confirm()
    assert (again.numero, again.verbo) == (row.numero, "localizacion")
    assert again.folio != row.folio


def test_no_series_waits_and_goes_on_when_there_is_room(ana, begin, taxco):
    tramite = begin(ana.curp)
    tramite.confirm()
    row = tramite.conclude(taxco)
    assert row.estado == Estado.EN_ESPERA_SERIE
    assert vigilancia.watch(reloj.now()) == 0
    PrefijoSerie.objects.create(prefijo="00")
    assert vigilancia.watch(reloj.now()) == 1
    tramite.attend_all()
    assert tramite.solicitud.numero is not None
    assert Serie.objects.get().siguiente == 1


def test_concluir_without_an_address_is_refused(ana, begin):
    tramite = begin(ana.curp)
    tramite.confirm()
    with pytest.raises(DomicilioIncomplete):
        domicilio.conclude(solicitud_id=tramite.id, now=reloj.now())


def test_address_is_kept_for_any_device(ana, begin, taxco):
    tramite = begin(ana.curp)
    tramite.confirm()
    now = reloj.now()
    domicilio.save_domicilio(solicitud_id=tramite.id, domicilio=domicilio_en(taxco), now=now)
    domicilio.save_unidad(solicitud_id=tramite.id, unidad_id=None, now=now)
    assert tramite.solicitud.domicilio == domicilio_en(taxco)
    assert "S/N" in tramite.solicitud.domicilio.linea


def test_address_left_for_a_month_expires_and_is_resumed_with_its_draft(ana, begin, taxco, age):
    tramite = begin(ana.curp)
    tramite.confirm()
    domicilio.save_domicilio(
        solicitud_id=tramite.id, domicilio=domicilio_en(taxco), now=reloj.now()
    )
    age(tramite.solicitud, days=31)
    assert vigilancia.watch(reloj.now()) == 1
    assert tramite.solicitud.estado == Estado.VENCIDA
    again = begin(ana.curp)
    assert again.id == tramite.id
    row = again.confirm()
    assert (row.estado, row.domicilio) == (Estado.REQUIERE_DOMICILIO, domicilio_en(taxco))
