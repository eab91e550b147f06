"""A page as a student's browser sees it: forms with their fields, links, marks, text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]
VOID_TEXT = ("script", "style", "title")


@dataclass(slots=True)
class Formulario:
    """A form and what it would send: hidden and filled fields, the choices it offers."""

    id: str
    action: str
    method: str
    campos: dict[str, str] = field(default_factory=dict)
    opciones: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # (value, text)
    botones: list[tuple[str, str, str]] = field(default_factory=list)  # (name, value, text)

    def boton(self, words: str) -> tuple[str, str]:
        """Return name and value of the button whose text, name or value holds `words`.

        Raises
            LookupError: the form has no such button.
        """
        for name, value, text in self.botones:
            if words.lower() in f"{name} {value} {text}".lower():
                return name, value
        raise LookupError(f"El formulario {self.id} no tiene el botón «{words}»: {self.botones}")


@dataclass(slots=True)
class Pagina:
    """What came back: the address it came from at the end of the redirects, and its parts."""

    url: str
    status: int
    formularios: dict[str, Formulario] = field(default_factory=dict)
    elementos: list[tuple[str, Attributes]] = field(default_factory=list)
    texto: str = ""

    def marca(self, name: str) -> str | None:
        """Return the first `data-NAME` of the page."""
        key = f"data-{name}"
        return next((attrs[key] for _, attrs in self.elementos if key in attrs), None)

    def liga(self, name: str, value: str | None = None) -> str | None:
        """Return the address of the first link marked `data-NAME`, with that value if one is given."""
        key = f"data-{name}"
        for tag, attrs in self.elementos:
            if tag == "a" and key in attrs and value in {None, attrs[key]}:
                return attrs.get("href")
        return None

    def formulario(self, form_id: str) -> Formulario:
        if form_id not in self.formularios:
            raise LookupError(f"{self.url} no tiene {form_id}; dice: {self.resumen()}")
        return self.formularios[form_id]

    def resumen(self) -> str:
        return " ".join(self.texto.split())[:600]


class _Lector(HTMLParser):
    """Fills a Pagina from its HTML."""

    def __init__(self, pagina: Pagina) -> None:
        super().__init__()
        self.pagina = pagina
        self.form: Formulario | None = None
        self.select: str | None = None
        self.option: tuple[str, bool] | None = None
        self.button: Attributes | None = None
        self.words: list[str] = []
        self.muted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.pagina.elementos.append((tag, given))
        self.muted += tag in VOID_TEXT
        if tag == "form":
            self._open_form(given)
        elif tag in {"input", "textarea"}:
            self._field(given)
        elif tag == "select" and self.form:
            self.select = given.get("name", "")
            self.form.opciones[self.select] = []
        elif tag == "option":
            self._close_option()
            self.option, self.words = (given.get("value", ""), "selected" in given), []
        elif tag == "button":
            self.button, self.words = given, []

    def _open_form(self, given: Attributes) -> None:
        method = given.get("method", "get").lower()
        self.form = Formulario(given.get("id", ""), given.get("action", ""), method)
        self.pagina.formularios[self.form.id] = self.form

    def _field(self, given: Attributes) -> None:
        name, value, kind = given.get("name", ""), given.get("value", ""), given.get("type", "text")
        if not self.form or not name:
            return
        if kind in {"submit", "image"}:
            self.form.botones.append((name, value, value))
        elif kind in {"radio", "checkbox"}:
            self.form.opciones.setdefault(name, []).append((value, given.get("id", "")))
            if "checked" in given:
                self.form.campos[name] = value
        else:
            self.form.campos[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID_TEXT:
            self.muted -= 1
        elif tag == "form":
            self.form = None
        elif tag == "option":
            self._close_option()
        elif tag == "select":
            self._close_option()
            self.select = None
        elif tag == "button" and self.button is not None and self.form:
            text = " ".join("".join(self.words).split())
            if self.button.get("type", "submit") == "submit":
                found = (self.button.get("name", ""), self.button.get("value", ""), text)
                self.form.botones.append(found)
            self.button = None

    def _close_option(self) -> None:
        if self.option is None or self.form is None or self.select is None:
            return
        (value, chosen), text = self.option, " ".join("".join(self.words).split())
        self.form.opciones[self.select].append((value, text))
        if chosen or self.select not in self.form.campos:
            self.form.campos[self.select] = value
        self.option = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if not self.muted:
            self.pagina.texto += data + " "


def leer(*, url: str, status: int, html: str) -> Pagina:
    """Return the page of some HTML."""
    pagina = Pagina(url, status)
    _Lector(pagina).feed(html)
    return pagina
