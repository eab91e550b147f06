"""Mode `acta`: the second fact counts where no mailbox is bound, and its want tells nothing."""

import re
from dataclasses import replace

import pytest
from django.core import mail

from nss.enums import Estatus
from nss.models import PersonaPadron
from tests.tramites.conftest import ANA
from tests.tramites.escena import LINK, MINE, WAIT, code, in_padron, path_of_link
from tests.tramites.visita import Visita
from tramites.enums import Estado, Razon
from tramites.models import IntentoActa, Solicitud, VinculoCorreo

pytestmark = pytest.mark.django_db
MINE_IS, OTHER, ASK = "ana@example.org", "otro@example.org", f"{MINE}acta/"
RIGHT = {"acta_anio": "2007", "acta_numero": "123"}
WRONG = {"acta_anio": "2007", "acta_numero": "999"}
WITH_ACTA = replace(ANA, acta_anio=2007, acta_numero="00123")


@pytest.fixture(autouse=True)
def mode(settings):
    settings.PRUEBA_IDENTIDAD = "acta"


@pytest.fixture
def prove(attend_all):
    """Walk to the end of the proof of a mailbox, answering as told, by the code."""

    def walk(answers, *, curp=ANA.curp, correo=MINE_IS) -> Visita:
        browser = Visita()
        browser.capture(curp=curp, correo=correo)
        attend_all()
        assert browser.post(WAIT, {"codigo": code(correo), **answers}).url == MINE
        attend_all()
        return browser

    return walk


def only(correo=MINE_IS):
    return next(row for row in Solicitud.objects.order_by("-creada_en") if row.correo == correo)


def outcome(correo=MINE_IS):
    return (only(correo).estado, only(correo).razon)


def spend(browser, attend_all, times):
    for _ in range(times):
        browser.post(ASK, WRONG)
        attend_all()


STOPPED = (Estado.INCONCLUSA, Razon.ACTA)


@pytest.mark.parametrize(
    "answer",
    [
        RIGHT,
        {"acta_anio": " 2007 ", "acta_numero": "0 0 1 2 3"},
        {"acta_anio": "２００７", "acta_numero": "００１２３"},
    ],
)
def test_right_answer_goes_on_and_binds_the_mailbox(prove, answer):
    in_padron(WITH_ACTA)
    prove(answer)
    assert outcome() == (Estado.REQUIERE_DOMICILIO, "")
    assert VinculoCorreo.objects.get().estado == "activo"
    assert "acta" not in {k for k, v in only().datos.items() if v not in (None, True)}


@pytest.mark.parametrize(
    "answer",
    [WRONG, {"acta_anio": "2008", "acta_numero": "123"}, {"acta_anio": "", "acta_numero": ""}],
)
def test_wrong_or_no_answer_shows_nothing_and_binds_nothing(prove, answer, numbered):
    numero = numbered(in_padron(WITH_ACTA))
    page = prove(answer).get(MINE)
    assert outcome() == STOPPED
    assert not VinculoCorreo.objects.exists()
    assert only().datos.get("acta") is None, "judged once, and forgotten"
    for told in (numero.nss, ANA.nombres, ANA.primer_apellido, ANA.curp):
        assert told not in page.html
    assert "form-acta" in page.doc.forms


def test_link_asks_the_same_in_both_browsers(attend_all):
    in_padron(WITH_ACTA)
    mine, phone = Visita(), Visita()
    mine.capture(curp=ANA.curp, correo=MINE_IS)
    attend_all()
    for browser in (mine, phone):
        page = browser.follow(browser.get(path_of_link()))
        assert {"acta_anio", "acta_numero"} <= set(page.form("form-confirmar"))
    assert phone.post(LINK, {"ultimos4": ANA.curp[-4:], **RIGHT}).url == MINE
    attend_all()
    assert outcome() == (Estado.REQUIERE_DOMICILIO, "")


def test_same_browser_answers_by_the_link(attend_all):
    in_padron(WITH_ACTA)
    mine = Visita()
    mine.capture(curp=ANA.curp, correo=MINE_IS)
    attend_all()
    mine.get(path_of_link())
    assert mine.post(LINK, RIGHT).url == MINE
    attend_all()
    assert outcome() == (Estado.REQUIERE_DOMICILIO, "")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"acta_anio": "7"}, "El año son cuatro números"),
        ({"acta_anio": "2007"}, "Escribe el número de tu acta"),
        ({"acta_numero": "12"}, "Escribe el año de registro"),
        ({"acta_anio": "2007", "acta_numero": "¿?"}, "El número de acta son números"),
    ],
)
def test_malformed_answer_says_so_and_spends_nothing(attend_all, typed, words):
    browser = Visita()
    browser.capture(curp=ANA.curp, correo=MINE_IS)
    attend_all()
    page = browser.post(WAIT, {"codigo": code(), **typed})
    assert page.title.startswith("Error: ")
    assert words in page.text
    assert only().confirmaciones.get().intentos == 0


