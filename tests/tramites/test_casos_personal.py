"""The desk of the changes of mailbox: permissions, what is shown, and /verificar/ afterwards."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from constancias.enums import Tipo
from constancias.models import Constancia
from constancias.services import read_pdf
from constancias.verificacion import judge
from tests.personal.entrada import account, come_in
from tests.tramites.escena import MINE, proved
from tramites.models import CasoVinculo, Solicitud, VinculoCorreo

pytestmark = pytest.mark.django_db
LIST, ADD = "admin:tramites_casovinculo_changelist", "admin:tramites_casovinculo_add"
THIEF, OWNER = "ladron@example.org", "ana@example.org"


def desk(name, *options):
    return come_in(Client(), account(name, *options)[0])


@pytest.fixture
def asks():
    return desk("pide", "--solicita-cambios", "--revela")


@pytest.fixture
def decides():
    return desk("decide", "--aprueba-cambios")


@pytest.fixture
def typed(ana):
    return {
        "curp": ana.curp,
        "correo": OWNER,
        "motivo": "otra_persona",
        "razon": "Mostró su pasaporte y su acta",
    }


@pytest.fixture
def proved_one(ana, attend_all) -> Solicitud:
    proved(ana, attend_all, OWNER)
    return Solicitud.objects.get()


def notice():
    return re.search(r"https?://[^/]+(/c/no-fui-yo/[\w-]{43})", mail.outbox[-1].body)[1]


def act(who, action):
    chosen = [str(pk) for pk in CasoVinculo.objects.values_list("pk", flat=True)]
    page = who.post(reverse(LIST), {"action": action, "_selected_action": chosen}, follow=True)
    return page.content.decode()


def compare(who):
    """Reveal what is to be compared with the signed paper."""
    for caso in CasoVinculo.objects.all():
        url = reverse("admin:tramites_casovinculo_revelar", args=(caso.pk,))
        for dato in ("curp", "correo"):
            sent = {"dato": dato, "motivo": "aclaracion", "referencia": "Caso 7"}
            assert who.post(url, sent).status_code == 200


def test_who_approves_has_compared_the_data_with_the_paper(asks, decides, typed, ana):
    asks.post(reverse(ADD), typed)
    assert "compara la CURP, y el correo" in act(decides, "approve")
    assert CasoVinculo.objects.get().estado == "solicitado"
    compare(asks)
    assert "compara la CURP, y el correo" in act(decides, "approve"), "another's look is no look"
    compare(decides)
    assert "Casos atendidos: 1." in act(decides, "approve")


def test_two_people_take_a_squatters_papers_back(ana, asks, decides, typed, attend_all, numbered):
    numbered(ana)
    thief = proved(ana, attend_all, THIEF)
    attend_all()
    assert asks.post(reverse(ADD), typed).status_code == 302
    compare(decides)
    said = act(decides, "approve")
    assert "Casos atendidos: 1." in said
    assert f"CURP que termina en {ana.curp[-4:]}: documentos que siguen vigentes, 0." in said
    assert thief.get(MINE).status == 403
    assert VinculoCorreo.objects.get(estado="activo").correo == {"correo": OWNER}
    paper = Constancia.objects.get(tipo=Tipo.CONSTANCIA)
    assert paper.estado == "revocada"
    assert judge(read_pdf(paper)).dictamen == "revocada", "what /verificar/ answers"


def test_who_asks_cannot_approve_nor_the_reverse(asks, decides, typed):
    assert decides.get(reverse(ADD)).status_code == 403
    asks.post(reverse(ADD), typed)
    assert "Aprobar" not in asks.get(reverse(LIST)).content.decode()
    act(asks, "approve")
    assert CasoVinculo.objects.get().estado == "solicitado"


def test_who_decides_reveals_what_is_to_be_decided_and_nothing_else(
    decides, typed, asks, proved_one
):
    asks.post(reverse(ADD), typed)
    compare(decides)
    url = reverse("admin:tramites_solicitud_revelar", args=(proved_one.pk,))
    assert decides.get(url).status_code == 403
    assert asks.get(url).status_code == 200


def test_one_with_both_permissions_is_told_that_another_must(typed):
    both = desk("ambas", "--solicita-cambios", "--aprueba-cambios")
    both.post(reverse(ADD), typed)
    assert "no puede resolverlo" in act(both, "approve")
    assert CasoVinculo.objects.get().estado == "solicitado"


def test_help_desk_without_either_sees_nothing_of_it():
    mesa = desk("mesa")
    assert mesa.get(reverse(LIST)).status_code == 403
    assert mesa.get(reverse(ADD)).status_code == 403


def test_case_shows_the_end_of_the_curp_and_a_veiled_mailbox(asks, decides, typed, ana):
    asks.post(reverse(ADD), typed)
    caso = CasoVinculo.objects.get()
    page = decides.get(reverse("admin:tramites_casovinculo_change", args=(caso.pk,)))
    text = page.content.decode()
    assert ana.curp[-4:] in text
    assert "a•••@e•••.org" in text
    for secret in (ana.curp, OWNER):
        assert secret not in text
    assert 'name="_save"' not in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"curp": "LORA"}, "18"),
        ({"razon": ""}, "obligatorio"),
        ({"razon": "usa ana@example.org"}, "trae una CURP, un NSS o un correo"),
        ({"motivo": "objecion"}, "opción válida"),
    ],
)
def test_wrong_request_keeps_the_page_and_says_why(asks, typed, change, words):
    page = asks.post(reverse(ADD), typed | change)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert not CasoVinculo.objects.exists()


def test_objection_waits_in_the_list(ana, asks, decides, attend_all):
    owner = proved(ana, attend_all, OWNER)
    attend_all()
    thief = proved(ana, attend_all, THIEF)
    attend_all()
    owner.get(notice())
    owner.post("/c/no-fui-yo/", {"ultimos4": ana.curp[-4:]})
    assert "«No fui yo»" in asks.get(reverse(LIST)).content.decode()
    act(asks, "keep")
    act(decides, "approve")
    assert Solicitud.objects.get(estado="cancelada").correo == THIEF
    assert "se canceló" in thief.get(MINE).text
