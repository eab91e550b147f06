"""The mailbox is proved by a link or by six digits; every wrong way gets its own answer."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from comun import reloj
from comun.models import Pendiente
from nss.values import Curp
from tramites import rules
from tramites.enums import Estado
from tramites.errors import (
    CodeInvalid,
    CodeWrong,
    LinkInvalid,
    MoveNotAllowed,
    SolicitudUnknown,
    TooSoon,
    UltimosWrong,
)
from tramites.models import Confirmacion, Correo, Solicitud
from tramites.services import captura, confirmacion
from tramites.services.confirmacion import EstadoEnlace

CURP = Curp("LORA070514MGRPVNA4")
CORREO = "Ana@Example.org"
pytestmark = pytest.mark.django_db


@pytest.fixture
def tramite(begin):
    return begin(CURP, CORREO)


def by_link(tramite, ultimos4="PVNA4"[-4:], **kwargs):
    return confirmacion.confirm_by_link(
        token_hash=rules.token_hash(tramite.token), ultimos4=ultimos4, now=reloj.now(), **kwargs
    )


def by_code(tramite, codigo):
    return confirmacion.confirm_by_code(solicitud_id=tramite.id, codigo=codigo, now=reloj.now())


def test_capture_writes_one_neutral_mail(tramite):
    (letter,) = mail.outbox
    assert letter.subject == (
        "[DEMO] Servicio Digital: Solicitud de Asignación o Localización de NSS"
    )
    assert letter.to == [CORREO]
    assert "Estimado(a) Asegurado(a):" in letter.body
    assert tramite.solicitud.folio in letter.body
    for part in (letter.subject, letter.body, letter.alternatives[0][0]):
        assert CURP not in part
    assert letter.extra_headers["Message-ID"] == tramite.solicitud.correos.get().message_id


def test_nothing_of_the_person_is_in_clear_in_the_database(tramite):
    with connection.cursor() as cursor:
        for table in ("tramites_solicitud", "tramites_correo", "tramites_confirmacion"):
            cursor.execute(f"SELECT {table}::text FROM {table}")
            rows = " ".join(row[0] for row in cursor.fetchall())
            for secret in (CURP, CORREO, CORREO.lower(), tramite.token):
                assert secret not in rows
            assert not re.search(rf"(?<!\w){tramite.codigo}(?!\w)", rows)  # a digest has digits too
            for secret in (CURP, CORREO, CORREO.lower(), tramite.token, tramite.codigo):
                assert secret.encode().hex() not in rows


def test_second_submit_is_the_same_one_and_sends_nothing(tramite):
    again = captura.open_solicitud(curp=CURP, correo=" ana@example.ORG ", now=reloj.now())
    assert again.pk == tramite.id
    assert Correo.objects.count() == 1


def test_submit_a_minute_later_mails_a_link_that_replaces_the_old_one(tramite, age):
    old = tramite.token
    age(tramite.solicitud, seconds=61)
    captura.open_solicitud(curp=CURP, correo=CORREO, now=reloj.now())
    tramite.attend_all()
    assert tramite.token != old
    now = reloj.now()
    assert confirmacion.link_state(rules.token_hash(old), now) == EstadoEnlace.SUSTITUIDO
    assert confirmacion.link_state(rules.token_hash(tramite.token), now) == EstadoEnlace.VIGENTE


def test_link_confirms_and_asks_for_identification(tramite):
    row = by_link(tramite)
    assert (row.estado, row.pk) == (Estado.CONFIRMADA, tramite.id)
    assert [str(m) for m in row.movimientos.all()] == ["por_confirmar → confirmada"]
    assert Pendiente.objects.waiting().get().tipo == "tramites.identificar"


def test_link_in_its_own_browser_asks_no_curp(tramite):
    assert by_link(tramite, ultimos4=None).estado == Estado.CONFIRMADA


@pytest.mark.parametrize("typed", ["xxxx", "", "PVNA4", "vna5"])
def test_wrong_last_four_are_counted_and_refused(tramite, typed):
    with pytest.raises(UltimosWrong) as caught:
        by_link(tramite, typed)
    assert caught.value.restantes == 5
    assert tramite.solicitud.estado == Estado.POR_CONFIRMAR


def test_last_four_may_be_typed_small(tramite):
    assert by_link(tramite, " vna4 ").estado == Estado.CONFIRMADA


def test_link_dies_after_six_wrong_tries(tramite):
    for _ in range(6):
        with pytest.raises(UltimosWrong):
            by_link(tramite, "XXXX")
    with pytest.raises(LinkInvalid) as caught:
        by_link(tramite)
    assert caught.value.reason == "agotado"


def test_link_is_used_once(tramite):
    by_link(tramite)
    with pytest.raises(LinkInvalid) as caught:
        by_link(tramite)
    assert caught.value.reason == "usado"


def test_link_expires(tramite, age, settings):
    age(tramite.solicitud, hours=settings.ENLACE_HORAS)
    with pytest.raises(LinkInvalid) as caught:
        by_link(tramite)
    assert caught.value.reason == "vencido"


def test_unknown_link(db):
    with pytest.raises(LinkInvalid) as caught:
        confirmacion.confirm_by_link(token_hash=b"x" * 32, ultimos4=None, now=reloj.now())
    assert caught.value.reason == "desconocido"


def test_looking_at_a_link_changes_nothing(tramite):
    before = Confirmacion.objects.values().get()
    confirmacion.link_state(rules.token_hash(tramite.token), reloj.now())
    assert Confirmacion.objects.values().get() == before


def test_code_confirms_even_with_a_blank_inside(tramite):
    codigo = tramite.codigo
    assert by_code(tramite, f" {codigo[:3]} {codigo[3:]} ").estado == Estado.CONFIRMADA


def test_link_still_opens_after_the_code_was_used(tramite):
    by_code(tramite, tramite.codigo)
    assert by_link(tramite).pk == tramite.id


def test_code_still_opens_after_the_link_was_used(tramite):
    by_link(tramite)
    assert by_code(tramite, tramite.codigo).pk == tramite.id


def test_six_wrong_codes_and_the_right_one_is_refused(tramite):
    wrong = f"{(int(tramite.codigo) + 1) % 10**6:06}"
    for left in (5, 4, 3, 2, 1, 0):
        with pytest.raises(CodeWrong) as caught:
            by_code(tramite, wrong)
        assert caught.value.restantes == left
    with pytest.raises(CodeInvalid) as refused:
        by_code(tramite, tramite.codigo)
    assert refused.value.reason == "agotado"


def test_code_is_used_once(tramite):
    by_code(tramite, tramite.codigo)
    with pytest.raises(CodeInvalid):
        by_code(tramite, tramite.codigo)


def test_code_of_nobody():
    from uuid import uuid4

    with pytest.raises(SolicitudUnknown):
        confirmacion.confirm_by_code(solicitud_id=uuid4(), codigo="000000", now=reloj.now())


def test_resend_waits_for_its_timer(tramite, age):
    with pytest.raises(TooSoon) as caught:
        confirmacion.resend(solicitud_id=tramite.id, now=reloj.now())
    assert 0 < caught.value.segundos <= 60
    age(tramite.solicitud, seconds=61)
    confirmacion.resend(solicitud_id=tramite.id, now=reloj.now())
    assert tramite.solicitud.correos.count() == 2


def test_resend_after_the_proof_is_refused(tramite, age):
    by_code(tramite, tramite.codigo)
    age(tramite.solicitud, seconds=61)
    with pytest.raises(MoveNotAllowed):
        confirmacion.resend(solicitud_id=tramite.id, now=reloj.now())


def test_changed_mailbox_starts_anew_and_takes_nothing_from_who_waits_for_the_old_one(tramite, age):
    """Anybody may type a CURP and a mailbox and then change it: the owner's link is not theirs to end."""
    old = tramite.token
    age(tramite.solicitud, seconds=61)
    row = confirmacion.change_correo(
        solicitud_id=tramite.id, correo="otra@example.org", now=reloj.now()
    )
    assert row.pk != tramite.id
    assert tramite.solicitud.estado == Estado.POR_CONFIRMAR
    assert confirmacion.link_state(rules.token_hash(old), reloj.now()) == EstadoEnlace.VIGENTE
    tramite.attend_all()
    assert mail.outbox[-1].to == ["otra@example.org"]


