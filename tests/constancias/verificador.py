"""The offline page in a browser without network, one reading at a time."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from constancias import base45
from tests.conftest import CHROMIUM
from tests.constancias.credenciales import others, token

SEEN = "#respuesta:not([hidden])"
EACH = """async (texts) => {
  const [panel, typed, form] = ["respuesta", "pegado", "texto"].map((id) => document.getElementById(id));
  const answers = [];
  for (const text of texts) {
    panel.hidden = true;
    typed.value = text;
    form.requestSubmit();
    while (panel.hidden) await new Promise((next) => setTimeout(next));
    answers.push([panel.dataset.respuesta, panel.querySelector(".datos") !== null]);
  }
  return answers;
}"""
PROGRAM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


class Verificador:
    """One open copy of the page; each method reads once and returns the answer's name."""

    def __init__(self, page: Page, folder: Path):
        self.page, self.folder = page, folder

    def text(self, text: str) -> str:
        self.page.fill("#pegado", text)
        self.page.click("text=Verificar el texto")
        return self.answer()

    def texts(self, texts: list[str]) -> list[tuple[str, bool]]:
        """Many texts through the same form; each answer's name and whether it showed any field."""
        return [tuple(answer) for answer in self.page.evaluate(EACH, texts)]

    def picture(self, image: Image.Image | Path) -> str:
        path = image if isinstance(image, Path) else self.folder / "qr.png"
        if isinstance(image, Image.Image):
            image.save(path)
        self.page.set_input_files("#imagen", path)
        return self.answer()

    def answer(self) -> str:
        """The name of the answer; what is on the page is left for the test to read."""
        name = self.page.locator(SEEN).get_attribute("data-respuesta")
        self.page.evaluate("document.getElementById('respuesta').hidden = true")
        return name

    def shown(self) -> dict[str, str]:
        read = "nodes => nodes.map(n => [n.children[0].textContent, n.children[1].textContent])"
        return dict(self.page.eval_on_selector_all("#respuesta .datos > div", read))


@contextmanager
def offline_page(browser: Browser, html: str, folder: Path) -> Iterator[Verificador]:
    """Open a copy kept in a file; fail if it asked for anything or complained of anything."""
    path, asked = folder / "verificador.html", []
    path.write_text(html)
    context = browser.new_context(locale="es-MX")
    context.set_default_timeout(15_000)  # ms
    tab = context.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda fault: asked.append(f"fault: {fault}"))
    tab.on("console", lambda line: asked.append(f"console: {line.text}"))
    context.set_offline(True)
    try:
        tab.goto(path.as_uri())
        tab.locator("body[data-lista]").wait_for()
        yield Verificador(tab, folder)
    finally:
        context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def mutations(amount: int) -> list[str]:
    """One character changed, in order over the whole text; then lost, doubled and mixed."""
    chance = random.Random(11)
    text, another = token(), token(nss="12345678903", nombre="OTRA PERSONA")
    half = len(text) // 2
    changed = [text[:half] + another[half:], another[:half] + text[half:], text[:-3], text[5:]]
    for number in range(amount - len(changed)):
        place = number * len(text) // amount
        other = chance.choice(others(text[place], base45.ALPHABET))
        changed.append(text[:place] + other + text[place + 1 :])
    return changed


def in_own_browser(use: Callable[[Page], object], *flags: str) -> object:
    """Return `use(tab)` of a browser started with these flags.

    In a thread of its own: Playwright's loop of the session's browser may hold
    this one, and the database does not work under it.
    """
    answers: list[object] = []

    def look() -> None:
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=PROGRAM, args=[*flags, *sandbox])
            answers.append(use(browser.new_page()))
            browser.close()

    thread = Thread(target=look)
    thread.start()
    thread.join(120)  # s
    (answer,) = answers
    return answer
