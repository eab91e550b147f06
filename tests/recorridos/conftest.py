"""Who walks, and on which browser: with JavaScript and without."""

import secrets
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from imss_portal.demo.pila import Pila
from imss_portal.demo.recorrido import next_person
from nss.demo import persona
from tests.recorridos.vigia import Vigia
from tests.recorridos.visitante import Abrir, Persona, Visitante

Elegir = Callable[[], Persona]


def with_new_mailbox(curp: str) -> Persona:
    return Persona(curp=curp, correo=f"alumna-{secrets.token_hex(3)}@example.org")


def _chooser(pila: Pila, caso: str) -> Elegir:
    """Return who takes the next person of the stack's padrón, that no other test has taken."""
    entorno = pila.entorno
    assert entorno
    return lambda: with_new_mailbox(next_person(caso, entorno=entorno, folder=pila.folder))


@pytest.fixture
def sin_numero(pila: Pila) -> Elegir:
    """Choose somebody, never the same, whom the portal will have to assign a number."""
    return _chooser(pila, "asignado")


@pytest.fixture
def con_numero(pila: Pila) -> Elegir:
    """Choose somebody, never the same, who has a number already."""
    return _chooser(pila, "localizado")


@pytest.fixture
def desconocida() -> Persona:
    """A CURP that is well written and that the padrón does not have."""
    return with_new_mailbox(persona("no-encontrado").curp)


@pytest.fixture
def javascript() -> bool:
    """A journey that has a parameter of this name is walked with and without."""
    return True


@pytest.fixture
def vigias() -> Iterator[list[Vigia]]:
    """The watch of each browser of this test: no page of any may misbehave."""
    watching: list[Vigia] = []
    yield watching
    assert [fault for watch in watching for fault in watch.faults] == []


@pytest.fixture
def abrir(navegador: Browser, pila: Pila, javascript: bool, vigias: list[Vigia]) -> Iterator[Abrir]:
    """Open a browser of its own for a person."""
    base, opened = pila.env["URL_PORTAL"], list[BrowserContext]()

    def open_browser(who: Persona) -> Visitante:
        context = navegador.new_context(
            base_url=base, java_script_enabled=javascript, locale="es-MX"
        )
        context.set_default_timeout(15_000)  # ms
        opened.append(context)
        vigias.append(Vigia(context, base))
        return Visitante(context, pila, who)

    yield open_browser
    for context in opened:
        context.close()
