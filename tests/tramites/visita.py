"""A browser without JavaScript over Django's client, that refuses bad HTML on every page."""

from html.parser import HTMLParser

from captcha.models import CaptchaStore
from django.test import Client

VOID = {"meta", "link", "img", "input", "br", "hr"}
SELF_CLOSED = {"path", "circle", "rect"}  # inside svg


class Documento(HTMLParser):
    """Reads a page and notes every fault a browser would forgive in silence."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.form: dict[str, str] | None = None
        self.forms: dict[str, dict[str, str]] = {}
        self.select = ""
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> never closed" for tag in self.open]
        self._check_ids()
        if "¡¡" in html:
            self.faults.append("a name the view did not send")

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.elements.append((tag, found))
        if len(found) != len(attrs):
            self.faults.append(f"<{tag}> repeats an attribute")
        self.faults += [f"<{tag}> has {a}" for a in found if a == "style" or a[:2] == "on"]
        if tag in {"style", "script"} and "src" not in found:
            self.faults.append(f"inline <{tag}>")
        if tag not in VOID:
            self.open.append(tag)
        self._note_form(tag, found)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in SELF_CLOSED:
            self.faults.append(f"<{tag}/> closed in itself")

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")
            return
        self.open.pop()
        if tag == "form":
            self.form = None

    def handle_data(self, data):
        self.text.append(data)

    def _note_form(self, tag, attrs):
        if tag == "form":
            self.form = self.forms.setdefault(attrs.get("id") or attrs["action"], {})
        elif self.form is not None and tag == "select":
            self.select = attrs["name"]
            self.form[self.select] = ""
        elif self.form is not None and tag == "option" and "selected" in attrs:
            self.form[self.select] = attrs["value"]
        elif self.form is not None and tag == "input" and attrs.get("type") != "radio":
            self.form[attrs["name"]] = attrs.get("value", "")

    def _check_ids(self):
        ids = [attrs["id"] for _, attrs in self.elements if "id" in attrs]
        self.faults += [f"id {name} twice" for name in set(ids) if ids.count(name) > 1]
        for tag, attrs in self.elements:
            for name in ("for", "aria-describedby", "aria-labelledby", "hx-target"):
                for wanted in attrs.get(name, "").split():
                    if wanted.lstrip("#") not in ids:
                        self.faults.append(f"<{tag} {name}> points to no {wanted}")
            href = attrs.get("href", "")
            if href.startswith("#") and href[1:] not in ids:
                self.faults.append(f"link to no {href}")
            if tag == "img" and "alt" not in attrs:
                self.faults.append("img without alt")


class Pagina:
    """One answer: its status, its text without blanks, its forms, its marks."""

    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        self.url = response.headers.get("Location", "")
        self.html = (
            response.content.decode() if "html" in response.headers.get("Content-Type", "") else ""
        )
        self.doc = Documento(self.html)
        assert self.doc.faults == [], self.doc.faults
        if self.html.startswith("<!DOCTYPE"):
            assert self.of("html")["lang"] == "es-MX"
            assert sum(tag == "h1" for tag, _ in self.doc.elements) == 1
        self.text = " ".join(" ".join(self.doc.text).split())

    def of(self, tag):
        return next(attrs for name, attrs in self.doc.elements if name == tag)

    def mark(self, name):
        """Return the value of the first data-… attribute, or None."""
        return next((a[f"data-{name}"] for _, a in self.doc.elements if f"data-{name}" in a), None)

    def form(self, name):
        return dict(self.doc.forms[name])

    @property
    def title(self):
        return self.html.partition("<title>")[2].partition("</title>")[0]

    def links(self):
        return [a["href"] for tag, a in self.doc.elements if tag == "a"]


class Visita:
    """One browser: it keeps its cookies and follows nothing by itself."""

    def __init__(self, *, csrf=False):
        self.client = Client(enforce_csrf_checks=csrf)

    @property
    def session(self):
        return self.client.session

    def get(self, url, data=None, *, htmx=False):
        return Pagina(self.client.get(url, data, headers=_htmx(htmx)))

    def head(self, url):
        return self.client.head(url)

    def post(self, url, data=None, *, htmx=False):
        return Pagina(self.client.post(url, data or {}, headers=_htmx(htmx)))

    def follow(self, page):
        """Go where the page sends, until a page stays."""
        while page.status == 303:
            page = self.get(page.url)
        return page

    def capture(self, *, curp, correo, again=None, typed=None, **extra):
        """Fill Paso 1 and send it; the image is read right unless `typed` says otherwise."""
        form = self.get("/asignacion-nss/").form("form-captura")
        return self.send_capture(form, curp=curp, correo=correo, again=again, typed=typed, **extra)

    def send_capture(self, form, *, curp, correo, again=None, typed=None, **extra):
        filled = form | {
            "curp": curp,
            "correo": correo,
            "correo_otra_vez": correo if again is None else again,
            "captcha": answer(form["captcha_llave"]) if typed is None else typed,
            **extra,
        }
        return self.post("/asignacion-nss/", filled)


def _htmx(on):
    return {"HX-Request": "true"} if on else {}


def answer(key):
    """Return what the image shows, or "" when it is burnt."""
    found = CaptchaStore.objects.filter(hashkey=key).first()
    return found.challenge if found else ""
