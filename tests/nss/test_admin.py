"""The registry in the admin: found by a whole number, naming nobody, changing nothing."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from nss.models import Asegurado, Numero, PrefijoSerie
from nss.services import Lugar, assign_nss
from nss.services.alta import new_asegurado
from tests.nss.personas import identidad

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
LIST = "admin:nss_asegurado_changelist"


@pytest.fixture
def numeros() -> list[Numero]:
    PrefijoSerie.objects.create(prefijo="00")
    return [assign_nss(titular=identidad(n), lugar=Lugar(), now=NOW).numero for n in range(12)]


def html(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_list_shows_the_last_four_digits_and_nobody(admin_client, numeros):
    page = html(admin_client, reverse(LIST))
    for n, numero in enumerate(numeros):
        assert numero.nss.velado in page
        assert numero.nss not in page
        assert identidad(n).curp not in page
        assert identidad(n).segundo_apellido not in page


def test_list_takes_a_steady_number_of_queries(
    admin_client, numeros, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        html(admin_client, reverse(LIST))


@pytest.mark.parametrize("write", [str, lambda nss: f" {nss} ", lambda nss: nss.pretty])
def test_whole_number_finds_its_owner(admin_client, numeros, write):
    nss = numeros[3].nss
    page = html(admin_client, f"{reverse(LIST)}?q={write(nss)}")
    assert nss.velado in page
    assert numeros[4].nss.velado not in page


@pytest.mark.parametrize("typed", ["0026", "002604", "PRUEBA", "92919084431"])
def test_part_of_a_number_finds_nobody(admin_client, numeros, typed):
    page = html(admin_client, f"{reverse(LIST)}?q={typed}")
    assert not any(numero.nss.velado in page for numero in numeros)


def test_detail_is_masked_and_read_only(admin_client, numeros):
    numero = numeros[0]
    url = reverse("admin:nss_asegurado_change", args=[numero.asegurado_id])
    page = html(admin_client, url)
    assert numero.nss.velado in page
    assert numero.nss not in page
    assert identidad(0).curp not in page
    assert "_save" not in page
    assert admin_client.post(url, {"entidad": "GR"}).status_code == 403


@pytest.mark.parametrize("verb", ["add", "delete"])
def test_nothing_is_added_or_deleted(admin_client, numeros, verb):
    args = [numeros[0].asegurado_id] if verb == "delete" else []
    assert admin_client.post(reverse(f"admin:nss_asegurado_{verb}", args=args)).status_code == 403


def test_person_without_number_shows_a_dash(admin_client):
    row = new_asegurado(identidad(1), Lugar(), NOW)
    row.save()
    assert Asegurado.objects.count() == 1
    assert "—" in html(admin_client, reverse(LIST))
