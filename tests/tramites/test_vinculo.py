"""The mailbox that speaks for a CURP: bound, held 72 hours, reminded, moved, and shut out."""

import re
from dataclasses import replace

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from comun import reloj
from comun.models import Pendiente
from nss.values import Curp
from tests.tramites.escena import MINE, proved
from tramites import rules
from tramites.enums import ENVIAR, Estado
from tramites.models import Correo, Solicitud, VinculoCorreo
from tramites.services import asignacion, cierre, correos, objecion, vigilancia, vinculos

pytestmark = pytest.mark.django_db
OLD, NEW = "ana@example.org", "nuevo@example.org"


def letters(to, words):
    return [m for m in mail.outbox if m.to == [to] and words in m.subject]


def bonds():
    return {b.correo["correo"]: b.estado for b in VinculoCorreo.objects.all()}


@pytest.fixture
def held(ana, begin):
    """Ana's mailbox is bound, and another one waits."""
    begin(ana.curp, OLD).confirm()
    tramite = begin(ana.curp, NEW)
    tramite.confirm()
    return tramite


def test_first_proved_mailbox_is_bound(ana, begin):
    begin(ana.curp, OLD).confirm()
    bond = VinculoCorreo.objects.get()
    assert (bond.estado, bond.correo) == ("activo", {"correo": OLD})


def test_another_mailbox_is_held_shows_nothing_and_the_bound_one_is_told(ana, begin, numbered):
    numbered(ana)
    begin(ana.curp, OLD).confirm()
    mail.outbox.clear()
    stranger = begin(ana.curp, "otro@example.org").confirm()
    assert stranger.estado == Estado.RETENIDA
    assert stranger.numero is None
    assert stranger.identidad is None
    (notice,) = letters(OLD, "otro correo")
    assert stranger.folio in notice.body
    assert re.search(r"/c/no-fui-yo/[\w-]{43}", notice.body)
    assert "otro@example.org" not in notice.body


def test_held_one_goes_on_after_72_hours_and_the_bond_moves(ana, begin, age, settings):
    owner = begin(ana.curp, OLD)
    owner.confirm()
    other = begin(ana.curp, NEW)
    row = other.confirm()
    age(row, hours=settings.RETENCION_HORAS, minutes=-1)
    assert vigilancia.watch(reloj.now()) == 0
    age(row, minutes=2)
    assert vigilancia.watch(reloj.now()) == 1
    other.attend_all()
    assert other.solicitud.estado == Estado.REQUIERE_DOMICILIO
    assert owner.solicitud.estado == Estado.CANCELADA, "the bound mailbox wins"
    assert bonds() == {OLD: "retirado", NEW: "activo"}


def test_both_mailboxes_are_told_that_the_bond_moved(held, age):
    mail.outbox.clear()
    age(held.solicitud, hours=73)
    vigilancia.watch(reloj.now())
    held.attend_all()
    assert len(letters(OLD, "tiene ahora otro correo")) == 1
    assert len(letters(NEW, "te espera")) == 1
    assert not [m for m in mail.outbox if NEW in m.body and m.to == [OLD]]


def test_bound_mailbox_is_reminded_once_after_a_day(held, age):
    mail.outbox.clear()
    for hours, letters_so_far in ((23, 0), (2, 1), (20, 1)):
        age(held.solicitud, hours=hours)
        vigilancia.watch(reloj.now())
        held.attend_all()
        assert len(letters(OLD, "recordatorio")) == letters_so_far
    assert re.search(r"/c/no-fui-yo/[\w-]{43}", mail.outbox[-1].body)


def test_frozen_one_waits_for_staff_and_nobody_is_reminded(held, age):
    Solicitud.objects.filter(pk=held.id).update(congelada_en=reloj.now())
    age(held.solicitud, hours=73)
    mail.outbox.clear()
    assert vigilancia.watch(reloj.now()) == 0
    held.attend_all()
    assert mail.outbox == []


