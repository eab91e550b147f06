"""The limit of one address: what is beyond it keeps its words, and a school fits through."""

import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import RequestFactory

from comun import limites, reloj
from comun.models import Bitacora
from imss_portal import settings as real
from tests.tramites.escena import CORREO, LINK, MINE, PASO1, WAIT
from tests.tramites.visita import Visita, answer
from tramites.models import Solicitud
from tramites.pases import TIMES, Pase
from tramites.pasos import puerta
from tramites.pasos.puerta import PASS, limited

CURP = "LORA070514MGRPVNA4"
SCHOOL, HOME = "203.0.113.5", "198.51.100.7"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _real_limits(settings):
    settings.LIMITE_MINUTO, settings.LIMITE_HORA = real.LIMITE_MINUTO, real.LIMITE_HORA
    settings.DEMO = False  # the demo serves its own machine only
    cache.clear()
    limites._local.clear()


class Clock:
    """The counters of the cache, by a clock that the test moves: windows that really end."""

    def __init__(self):
        self.now, self.kept = 0.0, {}

    def add(self, key, value, seconds):
        if self.kept.get(key, (0, -1.0))[1] <= self.now:
            self.kept[key] = (value, self.now + seconds)

    def incr(self, key):
        count, ends = self.kept[key]
        self.kept[key] = (count + 1, ends)
        return count + 1


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(limites, "cache", made)
    return made


@pytest.fixture
def pase() -> Pase:
    return Pase("abc", "CETIS 26", reloj.now() + timedelta(hours=4))


@limited("captura")
def view(request):
    return HttpResponse("pasa")


def send(address, pase=None) -> int:
    request = RequestFactory().post(PASO1, {"curp": CURP}, REMOTE_ADDR=address)
    request.session = {}
    if pase:
        request.COOKIES[PASS] = pase.signed()
    return view(request).status_code


def test_the_limits_are_those_of_the_issue():
    assert (real.LIMITE_MINUTO, real.LIMITE_HORA) == (60, 600)


def test_sixty_a_minute_and_the_next_minute_again(clock):
    assert [send(HOME) for _ in range(62)] == [200] * 60 + [429] * 2
    assert send(SCHOOL) == 200, "another address has its own"
    clock.now = 61
    assert send(HOME) == 200


def test_six_hundred_an_hour(clock):
    seen = []
    for n in range(700):
        clock.now = n * 5
        seen.append(send(HOME))
    assert seen == [200] * 600 + [429] * 100
    clock.now = 3601
    assert send(HOME) == 200


def test_three_hundred_students_in_fifty_minutes_behind_one_address(clock):
    """One in two needs a second try; without a pass, at their own pace: nobody is stopped."""
    blocked = 0
    for n in range(300):
        for late in range(1 + n % 2):
            clock.now = n * 10 + late * 4
            blocked += send(SCHOOL) != 200
    assert blocked == 0


def test_three_hundred_students_at_the_word_of_the_teacher(clock, pase):
    """All within two minutes, each with a second try: the pass lets them, and only it does."""
    blocked = {"sin pase": 0, "con pase": 0}
    for n in range(600):
        clock.now = n * 0.2
        blocked["sin pase"] += send(HOME) != 200
        blocked["con pase"] += send(SCHOOL, pase) != 200
    assert blocked == {"sin pase": 480, "con pase": 0}


def test_a_pass_that_everybody_uses_is_worth_ten_and_then_its_address(clock, pase):
    seen = [send(f"203.0.113.{n % 250}", pase) for n in range(60 * TIMES)]
    assert set(seen) == {200}
    assert [send(HOME, pase) for _ in range(61)] == [200] * 60 + [429]


@pytest.mark.parametrize("text", ["", "x", "abc:def:ghi", "ñ"])
def test_a_made_up_pass_is_none(clock, text):
    request = RequestFactory().post(PASO1, REMOTE_ADDR=HOME)
    request.COOKIES[PASS] = text
    assert puerta.pass_of(request) is None


def test_a_pass_ends(pase):
    text = pase.signed()
    assert Pase.read(text, now=pase.hasta - timedelta(seconds=1)) is not None
    assert Pase.read(text, now=pase.hasta) is None
    assert Pase.read(text[:-1] + ("A" if text[-1] != "A" else "B"), now=reloj.now()) is None


