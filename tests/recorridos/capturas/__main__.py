"""Pictures of every page and state, to be looked at: `python -m tests.recorridos.capturas DIR`.

With JavaScript 360 and 1280 px wide and in forced colours (`con-js`), without it 360 px wide
(`sin-js`); both papers are kept beside them, what is printed as PDF, and the logs in `registros`.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from imss_portal.demo.opciones import Opciones
from imss_portal.demo.pila import Pila
from tests.conftest import CHROMIUM, QUIET, SEPOMEX
from tests.recorridos.capturas import sitio, tramite
from tests.recorridos.capturas.sesion import Sesion

WALKS = {
    "sitio": sitio.site,
    "inicio": tramite.begin,
    "localizado": tramite.located,
    "asignado": tramite.assigned,
    "inconcluso": tramite.stopped,
    "verificar": sitio.verifier,
}


def main(folder: Path, *names: str) -> None:
    """Take the pictures of these walks, or of all, into `folder`, with a portal of its own."""
    home = Path(tempfile.mkdtemp(prefix="capturas-"))
    stack = Pila(home, Opciones.de_pruebas(home, SEPOMEX))
    program = next(filter(None, map(shutil.which, CHROMIUM)))
    try:
        stack.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=program, args=[*QUIET, "--no-sandbox"]
            )
            for javascript in (True, False):
                session = Sesion(browser, stack, folder, javascript=javascript)
                for name in names or WALKS:
                    WALKS[name](session)
            browser.close()
    finally:
        shutil.copytree(home / "registros", folder / "registros", dirs_exist_ok=True)
        stack.discard()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
