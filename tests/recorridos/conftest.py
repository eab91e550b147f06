"""Who walks, and on which browser: with JavaScript and without."""

import secrets
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice

import pytest
from playwright.sync_api import Browser, BrowserContext

from imss_portal.demo.pila import Pila
from nss.demo import persona
from nss.sinteticos import people
from tests.recorridos.vigia import Vigia
from tests.recorridos.visitante import Abrir, Persona, Visitante

# The synthetic padrón of the stack, its last people first: other tests begin at the front.
PADRON, SEED, NUMBERED = 60, 1, 0.4
Elegir = Callable[[], Persona]


def _strangers(*, numbered: bool) -> Iterator[Persona]:
    everybody = list(islice(people(SEED, today=date.today()), PADRON))
    for one in reversed(everybody):
        if one.identidad.estatus.is_active and (one.suerte < NUMBERED) == numbered:
            yield with_new_mailbox(one.identidad.curp)


def with_new_mailbox(curp: str) -> Persona:
    return Persona(curp=curp, correo=f"alumna-{secrets.token_hex(3)}@example.org")


@pytest.fixture(scope="session")
def sin_numero() -> Elegir:
    """Choose somebody, never the same, whom the portal will have to assign a number."""
    chosen = _strangers(numbered=False)
    return lambda: next(chosen)


@pytest.fixture(scope="session")
def con_numero() -> Elegir:
    """Choose somebody, never the same, who has a number already."""
    chosen = _strangers(numbered=True)
    return lambda: next(chosen)


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