def test_changing_to_the_same_mailbox_is_a_resend(tramite, age):
    age(tramite.solicitud, seconds=61)
    row = confirmacion.change_correo(solicitud_id=tramite.id, correo=CORREO, now=reloj.now())
    assert row.pk == tramite.id


def test_new_link_from_an_expired_page_keeps_the_folio(tramite, age, settings):
    from tramites.services import vigilancia

    old = rules.token_hash(tramite.token)
    age(tramite.solicitud, hours=settings.ENLACE_HORAS + 1)
    assert vigilancia.watch(reloj.now()) == 1
    assert tramite.solicitud.estado == Estado.VENCIDA
    row = confirmacion.renew(token_hash=old, now=reloj.now())
    assert (row.folio, row.estado) == (tramite.solicitud.folio, Estado.POR_CONFIRMAR)
    tramite.attend_all()
    assert by_link(tramite).estado == Estado.CONFIRMADA


def test_expired_one_is_resumed_by_a_new_capture(tramite, age, settings):
    from tramites.services import vigilancia

    age(tramite.solicitud, hours=settings.ENLACE_HORAS + 1)
    vigilancia.watch(reloj.now())
    row = captura.open_solicitud(curp=CURP, correo=CORREO, now=reloj.now())
    assert (row.pk, row.estado) == (tramite.id, Estado.POR_CONFIRMAR)


@pytest.mark.django_db(transaction=True)
def test_twenty_submits_at_once_are_one_solicitud():
    start = Barrier(20)

    def submit(_: int) -> None:
        try:
            start.wait(timeout=10)
            captura.open_solicitud(curp=CURP, correo=CORREO, now=reloj.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(submit, range(20)))
    assert Solicitud.objects.count() == Correo.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_twenty_posts_of_one_link_one_wins(begin):
    tramite = begin(CURP, CORREO)
    start, digest = Barrier(20), rules.token_hash(tramite.token)

    def post(_: int) -> str:
        try:
            start.wait(timeout=10)
            confirmacion.confirm_by_link(token_hash=digest, ultimos4="VNA4", now=reloj.now())
        except LinkInvalid as refused:
            return str(refused.reason)
        finally:
            connection.close()
        return "gana"

    with ThreadPoolExecutor(20) as pool:
        ends = list(pool.map(post, range(20)))
    assert sorted(ends) == ["gana"] + ["usado"] * 19
    assert tramite.solicitud.movimientos.count() == 1


def test_confirmation_ends_after_it_begins(tramite):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmacion.objects.update(vence=reloj.now() - timedelta(days=400))