def test_a_hold_whose_owner_was_never_told_begins_anew(ana, begin, age, settings, attend_all):
    """Our mail server was away for three days: nobody loses their mailbox unheard."""
    begin(ana.curp, OLD).confirm()
    held = begin(ana.curp, NEW)
    send, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.tramites.caido.Caido"
    held.confirm()
    assert not vinculos.began_anew(held.solicitud)
    notices = Correo.objects.filter(solicitud_id=held.id, clase="retencion")
    correos.abandon(correo_id=notices.get().pk)
    age(held.solicitud, hours=73)
    vigilancia.watch(reloj.now())
    assert held.solicitud.estado == Estado.RETENIDA
    assert bonds()[OLD] == "activo"
    assert vinculos.began_anew(held.solicitud)
    settings.EMAIL_BACKEND = send
    Pendiente.objects.waiting().update(proximo=reloj.now())
    attend_all()
    notice = letters(OLD, "otro correo")[-1]
    assert notices.filter(estado="enviado").count() == 1
    token = re.search(r"/c/no-fui-yo/([\w-]{43})", notice.body)[1]
    assert objecion.notice_state(rules.token_hash(token)) == "vigente"
    age(held.solicitud, hours=73)
    vigilancia.watch(reloj.now())
    assert bonds()[NEW] == "activo"


def test_a_hold_that_began_anew_during_the_round_is_left_for_its_72_hours(ana, begin, age):
    """Two rounds overlap: what one of them held again, the other does not release."""
    begin(ana.curp, OLD).confirm()
    waiting = [begin(ana.curp, f"nuevo{n}@example.org") for n in range(2)]
    for one in waiting:
        age(one.confirm(), hours=73)
    seen = []

    def hold_the_others_anew(row, now):
        seen.append(row.pk)
        Solicitud.objects.filter(estado=Estado.RETENIDA).exclude(pk=row.pk).update(movida_en=now)

    now = reloj.now()
    resting = vigilancia._resting(Estado.RETENIDA, now - vinculos.retention())
    vigilancia._move_each(resting, hold_the_others_anew, now)
    assert len(seen) == 1


def test_hold_that_is_frozen_at_the_last_moment_is_not_released(held):
    """The sweeper chose the row, and then the owner pressed «No fui yo»."""
    row = held.solicitud
    row.congelada_en = reloj.now()
    vinculos.release(row, now=reloj.now())
    assert held.solicitud.estado == Estado.RETENIDA
    assert bonds() == {OLD: "activo", NEW: "en_espera"}


def test_reason_that_tells_of_the_registry_closes_with_the_bond(ana, attend_all, numbered):
    numbered(replace(ana, curp=Curp("CUGA050101HNERRNA4")))
    phone = proved(ana, attend_all, OLD)
    attend_all()
    assert phone.get(MINE).mark("razon") == "homonimia"
    VinculoCorreo.objects.update(estado=VinculoCorreo.Estado.RETIRADO)
    assert phone.get(MINE).status == phone.get(f"{MINE}comprobante-inconcluso/").status == 403


def test_one_fallen_while_it_was_assigned_gets_no_number_after(ana, begin, taxco):
    owner = begin(ana.curp, OLD)
    owner.confirm()
    owner.attend_all = lambda: None
    row = owner.conclude(taxco)
    cierre.fall(solicitud_id=row.pk, now=reloj.now())
    VinculoCorreo.objects.update(estado=VinculoCorreo.Estado.RETIRADO)
    cierre.retry(solicitud_id=row.pk, now=reloj.now())
    asignacion.assign(solicitud_id=row.pk)
    assert (owner.solicitud.estado, owner.solicitud.numero) == (Estado.CANCELADA, None)


def test_second_pretender_waits_again_for_the_mailbox_that_moved_in(held, ana, begin, age):
    """The hold warned Ana's mailbox; the one that took its place was never warned."""
    third = begin(ana.curp, "tercero@example.org")
    third.confirm()
    for tramite in (held, third):
        age(tramite.solicitud, hours=73)
        vigilancia.watch(reloj.now())
        mail.outbox.clear()
        tramite.attend_all()
    assert bonds() == {OLD: "retirado", NEW: "activo", "tercero@example.org": "en_espera"}
    assert third.solicitud.estado == Estado.RETENIDA
    assert len(letters(NEW, "otro correo")) == 1


