"""Beyond its limits the bound mailbox gets links without a code, and no page tells that it does."""

from datetime import timedelta

import pytest
from django.core import mail

from comun import reloj
from tests.nss.personas import identidad
from tests.tramites.escena import LINK, WAIT
from tests.tramites.topes import MINE, later
from tests.tramites.visita import Visita
from tramites import rules
from tramites.enums import Estado
from tramites.errors import LinkInvalid, UltimosWrong
from tramites.models import Solicitud
from tramites.services import confirmacion, vigilancia
from tramites.services.confirmacion import EstadoEnlace

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_wait_between_mails(settings):
    settings.REENVIO_SEGUNDOS = 0


@pytest.fixture
def bound(begin, ana):
    """Ana, whose mailbox is bound to her CURP, an hour ago."""
    begin(ana.curp, MINE).confirm()
    later(hours=25)
    Solicitud.objects.update(confirmada_en=reloj.now() - timedelta(hours=25))
    return ana


def words_of_a_try(who, attend_all) -> str:
    """What somebody who reads no mailbox is told of a code that they made up."""
    browser = Visita()
    browser.capture(curp=who.curp, correo=MINE)
    attend_all()
    return tried(browser)


def tried(browser) -> str:
    page = browser.post(WAIT, {"codigo": "000000"})
    return " ".join(page.text.partition("Revisa este dato")[2].split()[:30])


def test_a_full_mailbox_answers_a_made_up_code_alike(bound, attend_all, ask):
    """Five throw-away CURPs fill the hour: the page must not tell the sixth from the bound one."""
    for n in range(20, 25):
        assert ask(n)
    known, unknown = (words_of_a_try(who, attend_all) for who in (bound, identidad(50)))
    assert known == unknown
    assert "Este código ya venció" in known


def test_a_pair_beyond_its_day_answers_made_up_codes_alike(bound, attend_all, settings):
    said = []
    for who in (bound, identidad(50)):
        browser, mine = Visita(), []
        browser.capture(curp=who.curp, correo=MINE)
        for _ in range(8):
            attend_all()
            mine += [tried(browser) for _ in range(7)]
            browser.post(f"{WAIT}reenviar/")
        said.append(mine)
        later(hours=25)
    assert said[0] == said[1]
    left = [sum("Te queda" in one for one in said[0][n : n + 7]) for n in range(0, 56, 7)]
    assert left == [5] * 5 + [0] * 3, "six tries of each of five mails, whoever is bound"


def test_what_others_get_is_counted_alike_whoever_is_bound(bound, ask, begin):
    """The mails of a bound CURP fill its mailbox for others as those of any CURP do."""
    for _ in range(5):
        captured = begin(bound.curp, MINE)
    assert captured.solicitud.correos.filter(exento=True).count() == 0
    assert not ask(30)


def test_beyond_the_limits_the_bound_one_gets_a_link_alone_and_older_ones_serve(bound, begin):
    tramite = begin(bound.curp, MINE)
    for _ in range(4):
        tramite = begin(bound.curp, MINE)
    last_code, last_link = tramite.codigo, rules.token_hash(tramite.token)
    links_alone = []
    for _ in range(3):
        mail.outbox.clear()
        again = begin(bound.curp, MINE)
        assert "no trae código" in mail.outbox[-1].body
        assert "no trae código" in mail.outbox[-1].alternatives[0][0]
        links_alone.append(rules.token_hash(again.token))
    row, now = again.solicitud, reloj.now()
    assert row.correos.filter(exento=True).count() == 3
    for one in (last_link, *links_alone):
        assert confirmacion.link_state(one, now) == EstadoEnlace.VIGENTE
    done = confirmacion.confirm_by_link(
        token_hash=links_alone[0], ultimos4=str(bound.curp)[-4:], now=now
    )
    assert done.correo == MINE
    for one in links_alone[1:]:
        assert confirmacion.link_state(one, now) == EstadoEnlace.USADO
    by_code = confirmacion.confirm_by_code(solicitud_id=row.pk, codigo=last_code, now=now)
    assert by_code.pk == row.pk, "the school's computer goes on by the code of before"


def test_links_without_end_bring_no_more_tries_of_the_last_four(bound, begin):
    """Who reads the bound mailbox and does not know the CURP: thirty a day, as anybody."""
    tries, now = 0, reloj.now()
    for _ in range(9):
        link = rules.token_hash(begin(bound.curp, MINE).token)
        for _ in range(rules.LAST4_TRIES):
            try:
                confirmacion.confirm_by_link(token_hash=link, ultimos4="XXXX", now=now)
            except UltimosWrong:
                tries += 1
            except LinkInvalid:
                break
    assert tries == rules.LAST4_TRIES_A_DAY
    assert confirmacion.link_state(link, now) == EstadoEnlace.AGOTADO_HOY
    page = Visita()
    page.get(f"/c/{begin(bound.curp, MINE).token}")
    said = page.get(LINK)
    assert "Por hoy se acabaron los intentos" in said.text
    assert "form-renovar" not in said.doc.forms, "a new link would not serve either"


def test_a_link_without_code_keeps_nobody_waiting_longer(bound, begin, age, settings):
    """Whether the sixth mail went is told by no state: both pairs expire together."""
    states = []
    for who in (bound, identidad(50)):
        row = begin(who.curp, MINE).solicitud
        age(row, hours=10)
        for _ in range(5):
            begin(who.curp, MINE)
        age(row, hours=settings.ENLACE_HORAS, minutes=1)
        vigilancia.watch(reloj.now())
        states.append(Solicitud.objects.get(pk=row.pk).estado)
        later(hours=25)
    assert states == ["vencida", "vencida"]


def test_a_link_that_outlived_its_request_still_serves(bound, begin):
    tramite = begin(bound.curp, MINE)
    row = tramite.solicitud
    row.advance(Estado.VENCIDA, now=reloj.now())
    link = {"token_hash": rules.token_hash(tramite.token), "ultimos4": str(bound.curp)[-4:]}
    done = confirmacion.confirm_by_link(**link, now=reloj.now())
    assert done.confirmada_en is not None
