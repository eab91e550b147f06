"""The portal in this process with its real static files, one browser, and who looks at each page."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from django.forms import BaseForm
from django.test import override_settings
from django.test.signals import template_rendered
from playwright.sync_api import Browser

from comun import reloj
from constancias import llaves
from imss_portal import fuentes
from imss_portal import settings as real
from imss_portal.demo.estaticos import is_current, mark_current
from tests.conftest import WORKER
from tests.paginas.mesa import Mesa
from tests.paginas.mirada import NARROW, WIDE, Exigencia, Mirada
from tests.paginas.registro import Caso
from tests.paginas.sala import Sala
from tests.tramites import escena

MAIL = Path(__file__).with_name("correo.eml")


class Silent(WSGIRequestHandler):
    """Django's own, that writes no log line per request."""

    def log_message(self, *_: object) -> None:
        return


@dataclass
class Visto:
    """What the server rendered while pages were looked at, in this process and in the others."""

    carpeta: Path
    plantillas: set[str] = field(default_factory=set)
    errores: set[tuple[str, str]] = field(default_factory=set)  # form and field
    ahora: set[str] = field(default_factory=set)  # templates since the case began
    errores_ahora: set[tuple[str, str]] = field(default_factory=set)
    formas: set[frozenset[str]] = field(default_factory=set)

    def note(self, template, context, **_: object) -> None:
        self.plantillas.add(template.name or "")
        self.ahora.add(template.name or "")
        for value in context.flatten().values():
            if isinstance(value, BaseForm) and value.is_bound and value.errors:
                found = {(type(value).__name__, name) for name in value.errors}
                self.errores |= found
                self.errores_ahora |= found

    def begin(self) -> None:
        self.ahora.clear()
        self.errores_ahora.clear()

    def tell(self, caso: Caso) -> None:
        """Leave what this case rendered where the other processes of the run find it."""
        note = {"plantillas": sorted(self.ahora), "errores": sorted(self.errores_ahora)}
        draft = self.carpeta / f"{caso.nombre}.{WORKER}"
        draft.write_text(json.dumps(note))
        draft.replace(self.carpeta / caso.nombre)

    def learn(self, caso: Caso) -> bool:
        """Take what any process saw of this case; say if one did."""
        try:
            note = json.loads((self.carpeta / caso.nombre).read_text())
        except FileNotFoundError:
            return False
        self.plantillas |= set(note["plantillas"])
        self.errores |= {(form, name) for form, name in note["errores"]}
        return True

    def anchos(self, javascript: bool) -> tuple[int, ...]:
        """Return at which widths axe looks: all is seen narrow, each make-up also wide.

        axe answers by promises, and without JavaScript none is kept.
        """
        if not javascript:
            return ()
        form = frozenset(self.ahora)
        known = form in self.formas
        self.formas.add(form)
        return (NARROW,) if known else (NARROW, WIDE)


@pytest.fixture(scope="package")
def visto(tmp_path_factory) -> Iterator[Visto]:
    base = tmp_path_factory.getbasetemp()
    notes = (base.parent if WORKER else base) / "vistas"
    notes.mkdir(exist_ok=True)
    seen = Visto(notes)
    template_rendered.connect(seen.note)
    yield seen
    template_rendered.disconnect(seen.note)


@pytest.fixture(scope="package")
def ajustes(request, tmp_path_factory) -> Iterator[None]:
    """The static files as they are served for real: collected, named by digest, compressed."""
    folder = tmp_path_factory.mktemp("paginas")
    collected = Path(request.config.cache.mkdir(f"estaticos{WORKER}"))
    fonts = collected.with_name("fuentes")
    fuentes.make(fonts)
    (folder / "buzon").mkdir()
    (folder / "buzon" / "1700000000000000000-1.eml").write_bytes(MAIL.read_bytes())
    changes = {
        "STATIC_ROOT": str(collected),
        "STATICFILES_DIRS": [*real.STATICFILES_DIRS, fonts],
        "STORAGES": real.STORAGES,
        "FUENTES": fuentes.is_made(fonts),
        "LLAVE_SELLO": str(folder / "sello.pem"),
        "DOCUMENTOS_DIR": str(folder / "documentos"),
        "BUZON_DIR": str(folder / "buzon"),
    }
    with override_settings(**changes):
        if not is_current(collected, fonts):
            call_command("collectstatic", interactive=False, verbosity=0)
            mark_current(collected, fonts)
        yield


@pytest.fixture(scope="package")
def sala(ajustes, django_db_setup, django_db_blocker) -> Iterator[Sala]:
    """Rows that the server sees: committed, and gone when the last page was looked at."""
    with django_db_blocker.unblock():
        llaves.create(now=reloj.now())
        call_command("cargar_fichas", "--aplicar", verbosity=0)
        escena.catalogue()
        yield Sala()
        cache.clear()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="package")
def portal(sala) -> Iterator[str]:
    """Serve, and return the address; each connection is a thread with its own of the database."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Silent, connections_override=None)
    base = f"http://127.0.0.1:{server.server_port}"
    with override_settings(URL_PORTAL=base):
        server.set_app(WSGIHandler())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield base
        server.shutdown()
        server.server_close()
        thread.join()
        connections.close_all()


Mirar = Callable[..., list[str]]


@contextmanager
def watching(browser: Browser, base: str, *, javascript: bool) -> Iterator[Mirada]:
    context = browser.new_context(
        java_script_enabled=javascript, locale="es-MX", viewport={"width": WIDE, "height": 800}
    )
    context.set_default_timeout(6_000)  # ms
    looking = Mirada(context, base, javascript=javascript)
    looking.page.goto(base, wait_until="networkidle")
    looking.comunes = set(looking.hoja.pedidas)
    yield looking
    context.close()


@pytest.fixture(scope="package")
def miradas(navegador, portal) -> Iterator[dict[bool, Mirada]]:
    """The one browser with JavaScript, and the one without."""
    with ExitStack() as stack:
        yield {
            javascript: stack.enter_context(watching(navegador, portal, javascript=javascript))
            for javascript in (True, False)
        }


@pytest.fixture(scope="package")
def mirar(miradas, sala, visto) -> Mirar:
    """Open a case and return its faults; what was looked at once is not opened again."""
    known: dict[tuple[str, bool], list[str]] = {}

    def look(caso: Caso, *, javascript: bool = True) -> list[str]:
        key = (caso.nombre, javascript)
        if key not in known:
            known[key] = _look(caso, miradas[javascript], sala, visto)
        return known[key]

    return look


def _look(caso: Caso, mirada: Mirada, sala: Sala, visto: Visto) -> list[str]:
    mirada.begin()
    visto.begin()
    cache.clear()
    try:
        caso.abre(Mesa(mirada, sala))
        mirada.settle()
        facts = {
            name: getattr(caso, name)
            for name in ("estado", "en_linea", "ajena", "muestra", "avisa")
        }
        found = mirada.faults(Exigencia(**facts, anchos=visto.anchos(mirada.javascript)))
        visto.tell(caso)
    finally:
        sala.rest()
        mirada.page.set_viewport_size({"width": WIDE, "height": 800})
    absent = set(caso.claves) - mirada.claves if mirada.javascript else set()
    return [*found, *(f"mapa: nunca pidió {key}" for key in sorted(absent))]


@pytest.fixture
def _django_db_helper(sala) -> None:
    """In place of pytest-django's: no transaction around a test, the server has to see the rows."""
