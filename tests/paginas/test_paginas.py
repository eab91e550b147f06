"""Every page in every state: accessible, valid, light, ours alone, and quiet."""

import pytest

from tests.paginas import casos

pytestmark = [pytest.mark.navegador, pytest.mark.django_db]


@pytest.mark.parametrize("caso", casos.CASOS, ids=lambda caso: caso.nombre)
def test_page_has_no_fault(mirar, caso):
    found = mirar(caso)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "caso", [one for one in casos.CASOS if one.sin_js], ids=lambda caso: caso.nombre
)
def test_page_has_no_fault_without_javascript(mirar, caso):
    found = mirar(caso, javascript=False)
    assert not found, "\n".join(found)