def test_without_the_cache_the_limit_stands_in_each_process(settings):
    away = {"BACKEND": "django.core.cache.backends.redis.RedisCache"}
    settings.CACHES = {"default": {**away, "LOCATION": "unix:///nonexistent/valkey.sock"}}
    assert [send(HOME) for _ in range(62)] == [200] * 60 + [429] * 2


# --- as pages -----------------------------------------------------------------------------------


@pytest.fixture
def one_a_minute(settings):
    settings.DEMO, settings.LIMITE_MINUTO = True, 1


@pytest.mark.usefixtures("one_a_minute")
def test_what_was_typed_comes_back_and_goes_through_later(settings):
    browser = Visita()
    browser.post(PASO1, {"curp": "x"})
    form = browser.get(PASO1).form("form-captura")
    page = browser.send_capture(form, curp=CURP, correo=CORREO)
    assert page.status == 429
    assert page.response["Retry-After"] == "60"
    assert "Espera 60 segundos" in page.text
    assert "pase escolar" in page.text
    kept = page.form("form-reintentar")
    assert (kept["curp"], kept["correo"]) == (CURP, CORREO)
    assert kept["captcha"] == answer(form["captcha_llave"]), "the image was not spent"
    assert not Solicitud.objects.exists()
    settings.LIMITE_MINUTO = 100
    assert browser.post(PASO1, kept).url == WAIT


@pytest.mark.usefixtures("one_a_minute")
@pytest.mark.parametrize(
    "path",
    [PASO1, WAIT, f"{WAIT}reenviar/", f"{WAIT}correo/", LINK, f"{LINK}nueva/", f"{MINE}acta/"],
)
def test_every_form_that_guesses_or_brings_a_mail_has_the_door(path):
    browser = Visita()
    browser.post(path)
    assert browser.post(path).status == 429
    assert browser.get(PASO1).status == 200, "looking is free"


@pytest.mark.usefixtures("one_a_minute")
def test_buttons_that_only_change_the_page_are_not_counted():
    browser = Visita()
    for _ in range(3):
        assert browser.post(PASO1, {"accion": "otra_imagen"}).status == 200


def test_opening_the_link_marks_the_machine_and_the_form_says_so(settings, pase):
    settings.DEMO = True
    browser = Visita()
    page = browser.get(f"/pase/{pase.signed()}")
    assert page.status == 200
    assert "CETIS 26" in page.text
    assert "pase escolar de CETIS 26" in browser.get(PASO1).text
    assert PASS not in Visita().get(PASO1).response.cookies


def test_looking_by_head_marks_nothing(settings, pase):
    settings.DEMO = True
    browser = Visita()
    assert browser.head(f"/pase/{pase.signed()}").status_code == 200
    assert PASS not in browser.client.cookies


def test_a_pass_that_is_over_is_a_page_that_says_so(settings):
    settings.DEMO = True
    old = Pase("abc", "CETIS 26", reloj.now() - timedelta(hours=1))
    page = Visita().get(f"/pase/{old.signed()}")
    assert page.status == 410
    assert "ya no sirve" in page.text
    assert PASS not in page.response.cookies


def test_operators_make_the_link_and_the_chain_knows():
    said = io.StringIO()
    call_command("pase_escolar", "  CETIS   26 ", "--horas", "3", stdout=said)
    text = said.getvalue().split("/pase/")[1].split()[0]
    made = Pase.read(text, now=reloj.now())
    assert made.escuela == "CETIS 26"
    assert timedelta(hours=2) < made.hasta - reloj.now() < timedelta(hours=3)
    assert Bitacora.objects.get(accion="pase.creado").objeto == f"pase:{made.clave}"


@pytest.mark.parametrize(
    "arguments", [[" "], ["x" * 61], ["CETIS", "--horas", "0"], ["CETIS", "--horas", "337"]]
)
def test_a_pass_without_name_or_without_end_is_not_made(arguments):
    with pytest.raises(CommandError):
        call_command("pase_escolar", *arguments)
