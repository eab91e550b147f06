"""From the first page to the form in Chromium, as seeds 000, 002 and 003 walk it."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.pila, pytest.mark.navegador]
both = pytest.mark.parametrize("javascript", [True, False], ids=["con-js", "sin-js"])
FICHA, FORM = "/tramites/imss-02-008/", "/asignacion-nss/"
PAGES = (
    *("/", "/para/derechohabientes/", "/para/derechohabientes/empleo/", "/tramites/", FICHA),
    *("/tramites/imss-02-066/", FICHA + "iniciar/", FICHA + "bienvenida/", "/vigencia/"),
    *("/buscar/?q=pasaporte", "/afiliatealimss/", "/conoce/", "/transparencia/", "/directorio/"),
    *("/contacto/", "/gobierno/", "/participa/", "/datos/", "/componentes/"),
)
FIRST_LOAD, NEXT_PAGE = 100_000, 30_000  # bytes over the wire


@pytest.fixture
def hoja(request, javascript) -> Page:
    return request.getfixturevalue("pagina" if javascript else "pagina_sin_js")


@pytest.fixture
def javascript() -> bool:
    return True


def click(hoja: Page, name: str, *, exact: bool = False) -> None:
    hoja.wait_for_load_state()  # a link pressed before its script came leads to a page of its own
    hoja.get_by_role("main").get_by_role("link", name=name, exact=exact).first.click()


def accept_the_welcome(hoja: Page, *, javascript: bool) -> None:
    """INICIAR, and Aceptar in the dialog or in the page that stands for it."""
    click(hoja, "INICIAR")
    expect(hoja.get_by_role("heading", name="Bienvenido")).to_be_visible()
    assert (hoja.get_by_role("dialog").count() == 1) == javascript
    click(hoja, "Aceptar")


def button(hoja: Page, name: str):
    return hoja.get_by_role("main").get_by_role("button", name=name, exact=True)


@both
def test_seed_000_from_the_home_page_to_the_form(hoja, javascript):
    hoja.goto("/")
    click(hoja, "Derechohabientes, pensionados y público en general")
    click(hoja, "Empleo")
    click(hoja, "Ver más sobre Asignación o localización del Número de Seguridad Social")
    click(hoja, "Trámite digitalizado")
    accept_the_welcome(hoja, javascript=javascript)
    expect(button(hoja, "BUSCAR")).to_be_visible()
    expect(hoja.get_by_role("link", name="LIMPIAR")).to_be_visible()


@both
def test_seed_003_from_the_printed_address_and_back_by_cancelar(hoja, javascript):
    hoja.goto("/tramites/imss02008")
    assert hoja.url.endswith(FICHA)
    click(hoja, "Trámite digitalizado")
    click(hoja, "INICIAR")
    click(hoja, "Cancelar")
    assert hoja.url.endswith(FICHA)
    click(hoja, "Trámite digitalizado")
    accept_the_welcome(hoja, javascript=javascript)
    expect(button(hoja, "BUSCAR")).to_be_visible()


@both
def test_seed_002_from_the_microsite_to_the_form(hoja, javascript):
    hoja.goto("/")
    click(hoja, "Ver los tres pasos")
    assert hoja.url.endswith("/afiliatealimss/")
    click(hoja, "Empezar el paso 1")
    assert hoja.url.endswith(FORM)
    expect(button(hoja, "Continuar")).to_be_visible()
    # Copying is offered only where it works.
    hoja.goto("/afiliatealimss/")
    assert hoja.get_by_role("button", name="Copiar el texto").count() == int(javascript)


@both
def test_search_of_the_header_reaches_the_ficha(hoja, javascript):
    hoja.set_viewport_size({"width": 1280, "height": 800})
    hoja.goto("/conoce/")
    hoja.get_by_role("banner").get_by_role("searchbox").fill("numero de seguro sosial")
    hoja.keyboard.press("Enter")
    heading = hoja.get_by_role("heading", level=1)
    expect(heading).to_have_text("Asignación o localización del Número de Seguridad Social")


@both
def test_narrow_screen_folds_the_menus(hoja, javascript):
    hoja.set_viewport_size({"width": 360, "height": 740})
    hoja.goto("/")
    hoja.get_by_text("Menú", exact=True).click()
    hoja.get_by_role("navigation", name="Menú").get_by_role("link", name="Directorio").click()
    expect(hoja.get_by_role("heading", level=1)).to_have_text("Directorio")


def test_dialog_holds_the_focus_and_escape_gives_it_back(pagina):
    pagina.goto(FICHA + "iniciar/")
    start = pagina.get_by_role("link", name="INICIAR")
    start.focus()
    pagina.keyboard.press("Enter")
    dialog = pagina.get_by_role("dialog", name="Bienvenido")
    expect(dialog).to_be_visible()
    reached = set()
    for _ in range(6):
        reached.add(pagina.evaluate("document.activeElement.textContent.trim().slice(0, 8)"))
        inside = (
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
        assert pagina.evaluate(inside)
        pagina.keyboard.press("Tab")
    assert {"Aceptar", "Cancelar"} <= reached
    pagina.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(start).to_be_focused()
    # Back from the form, the welcome is closed again.
    start.press("Enter")
    click(pagina, "Aceptar")
    pagina.go_back()
    expect(dialog).to_be_hidden()


def test_copy_says_that_it_copied(pagina):
    pagina.context.grant_permissions(["clipboard-read", "clipboard-write"])
    pagina.goto("/afiliatealimss/")
    pagina.get_by_role("button", name="Copiar el texto").click()
    expect(pagina.get_by_role("status").filter(has_text="Copiado")).to_be_visible()
    copied = pagina.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("/afiliatealimss/")


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_scrolls_sideways_nor_complains_nor_asks_others(pagina, pila, width):
    faults: list[str] = []
    pagina.on("console", lambda said: faults.append(f"{pagina.url}: {said.text}"))
    pagina.on("pageerror", lambda error: faults.append(str(error)))
    pagina.on("request", lambda asked: foreign(asked.url, pila.env["URL_PORTAL"], faults))
    pagina.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        pagina.goto(path)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if over := pagina.evaluate(wide):
            faults.append(f"{path}: {over} px too wide")
    assert faults == []


def foreign(url: str, base: str, faults: list[str]) -> None:
    if not url.startswith((base, "data:")):
        faults.append(f"foreign: {url}")


def test_first_load_and_next_pages_are_light(pagina):
    wire = pagina.context.new_cdp_session(pagina)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    pagina.goto("/", wait_until="networkidle")
    assert 10_000 < sum(sizes) <= FIRST_LOAD
    for path in PAGES[1:]:
        sizes.clear()
        pagina.goto(path, wait_until="networkidle")
        assert sum(sizes) <= NEXT_PAGE, path


def test_letters_are_the_portals_own(pagina):
    pagina.goto("/", wait_until="networkidle")
    pagina.goto("/conoce/", wait_until="networkidle")
    loaded = "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.weight)"
    assert sorted(pagina.evaluate(loaded)) == ["400", "700"]
