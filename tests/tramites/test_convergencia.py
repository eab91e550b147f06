"""Each verb of the worker, run again or too late, changes nothing; collisions are settled."""

from datetime import date
from uuid import uuid4

import pytest

from comun import reloj
from nss.models import Numero
from tests.tramites.conftest import domicilio_en
from tramites.enums import Estado, Razon
from tramites.errors import DomicilioIncomplete, MoveNotAllowed
from tramites.models import Movimiento, Solicitud, VinculoCorreo
from tramites.services import (
    asignacion,
    cierre,
    correos,
    demo,
    documentos,
    domicilio,
    identificacion,
    vigilancia,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def concluded(ana, begin, taxco, numbered):
    tramite = begin(ana.curp)
    tramite.confirm()
    tramite.conclude(taxco)
    return tramite


def test_every_step_again_changes_nothing(concluded):
    moves = Movimiento.objects.count()
    now = reloj.now()
    identificacion.identify(solicitud_id=concluded.id)
    identificacion.wait_for_source(solicitud_id=concluded.id)
    identificacion.settle_identidad(solicitud_id=concluded.id, identidad=None)
    asignacion.assign(solicitud_id=concluded.id)
    documentos.document(solicitud_id=concluded.id)
    for correo in concluded.solicitud.correos.all():
        correos.send(correo_id=correo.pk)
        correos.settle(correo_id=correo.pk, estado=correo.Estado.RECHAZADO)
    domicilio.conclude(solicitud_id=concluded.id, now=now)
    cierre.fall(solicitud_id=concluded.id, now=now)
    assert vigilancia.watch(now) == 0
    assert Movimiento.objects.count() == moves
    assert not concluded.solicitud.correos.exclude(estado="enviado").exists()


def test_address_after_the_end_is_refused(concluded, taxco):
    now = reloj.now()
    with pytest.raises(MoveNotAllowed):
        domicilio.save_domicilio(solicitud_id=concluded.id, domicilio=domicilio_en(taxco), now=now)


def test_steps_out_of_order_are_refused(ana, begin):
    tramite, now = begin(ana.curp), reloj.now()
    with pytest.raises(MoveNotAllowed):
        domicilio.conclude(solicitud_id=tramite.id, now=now)
    tramite.confirm()
    with pytest.raises(DomicilioIncomplete):
        domicilio.save_unidad(solicitud_id=tramite.id, unidad_id=1, now=now)


def test_documents_made_while_another_worker_was_first_are_left(concluded, monkeypatch):
    """Two workers lay the sheets out; the second finds the row moved and records nothing."""
    row = concluded.solicitud
    stale = Solicitud.objects.get(pk=row.pk)
    stale.estado = Estado.ASIGNADA
    monkeypatch.setattr(Solicitud.objects, "get", lambda **_: stale)
    documentos.document(solicitud_id=row.pk)
    assert row.correos.filter(clase="documentos").count() == 1


def test_second_number_found_at_the_counter_stops_with_its_reason(ana, begin, taxco, numbered):
    tramite = begin(ana.curp)
    tramite.confirm()
    numero = numbered(ana)
    Numero.objects.filter(pk=numero.pk).update(estado=Numero.Estado.POR_ACLARAR)
    Numero.objects.create(
        nss="12345678903", asegurado=numero.asegurado, fecha_alta=date(2020, 1, 1)
    )
    row = tramite.conclude(taxco)
    assert (row.estado, row.razon) == (Estado.INCONCLUSA, Razon.VARIOS_NSS)


def test_colonia_retired_meanwhile_still_gets_a_number(ana, begin, taxco, numbered):
    tramite, now = begin(ana.curp), reloj.now()
    tramite.confirm()
    domicilio.save_domicilio(solicitud_id=tramite.id, domicilio=domicilio_en(taxco), now=now)
    taxco.delete()
    domicilio.conclude(solicitud_id=tramite.id, now=now)
    tramite.attend_all()
    assert tramite.solicitud.numero is not None


def test_two_confirmed_at_once_by_one_mailbox_become_one(ana, begin, age):
    """Both links were posted before the worker looked: the second joins by being cancelled."""
    first, second = begin(ana.curp, "a@example.org"), begin(ana.curp, "b@example.org")
    first.confirm()
    row = second.solicitud
    Solicitud.objects.filter(pk=row.pk).update(correo_idx=first.solicitud.correo_idx)
    row.refresh_from_db()
    row.advance(Estado.CONFIRMADA, now=reloj.now(), confirmada_en=reloj.now())
    identificacion.identify(solicitud_id=row.pk)
    assert second.solicitud.estado == Estado.CANCELADA
    assert first.solicitud.estado == Estado.REQUIERE_DOMICILIO


def test_other_colonia_forgets_the_clinic_of_the_old_one(ana, begin, taxco):
    from dataclasses import replace

    tramite, now = begin(ana.curp), reloj.now()
    tramite.confirm()
    here = domicilio_en(taxco)
    domicilio.save_domicilio(solicitud_id=tramite.id, domicilio=here, now=now)
    domicilio.save_unidad(solicitud_id=tramite.id, unidad_id=7, now=now)
    domicilio.save_domicilio(
        solicitud_id=tramite.id, domicilio=replace(here, calle="Otra"), now=now
    )
    assert tramite.solicitud.unidad_id == 7
    elsewhere = replace(here, asentamiento_id=here.asentamiento_id + 1)
    domicilio.save_domicilio(solicitud_id=tramite.id, domicilio=elsewhere, now=now)
    assert tramite.solicitud.unidad_id is None


def test_verbs_on_nobody(db):
    from tramites.errors import SolicitudUnknown

    with pytest.raises(SolicitudUnknown):
        cierre.fall(solicitud_id=uuid4(), now=reloj.now())


def test_demo_mailboxes_are_bound_once(db):
    demo.bind_demo_people(reloj.now())
    demo.bind_demo_people(reloj.now())
    assert VinculoCorreo.objects.count() == 1
