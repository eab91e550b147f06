"""The screens of one printed guide, in its order; each is read, and kept as a picture if asked."""

import os
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

# Where the pictures of docs/pantallas.md go (`make pantallas`); "": none is taken.
KEPT = "PANTALLAS_DIR"


@dataclass(frozen=True, slots=True)
class Pantalla:
    """One screen: its number in the guide and the words of the guide that ours bears too."""

    clave: str
    palabras: tuple[str, ...]

    @property
    def imagen(self) -> str:
        return f"{self.clave}.png"


class Guia:
    """Turns the pages of a guide while somebody walks it."""

    def __init__(self, *pantallas: Pantalla) -> None:
        self.pantallas = pantallas
        self.seen: list[str] = []

    def reads(self, page: Page, clave: str) -> None:
        """Assert that `page` bears the words of that screen, and keep its picture."""
        (screen,) = (one for one in self.pantallas if one.clave == clave)
        shown = " ".join((page.locator("body").text_content() or "").split()).casefold()
        missing = [words for words in screen.palabras if words.casefold() not in shown]
        assert missing == [], f"{clave} lacks {missing}"
        self.seen.append(clave)
        if folder := os.environ.get(KEPT):
            _keep(page, Path(folder) / screen.imagen)

    def walked(self, *before: str) -> None:
        """Assert that all screens were seen, in order; the ones `before` by another walk."""
        assert [*before, *self.seen] == [screen.clave for screen in self.pantallas]


def _keep(page: Page, picture: Path) -> None:
    """The caret is left alone: hiding it is an inline style, which the portal's policy refuses."""
    if not picture.exists():  # the walk without JavaScript comes second
        page.screenshot(path=picture, full_page=True, caret="initial")
