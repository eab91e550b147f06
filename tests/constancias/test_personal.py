"""What staff and operators see: references, never a person; and a clear word when Pango is missing."""

import io

import pytest
from django.core.management import call_command
from django.urls import reverse

from comun import reloj
from constancias import checks, services
from constancias.enums import Tipo
from constancias.models import Constancia
from tests.constancias import hojas

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(llave, numero):
    preparado = services.prepare(facts=hojas.facts(), tipo=Tipo.CONSTANCIA)
    return services.record(preparado=preparado, numero=numero, now=reloj.now())


@pytest.mark.parametrize("model", ["constancia", "llavesello"])
def test_admin_shows_references_and_changes_nothing(admin_client, document, model):
    row = document if model == "constancia" else document.llave
    for page in (
        reverse(f"admin:constancias_{model}_changelist"),
        reverse(f"admin:constancias_{model}_change", args=[row.pk]),
    ):
        html = admin_client.get(page).content.decode()
        assert document.llave_id in html
        assert not [word for word in ("LORA070514", "López", "92919084431") if word in html]
        assert 'name="_save"' not in html
    add = reverse(f"admin:constancias_{model}_add")
    delete = reverse(f"admin:constancias_{model}_delete", args=[row.pk])
    assert [admin_client.post(page).status_code for page in (add, delete)] == [403, 403]
    assert Constancia.objects.count() == 1


def test_admin_finds_a_document_by_folio_or_secuencia(admin_client, document):
    page = reverse("admin:constancias_constancia_changelist")
    for words in (document.folio, str(document.secuencia)):
        assert document.folio in admin_client.get(page, {"q": words}).content.decode()
    assert str(document.secuencia) not in admin_client.get(page, {"q": "1" * 23}).content.decode()


def test_sweep_command_is_dry_by_default(settings, llave):
    services.prepare(facts=hojas.facts(), tipo=Tipo.TARJETA)
    out = io.StringIO()
    for options in ((), ("--aplicar",)):
        call_command("limpiar_documentos", *options, stdout=out)
    assert out.getvalue().splitlines() == ["0 archivos por borrar (en seco)", "0 archivos borrados"]


def test_check_is_silent_where_all_is_there():
    assert checks.documents_can_be_made(None) == []


def test_check_gives_the_apt_line(monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "LIBRARIES", ("no-existe-esta-biblioteca",))
    monkeypatch.setattr(checks, "NOTO", tmp_path / "nada.ttf")
    found = checks.documents_can_be_made(None)
    assert [problem.id for problem in found] == ["constancias.W001", "constancias.W002"]
    assert all("libpango-1.0-0" in problem.hint for problem in found)
