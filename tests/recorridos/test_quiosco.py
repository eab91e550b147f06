"""A shared computer in Chromium: it asks who is there, and forgets whoever does not answer."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.pila, pytest.mark.navegador]
HOME, PASO1 = "/quiosco/", "/asignacion-nss/"
SECOND = 1000  # ms


@pytest.fixture
def compartida(pagina):
    """A tab of a shared computer, at Paso 1, with a clock of its own.

    The whole page fits in its window: the browser tells of a scroll some frames later, and one
    that is told after the clock has jumped is, for the page, a person who is there.
    """
    pagina.set_viewport_size({"width": 1280, "height": 3000})
    pagina.clock.install()
    pagina.goto(HOME)
    pagina.get_by_role("button", name="Poner el modo compartido").click()
    pagina.get_by_role("link", name="INICIAR").click()
    pagina.wait_for_url(f"**{PASO1}")
    pagina.get_by_label("CURP", exact=False).first.fill("LORA070514MGRPVNA4")
    return pagina


def test_who_is_still_there_goes_on_with_what_was_typed(compartida):
    asked = compartida.get_by_role("dialog", name="¿Sigues ahí?")
    compartida.clock.fast_forward(170 * SECOND)
    expect(asked).to_be_hidden()
    compartida.clock.fast_forward(15 * SECOND)
    expect(asked).to_be_visible()
    compartida.keyboard.press("Escape")
    expect(asked).to_be_visible()
    asked.get_by_role("button", name="Sí, sigo aquí").click()
    expect(asked).to_be_hidden()
    expect(compartida.locator("#id_curp")).to_have_value("LORA070514MGRPVNA4")


def test_who_types_is_not_asked(compartida):
    for _ in range(4):
        compartida.clock.fast_forward(100 * SECOND)
        compartida.locator("#id_correo").press("a")
    expect(compartida.get_by_role("dialog", name="¿Sigues ahí?")).to_be_hidden()


def test_who_left_is_forgotten(compartida):
    compartida.clock.fast_forward(185 * SECOND)
    expect(compartida.get_by_role("dialog", name="¿Sigues ahí?")).to_be_visible()
    compartida.clock.fast_forward(61 * SECOND)
    compartida.wait_for_url(f"**{HOME}")
    expect(compartida.get_by_role("main")).to_contain_text("borramos de este equipo")
    compartida.go_back()
    expect(compartida.locator("#id_curp")).to_have_value("")


def test_terminar_is_big_and_one_press(compartida):
    compartida.set_viewport_size({"width": 360, "height": 740})
    button = compartida.locator("#form-terminar button")
    assert button.bounding_box()["height"] >= 56  # px
    button.click()
    compartida.wait_for_url(f"**{HOME}")
    expect(compartida.get_by_role("main")).to_contain_text("borramos de este equipo")


def test_without_javascript_the_page_leads_to_the_question(pagina_sin_js):
    pagina_sin_js.goto(HOME)
    pagina_sin_js.get_by_role("button", name="Poner el modo compartido").click()
    pagina_sin_js.goto(PASO1)
    refresh = pagina_sin_js.locator("meta[http-equiv=refresh]")
    expect(refresh).to_have_attribute("content", "180; url=/quiosco/aviso/")
    pagina_sin_js.goto("/quiosco/aviso/")
    expect(pagina_sin_js.get_by_role("heading", name="¿Sigues ahí?")).to_be_visible()
    pagina_sin_js.get_by_role("button", name="Sí, sigo aquí").click()
    pagina_sin_js.wait_for_url(f"**{PASO1}")
