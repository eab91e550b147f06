"""Fifty browsers that arrived by one link press its button at the same instant."""

from collections import Counter

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from nss.values import Curp
from tests.nss.test_concurrencia import at_once
from tests.tramites.escena import LINK, MINE
from tests.tramites.visita import Visita
from tramites import rules
from tramites.models import Solicitud
from tramites.pasos.acceso import LINK as ARRIVED

PRESSES = 50


def browser_at(token: str) -> Visita:
    """A browser that opened the link and has its page before it."""
    store = SessionStore()
    store[ARRIVED] = rules.token_hash(token).hex()
    store.save()
    browser = Visita()
    browser.client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    return browser


def race(token: str, curp: Curp) -> Counter[str]:
    """Return how many presses ended in each way: "gana", "usada", or what else was seen."""

    def press(browser: Visita) -> str:
        page = browser.post(LINK, {"ultimos4": curp[-4:]})
        if page.url == MINE:
            return "gana"
        used = page.status == 410 and "Esta liga ya se usó" in page.text
        return "usada" if used else f"{page.status}: {page.title}"

    browsers = [browser_at(token) for _ in range(PRESSES)]
    return Counter(at_once(browsers, press, clients=PRESSES))


def rest_of(solicitud_id: object) -> tuple[int, int]:
    """Return its moves, and the browsers that hold it."""
    row = Solicitud.objects.get(pk=solicitud_id)
    return row.movimientos.count(), row.confirmaciones.exclude(enlace_usado_en=None).count()