def test_mode_ninguna_asks_nothing(settings, attend_all):
    settings.PRUEBA_IDENTIDAD = "ninguna"
    in_padron(WITH_ACTA)
    browser = Visita()
    browser.capture(curp=ANA.curp, correo=MINE_IS)
    attend_all()
    assert "acta_anio" not in browser.get(WAIT).form("form-codigo")
    browser.post(WAIT, {"codigo": code()})
    attend_all()
    assert outcome() == (Estado.REQUIERE_DOMICILIO, "")


def test_bound_mailbox_may_leave_it_blank_or_be_wrong(prove, age):
    in_padron(WITH_ACTA)
    prove(RIGHT)
    for answer in ({}, WRONG):
        age(only(), minutes=5)
        Solicitud.objects.filter(estado="requiere_domicilio").update(estado="vencida")
        prove(answer)
        assert outcome() == (Estado.REQUIERE_DOMICILIO, "")
    assert not IntentoActa.objects.exists()


def test_other_mailbox_with_the_right_answer_is_held_as_ever(prove):
    in_padron(WITH_ACTA)
    prove(RIGHT)
    prove(RIGHT, correo=OTHER)
    assert only(OTHER).estado == Estado.RETENIDA
    assert [m for m in mail.outbox if m.to == [MINE_IS] and "no-fui-yo" in m.body]


def test_other_mailbox_with_a_wrong_answer_holds_nothing(prove):
    in_padron(WITH_ACTA)
    prove(RIGHT)
    prove(WRONG, correo=OTHER)
    assert outcome(OTHER) == STOPPED
    assert VinculoCorreo.objects.count() == 1


# --- what may be told before the second fact ----------------------------------------------

KINDS = {
    "nobody": lambda: None,
    "wrong answer": lambda: in_padron(WITH_ACTA),
    "dead": lambda: in_padron(replace(WITH_ACTA, estatus=Estatus.BD)),
    "key replaced": lambda: in_padron(replace(WITH_ACTA, estatus=Estatus.BCC)),
    "source without the certificate": lambda: in_padron(ANA),
}


def words_of(browser):
    row = only()
    page = browser.get(MINE).html.replace(row.folio, "FOLIO")
    slip = browser.get(f"{MINE}comprobante-inconcluso/").html.replace(row.folio, "FOLIO")
    return [_without_tokens(page), _without_tokens(slip)]


def _without_tokens(html):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def test_who_does_not_know_the_certificate_sees_one_page_for_all(prove):
    seen = {}
    for kind, make in KINDS.items():
        make()
        seen[kind] = words_of(prove(WRONG))
        assert outcome() == STOPPED, kind
        assert IntentoActa.objects.count() == 1, kind
        for model in (IntentoActa, VinculoCorreo):
            model.objects.all().delete()
        PersonaPadron.objects.all().delete()
        Solicitud.objects.filter(estado="inconclusa").update(estado="vencida", razon="")
        Solicitud.objects.update(correo_idx=b"x" * 16)
    assert len({tuple(words) for words in seen.values()}) == 1


@pytest.mark.parametrize(
    ("estatus", "razon"),
    [(Estatus.BD, Razon.CURP_BAJA), (Estatus.BCC, Razon.CURP_SUSTITUIDA)],
)
def test_who_knows_it_is_told_the_true_reason(prove, estatus, razon):
    in_padron(replace(WITH_ACTA, estatus=estatus))
    prove(RIGHT)
    assert outcome() == (Estado.INCONCLUSA, razon)


# --- wrong, and again -----------------------------------------------------------------------


def test_wrong_answer_can_be_put_right(prove, attend_all):
    in_padron(WITH_ACTA)
    browser = prove(WRONG)
    folio = only().folio
    assert browser.post(ASK, RIGHT).url == MINE
    attend_all()
    assert (outcome(), only().folio) == ((Estado.REQUIERE_DOMICILIO, ""), folio)


def test_coming_back_with_the_right_answer_goes_on_with_the_same_folio(prove, age):
    in_padron(WITH_ACTA)
    prove(WRONG)
    first = only()
    age(first, minutes=5)
    prove(RIGHT)
    first.refresh_from_db()
    assert first.estado == Estado.REQUIERE_DOMICILIO


def test_malformed_second_answer_says_so(prove):
    browser = prove(WRONG)
    page = browser.post(ASK, {"acta_anio": "2007", "acta_numero": ""})
    assert page.title.startswith("Error: ")
    assert "Escribe el número de tu acta" in page.text


@pytest.mark.parametrize("mailboxes", [1, 3])
def test_bound_mailbox_is_told_once_a_day_however_many_mailboxes_try(prove, attend_all, mailboxes):
    in_padron(WITH_ACTA)
    prove(RIGHT)
    mail.outbox.clear()
    for n in range(mailboxes):
        browser = prove(WRONG, correo=f"ladron-{n}@example.org")
        spend(browser, attend_all, 2 if mailboxes == 1 else 1)
    (notice,) = [m for m in mail.outbox if m.to == [MINE_IS]]
    assert "intentó usar tu CURP" in notice.subject
    assert "ladron" not in notice.body
