"""The limits of a mailbox: what stops, what never does, and what nobody can do to somebody else."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache

from comun import reloj
from tests.nss.personas import identidad
from tests.nss.test_concurrencia import at_once
from tests.tramites.escena import WAIT, in_padron
from tests.tramites.topes import MINE, code_of, curp, give_code, later, links
from tests.tramites.visita import Visita
from tramites.errors import FamiliaLlena
from tramites.models import Correo, Solicitud
from tramites.services import captura, confirmacion, correos
from tramites.services.confirmacion import EstadoEnlace
from tramites.topes import Tope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_wait_between_mails(settings):
    settings.REENVIO_SEGUNDOS = 0


def test_five_a_day_to_one_pair_and_then_again_tomorrow(ask):
    came = []
    for _ in range(7):
        came.append(ask(1))
        later(hours=2)
    assert came == [True] * 5 + [False] * 2
    later(hours=10)
    assert ask(1)


def test_five_an_hour_to_one_mailbox(ask):
    assert [ask(n) for n in range(7)] == [True] * 5 + [False] * 2
    later(minutes=61)
    assert ask(8)


def test_ten_a_day_to_one_mailbox(ask):
    came = []
    for n in range(12):
        came.append(ask(n))
        later(minutes=15)
    assert came == [True] * 10 + [False] * 2
    later(hours=22)
    assert ask(20)


def test_three_people_a_month_by_one_mailbox(ask, prove):
    for n in range(3):
        prove(n)
    later(hours=2)
    assert not ask(3)
    assert [ask(n) for n in range(3)] == [True] * 3, "those three go on"
    later(days=27)
    assert not ask(3)
    later(days=3)
    assert ask(3)


def test_links_asked_for_before_the_first_was_used_prove_three_too(ask):
    assert all(ask(n) for n in range(5))
    ends = []
    for n in range(5):
        try:
            give_code(n)
            ends.append(n)
        except FamiliaLlena:
            continue
    assert ends == [0, 1, 2]
    assert Solicitud.objects.filter(estado="por_confirmar").count() == 2


@pytest.mark.django_db(transaction=True)
def test_five_people_proved_at_once_by_one_mailbox_are_three(ask):
    assert all(ask(n) for n in range(5))
    codes = [(row.pk, code_of(row)) for row in Solicitud.objects.all()]

    def give(job):
        pk, codigo = job
        try:
            confirmacion.confirm_by_code(solicitud_id=pk, codigo=codigo, now=reloj.now())
        except FamiliaLlena:
            return "llena"
        return "entra"

    assert sorted(at_once(codes, give, clients=5)) == ["entra"] * 3 + ["llena"] * 2


def test_full_family_is_a_page_that_says_what_to_do(ask, prove):
    for n in range(1, 4):
        prove(n)
    Solicitud.objects.all().update(confirmada_en=reloj.now() - timedelta(days=31))
    browser = Visita()
    browser.capture(curp=curp(9), correo=MINE)
    row = Solicitud.objects.get(estado="por_confirmar")
    correos.send(correo_id=row.correos.get().pk)
    Solicitud.objects.exclude(pk=row.pk).update(confirmada_en=reloj.now())
    page = browser.post(WAIT, {"codigo": code_of(row)})
    assert page.status == 409
    assert "ya se hicieron trámites de varias CURP" in page.text
    assert "Usa otro correo" in page.text


def test_the_bound_mailbox_is_never_stopped(ask, prove, attend_all):
    in_padron(identidad(1))
    prove(1)
    attend_all()
    for n in range(2, 7):
        ask(n)
    assert not ask(7), "the mailbox is full for others"
    assert [ask(1) for _ in range(12)] == [True] * 12
    assert not ask(7)


def test_nobody_can_shut_another_persons_curp(ask):
    """Fifty tries from five mailboxes of a stranger: the owner's one mail comes all the same."""
    for n in range(50):
        ask(1, f"extrano{n % 5}@example.org")
    assert ask(1, MINE)


