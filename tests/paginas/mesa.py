"""What a hand does in a case: go, come in as somebody, fill a form, press."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page

from tests.paginas.mirada import Mirada
from tests.paginas.sala import Sala
from tests.personal.entrada import proved
from tramites.models import Solicitud
from tramites.pasos.acceso import BEGUN, OPEN

# Fills by name and sends, without asking the browser's own checks: the server's are looked at.
SEND = """([id, fields, button]) => {
  const form = document.getElementById(id);
  form.noValidate = true;
  for (const [name, value] of Object.entries(fields)) {
    if (!form.elements[name]) {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      form.append(input);
    }
    const field = form.elements[name];
    if (field.options) field.add(new Option(value, value)); // also what the list does not offer
    field.value = value;
  }
  form.requestSubmit(button ? form.querySelector(button) : null);
}"""


@dataclass(frozen=True, slots=True)
class Mesa:
    """A browser and the people of the test; every verb waits for its page."""

    mirada: Mirada
    sala: Sala

    @property
    def page(self) -> Page:
        return self.mirada.page

    def ir(self, path: str) -> None:
        self.page.goto(self.mirada.address(path))

    def entrar(self, row: Solicitud) -> None:
        """Give this browser the session of somebody who proved their mailbox."""
        self.sesion({OPEN: str(row.pk)})

    def empezar(self, row: Solicitud) -> None:
        """Give it the session of somebody who sent Paso 1."""
        self.sesion({BEGUN: str(row.pk)})

    def personal(self, user: User) -> None:
        """Give it the session of somebody of the staff who proved both steps."""
        auth = {"_auth_user_id": str(user.pk), "_auth_user_hash": user.get_session_auth_hash()}
        auth["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
        self.sesion({**auth, **proved(user)})

    def sesion(self, kept: dict[str, object]) -> None:
        store = SessionStore()
        store.update(kept)
        store.save()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": store.session_key or ""}
        self.mirada.context.add_cookies([{**cookie, "url": self.mirada.base}])

    def enviar(self, form: str, boton: str = "", **campos: str) -> None:
        self.navega(lambda: self.page.evaluate(SEND, [form, campos, boton]))

    def presiona(self, name: str) -> None:
        """Press the button or link of that name, and wait for the page it leads to."""
        main = self.page.get_by_role("main")
        found = main.get_by_role("button", name=name, exact=True)
        target = found if found.count() else main.get_by_role("link", name=name, exact=True)
        self.navega(target.last.click)

    def navega(self, act: Callable[[], object]) -> None:
        with self.page.expect_navigation():
            act()
