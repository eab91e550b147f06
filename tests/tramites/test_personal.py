"""Staff look and do not write; nothing they see names a whole person."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.urls import reverse

from comun.models import Pendiente
from tests.personal.entrada import account, come_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    return come_in(client, account()[0])


@pytest.fixture
def tramite(ana, begin):
    tramite = begin(ana.curp)
    tramite.confirm()
    return tramite


@pytest.mark.parametrize("model", ["tramites_solicitud", "nss_asegurado", "comun_pendiente"])
def test_lists_open_in_spanish_and_offer_no_writing(desk, tramite, model):
    page = desk.get(reverse(f"admin:{model}_changelist"))
    assert page.status_code == 200
    assert "Portal NSS · Personal" in page.content.decode()
    assert desk.get(reverse(f"admin:{model}_add")).status_code == 403


def test_solicitud_shows_its_moves_and_no_datum_of_the_person(desk, tramite):
    page = desk.get(reverse("admin:tramites_solicitud_change", args=(tramite.id,)))
    text = page.content.decode()
    assert tramite.solicitud.folio in text
    assert "Requiere domicilio" in text
    for secret in (tramite.solicitud.curp, tramite.solicitud.correo, "LÓPEZ"):
        assert secret not in text


def test_help_desk_rings_again(desk, ana, begin, age):
    tramite = begin(ana.curp)
    Pendiente.objects.all().delete()
    desk.post(
        reverse("admin:tramites_solicitud_changelist"),
        {"action": "ring_again", "_selected_action": [str(tramite.id)]},
    )
    assert not Pendiente.objects.exists(), "por_confirmar waits for the person"


def test_account_is_made_once_and_with_a_real_mailbox(desk):
    with pytest.raises(CommandError, match="Ya existe"):
        call_command("crear_personal", "mesa", "--correo", "otra@example.org")
    with pytest.raises(CommandError, match="no es un correo"):
        call_command("crear_personal", "otra", "--correo", "otra")
    assert get_user_model().objects.count() == 1


def test_barrer_says_how_many(db):
    said = io.StringIO()
    call_command("barrer", stdout=said)
    assert said.getvalue().strip() == "0 pasos avisados"
