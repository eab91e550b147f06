"""Staff give one mailbox more room: with a reason, in the chain, and the mailbox is kept nowhere."""

import pytest
from django.db import connection
from django.urls import reverse

from comun.models import Bitacora
from tests.personal.entrada import come_in, staff
from tests.tramites.topes import OTHER, later
from tramites.models import AmpliacionBuzon
from tramites.topes import TOPES

pytestmark = pytest.mark.django_db

ADD = "admin:tramites_ampliacionbuzon_add"
RAISE = {"correo": "Ana@Example.org", "curps": "8", "motivo": "familia"}


def test_staff_raise_one_mailbox_and_the_chain_says_who(admin_client, ask, prove):
    assert admin_client.post(reverse(ADD), RAISE).status_code == 302
    entry = Bitacora.objects.get(accion="buzon.ampliado")
    assert entry.razon == "familia:8"
    assert entry.actor.startswith("usuario:")
    for n in range(8):
        prove(n)
    later(hours=25)
    assert not ask(9)
    assert ask(9, OTHER)


def test_what_is_kept_of_a_raised_mailbox_is_no_mailbox(admin_client):
    admin_client.post(reverse(ADD), RAISE)
    with connection.cursor() as cursor:
        for table in ("tramites_ampliacionbuzon", "django_admin_log", "comun_bitacora"):
            cursor.execute(f"SELECT {table}::text FROM {table}")
            assert "example" not in " ".join(row[0] for row in cursor.fetchall()).lower()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"curps": "3"}, "mayor o igual a 4"),
        ({"curps": "501"}, "menor o igual a 500"),
        ({"motivo": ""}, "obligatorio"),
        ({"correo": "ana"}, "correo electrónico completo"),
    ],
)
def test_staff_are_told_what_is_wrong(admin_client, change, words):
    page = admin_client.post(reverse(ADD), RAISE | change)
    assert words in page.content.decode()
    assert not AmpliacionBuzon.objects.exists()


def test_a_mailbox_is_raised_once_and_taken_back(admin_client, ask, prove):
    for _ in range(2):
        page = admin_client.post(reverse(ADD), RAISE)
    assert "ya está ampliado" in page.content.decode()
    (row,) = AmpliacionBuzon.objects.all()
    gone = reverse("admin:tramites_ampliacionbuzon_delete", args=(row.pk,))
    admin_client.post(gone, {"post": "yes"})
    assert Bitacora.objects.filter(accion="buzon.sin_ampliar").count() == 1
    for n in range(TOPES.familia.most):
        prove(n)
    assert not ask(9)


def test_who_may_not_raise_may_not(client):
    come_in(client, staff())
    assert client.post(reverse(ADD), RAISE).status_code == 403
