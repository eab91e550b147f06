"""A Solicitud forgets who it was when its plazo is over; the number and the papers stay."""

from datetime import timedelta

import pytest
from django.db import connection

from comun import depuracion, reloj
from comun.models import Bitacora
from nss.models import Asegurado, Numero
from nss.services import locate
from tests.tramites.conftest import ANA
from tramites.enums import ClaseCorreo, Estado
from tramites.errors import SolicitudVaciada
from tramites.models import Confirmacion, Correo, Movimiento, Solicitud
from tramites.services import correos, vigilancia

pytestmark = pytest.mark.django_db


def days_later(days: float):
    return depuracion.purge(now=reloj.now() + timedelta(days=days))


@pytest.fixture
def unproved(begin, age):
    """Somebody gave a mailbox and never opened it."""
    tramite = begin(ANA.curp, "otra@example.org")
    age(tramite.solicitud, hours=25)
    vigilancia.watch(reloj.now())
    assert tramite.solicitud.estado == Estado.VENCIDA
    return tramite


def test_a_mailbox_nobody_proved_is_forgotten(unproved):
    before = unproved.solicitud
    days_later(44)
    assert unproved.solicitud.curp == ANA.curp
    days_later(46)
    row = unproved.solicitud
    assert (row.datos, row.folio, row.estado) == ({}, before.folio, Estado.VENCIDA)
    assert row.curp_idx != before.curp_idx
    assert row.correo_idx != before.correo_idx
    assert row.vaciada_en
    assert not Correo.objects.filter(solicitud=row).exists()
    assert not Confirmacion.objects.filter(solicitud=row).exists()
    assert Movimiento.objects.filter(solicitud=row).exists()


def test_a_notice_of_a_hold_that_never_left_goes_with_it(unproved):
    row, now = unproved.solicitud, reloj.now()
    for clase in (ClaseCorreo.RETENCION, ClaseCorreo.CAMBIO):
        correos.write(row, clase, now=now, contexto={"token": "x" * 43}, destinatario="a@b.mx")
    days_later(46)
    left = Correo.objects.filter(solicitud=row).values_list("clase", flat=True)
    assert list(left) == [ClaseCorreo.CAMBIO], "what may still leave is left to leave"


def test_once(unproved):
    days_later(46)
    first = unproved.solicitud.vaciada_en
    days_later(60)
    assert unproved.solicitud.vaciada_en == first
    assert Bitacora.objects.filter(accion="depuracion", objeto="tramites.Solicitud").count() == 1


def test_it_says_that_it_forgot(unproved, admin_client):
    days_later(46)
    row = unproved.solicitud
    assert row.correo_velado == "(borrado)"
    for ask in (lambda: row.curp, lambda: row.correo):
        with pytest.raises(SolicitudVaciada):
            ask()


def test_the_same_person_begins_again_with_another_folio(unproved, begin):
    days_later(46)
    again = begin(ANA.curp, "otra@example.org")
    assert again.solicitud.folio != unproved.solicitud.folio
    assert again.solicitud.estado == Estado.POR_CONFIRMAR


def test_a_year_after_the_end_the_number_and_its_papers_are_what_is_left(ana, begin, numbered):
    numero = numbered(ana)
    tramite = begin(ana.curp)
    row = tramite.confirm()
    assert row.estado == Estado.CONCLUIDA
    papers = list(numero.constancias.values_list("folio", "sha256"))
    days_later(364)
    assert tramite.solicitud.curp == ana.curp
    days_later(366)
    row = tramite.solicitud
    assert (row.datos, row.estado, row.numero) == ({}, Estado.CONCLUIDA, numero)
    assert list(numero.constancias.values_list("folio", "sha256")) == papers
    assert locate(identidad=ana).numero == numero
    assert Asegurado.objects.get().identidad == ana


def test_who_is_still_on_the_way_is_not_forgotten(ana, begin):
    tramite = begin(ana.curp)
    assert tramite.confirm().estado == Estado.REQUIERE_DOMICILIO
    days_later(4000)
    assert tramite.solicitud.identidad == ana
    assert not Numero.objects.exists()


def test_nothing_of_the_person_is_left_in_the_table(unproved):
    days_later(46)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text FROM tramites_solicitud s")
        (text,) = cursor.fetchone()
    assert Solicitud.objects.get().curp_idx.hex() in text
    from nss.models import curp_index

    assert curp_index(ANA.curp).hex() not in text
