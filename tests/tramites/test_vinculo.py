"""One mailbox speaks for a CURP: another waits 72 hours, shows nothing, and the first is told."""

import pytest
from django.core import mail

from comun import reloj
from tramites.enums import Estado
from tramites.models import Solicitud, VinculoCorreo
from tramites.services import vigilancia

pytestmark = pytest.mark.django_db


def test_first_proved_mailbox_is_bound(ana, begin):
    begin(ana.curp, "ana@example.org").confirm()
    bond = VinculoCorreo.objects.get()
    assert (bond.estado, bond.correo) == ("activo", {"correo": "ana@example.org"})


def test_another_mailbox_is_held_shows_nothing_and_the_bound_one_is_told(ana, begin, numbered):
    numbered(ana)
    begin(ana.curp, "ana@example.org").confirm()
    mail.outbox.clear()
    stranger = begin(ana.curp, "otro@example.org").confirm()
    assert stranger.estado == Estado.RETENIDA
    assert stranger.numero is None
    assert stranger.identidad is None
    notice = next(m for m in mail.outbox if m.to == ["ana@example.org"])
    assert "otro correo" in notice.subject
    assert stranger.folio in notice.body
    assert "otro@example.org" not in notice.body


def test_held_one_goes_on_after_72_hours_and_the_bond_moves(ana, begin, age, settings):
    owner = begin(ana.curp, "ana@example.org")
    owner.confirm()
    other = begin(ana.curp, "nuevo@example.org")
    row = other.confirm()
    age(row, hours=settings.RETENCION_HORAS - 1)
    assert vigilancia.watch(reloj.now()) == 0
    age(row, hours=2)
    assert vigilancia.watch(reloj.now()) == 1
    other.attend_all()
    assert other.solicitud.estado == Estado.REQUIERE_DOMICILIO
    assert owner.solicitud.estado == Estado.CANCELADA, "the bound mailbox wins"
    bonds = {b.correo["correo"]: b.estado for b in VinculoCorreo.objects.all()}
    assert bonds == {"ana@example.org": "retirado", "nuevo@example.org": "activo"}


def test_frozen_one_waits_for_staff(ana, begin, age, settings):
    begin(ana.curp, "ana@example.org").confirm()
    row = begin(ana.curp, "nuevo@example.org").confirm()
    Solicitud.objects.filter(pk=row.pk).update(congelada_en=reloj.now())
    age(row, hours=settings.RETENCION_HORAS + 1)
    assert vigilancia.watch(reloj.now()) == 0


def test_stranger_first_unproved_does_not_shut_the_owner_out(ana, begin):
    begin(ana.curp, "otro@example.org")
    assert begin(ana.curp, "ana@example.org").confirm().estado == Estado.REQUIERE_DOMICILIO