def test_live_ones_sessions_and_documents_of_the_old_mailbox_die(
    ana, attend_all, begin, numbered, age
):
    numbered(ana)
    phone = proved(ana, attend_all, OLD)
    attend_all()
    document = f"{MINE}documentos/constancia/"
    assert "Tu Número de Seguridad Social" in phone.get(MINE).text
    assert phone.get(document).status == 200
    other = begin(ana.curp, NEW)
    age(other.confirm(), hours=73)
    assert phone.get(document).status == 200, "held: the bound one goes on as before"
    vigilancia.watch(reloj.now())
    page = phone.get(MINE)
    assert (page.status, "tiene ahora otro correo" in page.text) == (403, True)
    assert ana.primer_apellido not in page.html
    assert ana.nombres not in page.text  # three letters, that a token in the page may have
    assert phone.get(document).status == phone.get(f"{document}descargar/").status == 404
    assert phone.get(MINE, htmx=True).response["HX-Refresh"] == "true"
    other.attend_all()
    assert other.solicitud.estado == Estado.CONCLUIDA


def test_unsent_documents_never_reach_the_old_mailbox(ana, begin, numbered, age):
    numbered(ana)
    owner = begin(ana.curp, OLD)
    row = owner.confirm()
    age(begin(ana.curp, NEW).confirm(), hours=73)
    Correo.objects.filter(solicitud=row, clase="documentos").update(estado="pendiente")
    Pendiente.objects.filter(tipo=ENVIAR).update(estado="pendiente")
    mail.outbox.clear()
    vigilancia.watch(reloj.now())
    owner.attend_all()
    assert [m for m in mail.outbox if m.to == [OLD] and m.attachments] == []


def test_one_fallen_before_the_bond_moved_makes_no_documents_after(ana, begin, numbered, age):
    numbered(ana)
    owner = begin(ana.curp, OLD)
    owner.id = owner.solicitud.pk
    Pendiente.objects.filter(tipo="tramites.documentar").delete()
    row = owner.confirm()
    fallen = Solicitud.objects.get(pk=row.pk)
    assert fallen.estado == Estado.CONCLUIDA
    again = begin(ana.curp, OLD)
    stuck = again.solicitud
    now = reloj.now()
    stuck.advance(Estado.CONFIRMADA, now=now, confirmada_en=now)
    stuck.advance(
        Estado.LOCALIZADA,
        now=now,
        asegurado=row.asegurado,
        verbo="localizacion",
        datos={**stuck.datos, "identidad": ana.as_json()},
    )
    cierre.fall(solicitud_id=stuck.pk, now=now)
    age(begin(ana.curp, NEW).confirm(), hours=73)
    vigilancia.watch(reloj.now())
    mail.outbox.clear()
    cierre.retry(solicitud_id=stuck.pk, now=reloj.now())
    again.attend_all()
    assert again.solicitud.estado == Estado.CANCELADA
    assert [m for m in mail.outbox if m.to == [OLD] and m.attachments] == []


def test_one_that_waited_for_the_source_calls_its_person_back(ana, begin, age, settings):
    here = settings.FUENTE_IDENTIDAD
    settings.FUENTE_IDENTIDAD = "tests.tramites.test_identificacion.Away"
    tramite = begin(ana.curp)
    age(tramite.confirm(), minutes=30)
    settings.FUENTE_IDENTIDAD = here
    vigilancia.watch(reloj.now())
    tramite.attend_all()
    assert tramite.solicitud.estado == Estado.REQUIERE_DOMICILIO
    assert len(letters(OLD, "te espera")) == 1


def test_one_whose_person_still_watches_sends_no_such_mail(ana, begin):
    begin(ana.curp).confirm()
    assert letters(OLD, "te espera") == []


def test_stranger_first_unproved_does_not_shut_the_owner_out(ana, begin):
    begin(ana.curp, "otro@example.org")
    assert begin(ana.curp, OLD).confirm().estado == Estado.REQUIERE_DOMICILIO


@pytest.mark.parametrize("estado", ["en_espera", "congelado"])
def test_a_pair_waits_once(held, estado):
    bond = VinculoCorreo.objects.get(estado="en_espera")
    twin = {"curp_idx": bond.curp_idx, "correo_idx": bond.correo_idx, "desde": bond.desde}
    with pytest.raises(IntegrityError, match="one_waiting"), transaction.atomic():
        VinculoCorreo.objects.create(**twin, correo={"correo": NEW}, estado=estado)
