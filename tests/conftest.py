"""Fixtures of the whole suite: the running portal and Chromium. Postgres and broker: servidores."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from playwright.sync_api import Browser, Page, sync_playwright

from imss_portal.demo.estudiante import Estudiante
from imss_portal.demo.opciones import Opciones
from imss_portal.demo.pila import Pila
from imss_portal.demo.puertos import free_port

SEPOMEX = Path(__file__).parent / "datos" / "sepomex" / "minimo.txt"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")  # "gw0"…; "" without xdist
# Where stacks of this process begin; another checkout that tests at once takes another PUERTO_PRUEBAS.
PORTS = int(os.environ.get("PUERTO_PRUEBAS", "9000")) + 200 * int(WORKER.removeprefix("gw") or 0)
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers last: Playwright leaves its event loop running, and signing a PDF needs its own.

    Of them, the pages; and after all pages what asks if any was left out, or it opens them again.
    """
    items.sort(key=_turn)


def pytest_collection_finish() -> None:
    """What is loaded by now lives as long as the run: looking through it for garbage is a tenth of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _turn(item: pytest.Item) -> tuple[bool, bool, bool]:
    browser = item.get_closest_marker("navegador") is not None
    return browser, "paginas" in item.path.parts, item.path.stem == "test_sin_huecos"


@pytest.fixture(autouse=True)
def _every_letter_says_it_is_a_demo() -> Iterator[None]:
    """Whatever a test made the portal send, its subject bears the mark."""
    yield
    letters = getattr(mail, "outbox", [])
    if settings.DEMO:
        assert [one.subject for one in letters if not one.subject.startswith("[DEMO] ")] == []


@pytest.fixture(scope="session")
def opciones(request: pytest.FixtureRequest) -> Callable[[Path], Opciones]:
    """Options of a stack of the tests; static files are collected once for all of them."""
    collected = request.config.cache.mkdir(f"estaticos{WORKER}")

    def make(folder: Path) -> Opciones:
        (folder / "tmp").mkdir(parents=True, exist_ok=True)
        made = Opciones.de_pruebas(folder, SEPOMEX, TMPDIR=str(folder / "tmp"))
        return replace(made, estaticos=collected, puerto=free_port(PORTS))

    return make


@pytest.fixture(scope="session")
def pila_de_la_sesion(
    tmp_path_factory: pytest.TempPathFactory, opciones: Callable[[Path], Opciones]
) -> Iterator[Pila]:
    """The portal with its own database, broker and mailbox, started once."""
    folder = tmp_path_factory.mktemp("pila")
    stack = Pila(folder, opciones(folder))
    try:
        stack.start()
        yield stack
    finally:
        stack.discard()


@pytest.fixture
def pila(pila_de_la_sesion: Pila) -> Pila:
    """The running portal, whole again whatever the test before did to it."""
    stack = pila_de_la_sesion
    for armed in Path(stack.env["CAOS_DIR"]).iterdir():
        armed.unlink()
    if "trabajador" not in stack.procesos:
        stack.start_worker()
    stack.check()
    return stack


@pytest.fixture
def admin_client(admin_user, client):
    """In place of pytest-django's: a superuser who proved both steps of the entrance."""
    from tests.personal.entrada import come_in

    return come_in(client, admin_user)


@pytest.fixture
def estudiante(pila: Pila) -> Callable[[str, str], Estudiante]:
    """Make a student of a CURP and a mailbox, on a browser of their own."""

    def make(curp: str, correo: str) -> Estudiante:
        assert pila.entorno
        return Estudiante(pila.entorno, curp=curp, correo=correo)

    return make


@pytest.fixture(scope="session")
def navegador() -> Iterator[Browser]:
    """Debian's Chromium, without a screen."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert program, "Falta Chromium: .ci/preparar.sh test lo instala"
    sandbox = () if os.geteuid() else ("--no-sandbox",)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*QUIET, *sandbox])
        yield browser
        browser.close()


@pytest.fixture
def pagina(navegador: Browser, pila: Pila) -> Iterator[Page]:
    """A tab on the portal, with JavaScript; `page.goto("/")` is its home."""
    yield from _tab(navegador, pila, javascript=True)


@pytest.fixture
def pagina_sin_js(navegador: Browser, pila: Pila) -> Iterator[Page]:
    """The same without JavaScript."""
    yield from _tab(navegador, pila, javascript=False)


def _tab(browser: Browser, stack: Pila, *, javascript: bool) -> Iterator[Page]:
    context = browser.new_context(
        base_url=stack.env["URL_PORTAL"], java_script_enabled=javascript, locale="es-MX"
    )
    context.set_default_timeout(15_000)  # ms
    yield context.new_page()
    context.close()
