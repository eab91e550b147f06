"""The short privacy notice on a small telephone: read whole before anything is asked."""

import pytest

from tests.paginas.mesa import Mesa
from tests.tramites.escena import PASO1

pytestmark = [pytest.mark.navegador, pytest.mark.django_db]

SMALL = {"width": 360, "height": 640}  # px: a cheap telephone, its browser's own bars not counted


@pytest.mark.parametrize("address", [PASO1, f"{PASO1}?desde=ficha"])
@pytest.mark.parametrize("javascript", [True, False])
def test_notice_is_seen_whole_without_scrolling(miradas, sala, settings, address, javascript):
    settings.EMISOR_NOMBRE = "Instituto Tecnológico Superior de Taxco de Alarcón, Guerrero"
    mesa = Mesa(miradas[javascript], sala)
    mesa.page.set_viewport_size(SMALL)
    mesa.ir(address)
    mesa.mirada.settle()
    notice = mesa.page.locator("#aviso-privacidad").bounding_box()
    field = mesa.page.locator("#id_curp").bounding_box()
    assert notice["y"] >= 0
    assert notice["y"] + notice["height"] <= SMALL["height"]
    assert notice["y"] + notice["height"] <= field["y"]