def test_a_stranger_who_types_my_mailbox_takes_no_place_in_my_family(ask, prove):
    assert [ask(n) for n in range(20, 24)] == [True] * 4
    later(hours=2)
    prove(1)


def test_a_mail_that_does_not_go_leaves_the_last_link_in_use(ask):
    for _ in range(5):
        ask(1)
    row = Solicitud.objects.get()
    alive = row.confirmaciones.get(sustituida_en=None)
    assert not ask(1)
    now = reloj.now()
    assert confirmacion.link_state(bytes(alive.token_hash), now) == EstadoEnlace.VIGENTE
    assert row.correos.filter(estado=Correo.Estado.OMITIDO).count() == 1
    assert confirmacion.confirm_by_code(solicitud_id=row.pk, codigo=code_of(row), now=now)


def test_forgetting_the_cache_forgets_no_limit(ask):
    for _ in range(5):
        ask(1)
    cache.clear()
    assert not ask(1)


def test_the_mailbox_is_told_once_a_day_that_no_link_will_come(ask):
    for _ in range(9):
        ask(1)
    (told,) = [m for m in mail.outbox if "no saldrán más" in m.subject]
    assert told.to == [MINE]
    assert "siguen sirviendo" in told.body
    assert "/c/" not in told.body
    assert curp(1) not in told.body


def test_a_full_family_is_told_how_to_go_on(ask, prove):
    for n in range(3):
        prove(n)
    ask(3)
    assert "otro correo para esa CURP" in mail.outbox[-1].body


@pytest.mark.django_db(transaction=True)
def test_twenty_mails_to_one_mailbox_decided_at_once_are_five():
    for n in range(20):
        captura.open_solicitud(curp=curp(n), correo=MINE, now=reloj.now())
    jobs = list(Correo.objects.values_list("pk", flat=True))
    at_once(jobs, lambda pk: correos.send(correo_id=pk), clients=20)
    assert links(MINE) == Correo.objects.filter(clase="confirmacion", estado="enviado").count() == 5


def test_asked_again_while_the_mail_waits_nothing_is_counted_twice(ask):
    captura.open_solicitud(curp=curp(1), correo=MINE, now=reloj.now())
    (waiting,) = Correo.objects.all()
    for _ in range(3):
        correos.send(correo_id=waiting.pk)
    assert links(MINE) == 1


def test_a_tope_says_when_there_is_room_again():
    now = reloj.now()
    hour = Tope("hora", 2, timedelta(hours=1))
    ago = [now - timedelta(minutes=m) for m in (90, 40, 10)]
    assert hour.room_at(ago, now=now) == now + timedelta(minutes=20)
    assert hour.room_at(ago[:2], now=now) is None


# --- what the page says ---------------------------------------------------------------------


def submit_many(browser, who, times):
    for _ in range(times):
        assert browser.capture(curp=who.curp, correo=MINE).status == 303


def test_the_page_counts_for_everybody_alike(attend_all, ana, begin):
    """Six submits of a bound pair and of one that nobody knows: not a word differs."""
    tramite = begin(ana.curp, MINE)
    tramite.confirm()
    shown = []
    for who in (ana, identidad(50)):
        browser = Visita()
        submit_many(browser, who, 6)
        attend_all()
        shown.append(browser.get(WAIT).text)
    clocks = [re.findall(r"(\d\d):(\d\d)", text) for text in shown]
    first, second = ([int(h) * 60 + int(m) for h, m in told] for told in clocks)
    assert all((b - a) % (24 * 60) <= 1 for a, b in zip(first, second, strict=True)), (
        "one began later"
    )
    assert len({re.sub(r"\d\d:\d\d", "HORA", text) for text in shown}) == 1
    assert "ya pediste 6 correos" in shown[0]
    assert "solo llegará cuando este correo ya esté asociado a tu CURP" in shown[0]


def test_the_page_tells_nothing_of_what_others_asked(attend_all):
    someone = Visita()
    submit_many(someone, identidad(1), 4)
    attend_all()
    stranger = Visita()
    submit_many(stranger, identidad(1), 1)
    assert "ya pediste" not in stranger.get(WAIT).text
