"""The challenge by eye, by ear and by work: understood by who asked for it, and once only."""

import random
import threading
from datetime import timedelta

import pytest
from captcha.models import CaptchaStore
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connection
from django.test import Client

from comun import captcha, checks, limites, reloj, tasks, trabajo, voz
from comun.models import Trabajo
from tests.comun.oido import Oido
from tests.trabajo import solve

REPLAYS = 1_000
ANYWHERE = "127.0.0.1"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def easy(settings):
    """Little work and empty counters: the rules are the same."""
    settings.TRABAJO_BITS = 5
    cache.clear()


@pytest.fixture
def browser():
    """A session that is kept, as a browser's is."""
    session = SessionStore()
    session.create()
    return session


def word(key):
    return CaptchaStore.objects.get(hashkey=key).challenge


def ask(session, address=ANYWHERE):
    return trabajo.issue(session, address=address, now=reloj.now())


# --- the ear --------------------------------------------------------------------------


def test_ear_knows_the_letters_by_recordings_of_other_voices():
    chance = random.Random(7)
    ear = Oido()
    for _ in range(9):
        alphabet = chance.sample(captcha.ALPHABET, len(captcha.ALPHABET))
        for at in range(0, len(alphabet), 5):
            learnt = "".join(alphabet[at : at + 5])
            ear.learn(learnt, voz.recording(learnt, voz.Habla.by_chance(chance)))
    right = asked = 0
    for _ in range(30):
        said = "".join(chance.choice(captcha.ALPHABET) for _ in range(captcha.LENGTH))
        heard = ear.hear(voz.recording(said, voz.Habla.by_chance(chance)))
        assert len(heard) == len(said)
        asked += len(said)
        right += sum(one == other for one, other in zip(said, heard, strict=True))
    assert right / asked >= 0.9


def test_every_character_of_the_alphabet_has_its_own_name():
    names = {voz.spelling(character) for character in captcha.ALPHABET}
    assert len(names) == len(captcha.ALPHABET)
    assert voz.spelling("N")[:2] == ("ene", "mayúscula")
    assert voz.spelling("a")[:2] == ("a", "minúscula")
    assert voz.spelling("7") == ("siete",)


def test_longest_recording_fits_and_the_same_voice_is_the_same_bytes():
    slow = voz.Habla("es-419+m3", rapidez=125, tono=50, pausa=900, ruido=6, suave=0.7, semilla=1)
    wav = voz.recording("YYYYY", slow)
    assert 50_000 < len(wav) <= voz.LONGEST
    assert wav == voz.recording("YYYYY", slow)
    assert min(wav[44:]) > 0
    assert max(wav[44:]) < 255


def test_audio_is_of_this_browser_and_never_twice_the_same():
    client, other = Client(), Client()
    key = client.get("/asignacion-nss/").context["imagen"]
    url = f"/captcha/audio/{key}.wav"
    one, two = client.get(url), client.get(url)
    assert (one.status_code, one["Content-Type"]) == (200, "audio/wav")
    assert "no-store" in one["Cache-Control"]
    assert one.content != two.content
    assert other.get(url).status_code == 410
    assert other.get(f"/captcha/image/{key}/").status_code == 410
    assert client.get(f"/captcha/image/{key}/")["Content-Type"] == "image/png"


def test_player_that_asks_by_parts_hears_one_recording():
    client = Client()
    url = f"/captcha/audio/{client.get('/asignacion-nss/').context['imagen']}.wav"
    whole = client.get(url, headers={"Range": "bytes=0-"})
    part = client.get(url, headers={"Range": "bytes=100-199"})
    assert (whole.status_code, part.status_code) == (206, 206)
    assert part.content == whole.content[100:200]
    assert part["Content-Range"] == f"bytes 100-199/{len(whole.content)}"
    assert client.get(url, headers={"Range": "bytes=9-1"}).status_code == 200


def test_audio_of_a_burnt_or_old_challenge_is_gone():
    client = Client()
    key = client.get("/asignacion-nss/").context["imagen"]
    CaptchaStore.objects.filter(hashkey=key).update(expiration=reloj.now() - timedelta(seconds=1))
    assert client.get(f"/captcha/audio/{key}.wav").status_code == 410
    assert client.get("/captcha/audio/nada.wav").status_code == 410


def test_recordings_of_one_challenge_are_counted(monkeypatch):
    client = Client()
    url = f"/captcha/audio/{client.get('/asignacion-nss/').context['imagen']}.wav"
    monkeypatch.setattr("comun.views_captcha.PER_CHALLENGE", 2)
    assert [client.get(url).status_code for _ in range(3)] == [200, 200, 429]


def test_without_the_voice_the_page_offers_no_audio(monkeypatch):
    monkeypatch.setattr(voz, "PROGRAM", "no-hay-tal-programa")
    voz.available.cache_clear()
    try:
        page = Client().get("/asignacion-nss/")
        assert page.status_code == 200
        assert "<audio" not in page.content.decode()
        assert "Por ahora no hay audio" in page.content.decode()
        assert "trabajo" in page.content.decode()
        assert [advice.id for advice in checks.voice_is_there(None)] == ["comun.W001"]
        assert Client().get("/captcha/audio/x.wav").status_code == 410
    finally:
        voz.available.cache_clear()


def test_voice_that_fails_is_a_503(monkeypatch):
    client = Client()
    key = client.get("/asignacion-nss/").context["imagen"]
    monkeypatch.setattr(voz, "PROGRAM", "no-hay-tal-programa")
    answer = client.get(f"/captcha/audio/{key}.wav")
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert "Por ahora no hay audio" in answer.content.decode()


# --- work -----------------------------------------------------------------------------


def test_work_done_is_accepted_and_less_is_not(browser):
    asked = ask(browser)
    assert trabajo.consume(browser, asked.reto, solve(asked.reto, asked.bits))
    for wrong in ("", "1", ",".join("1" * 15), ",".join("1" * 17), "a" * 31, "1," * 16):
        assert not trabajo.solves(asked.reto, bits=1, solution=wrong)
    assert not trabajo.solves(asked.reto, bits=20, solution=solve(asked.reto, asked.bits))


def test_work_is_burnt_by_a_wrong_answer(browser):
    asked = ask(browser)
    right = solve(asked.reto, asked.bits)
    assert not trabajo.consume(browser, asked.reto, "0")
    assert not trabajo.consume(browser, asked.reto, right)
    assert not Trabajo.objects.filter(reto=asked.reto).exists()


def test_work_of_another_browser_or_of_yesterday_is_refused(browser):
    asked, old = ask(browser), ask(browser)
    thief = SessionStore()
    assert not trabajo.consume(thief, asked.reto, solve(asked.reto, asked.bits))
    Trabajo.objects.filter(reto=old.reto).update(vence=reloj.now() - timedelta(seconds=1))
    assert not trabajo.consume(browser, old.reto, solve(old.reto, old.bits))
    assert trabajo.consume(browser, asked.reto, solve(asked.reto, asked.bits))


def test_a_key_of_one_kind_opens_no_other(browser):
    asked = ask(browser)
    assert not captcha.consume(browser, asked.reto, str(asked.bits))
    key = captcha.issue(browser)
    assert not trabajo.consume(browser, key, solve(key, asked.bits))
    assert captcha.consume(browser, key, "x") is False


def test_one_browser_gets_few_challenges_an_hour(browser):
    for _ in range(trabajo.PER_SESSION):
        ask(browser)
    with pytest.raises(trabajo.TrabajoAgotado):
        ask(browser)
    browser[trabajo._ASKED] = [stamp - trabajo.HOUR for stamp in browser[trabajo._ASKED]]
    assert ask(browser).bits == 5


def test_page_says_that_the_hour_is_used_up():
    client = Client()
    answers = [client.post("/captcha/trabajo/") for _ in range(trabajo.PER_SESSION + 1)]
    assert [answer.status_code for answer in answers] == [200] * trabajo.PER_SESSION + [429]
    assert "Usa la imagen o el audio" in answers[-1].json()["mensaje"]
    assert set(answers[0].json()) == {"reto", "bits", "partes"}
    assert client.get("/captcha/trabajo/").status_code == 405


def test_an_address_that_asks_much_works_more_and_is_never_locked_out(monkeypatch):
    monkeypatch.setattr(trabajo, "PER_ADDRESS", 3)
    bits = [ask(SessionStore(), "203.0.113.5").bits for _ in range(20)]
    assert bits == [5] * 3 + [6] * 3 + [7] * 3 + [8] * 3 + [9] * 8
    assert ask(SessionStore(), "203.0.113.6").bits == 5


def test_without_the_cache_the_work_is_more_and_the_door_open(settings, browser):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "unix:///nonexistent/valkey.sock",
        }
    }
    assert limites.times("trabajo", ANYWHERE, seconds=60) is None
    assert ask(browser).bits == 5 + trabajo.UNCOUNTED


def test_counters_keep_no_address():
    assert limites.times("prueba", "203.0.113.77", seconds=60) == 1
    assert limites.times("prueba", "203.0.113.77", seconds=60) == 2
    raw = cache._cache.get_client().keys("*")
    assert raw
    assert not any(b"203.0.113.77" in key for key in raw)


# --- replays --------------------------------------------------------------------------


def test_of_a_thousand_replays_none_is_accepted(browser):
    key, asked = captcha.issue(browser), ask(browser)
    heard = captcha.issue(browser)
    read, solved = word(key), solve(asked.reto, asked.bits)
    listened = captcha.word_of(browser, heard)
    doors = (
        lambda: captcha.consume(browser, key, read),
        lambda: captcha.consume(browser, heard, listened),
        lambda: trabajo.consume(browser, asked.reto, solved),
    )
    before = dict(browser.items())
    assert [door() for door in doors] == [True] * 3
    accepted = 0
    for n in range(REPLAYS):
        browser.update(before)  # as a robot that keeps its old cookie and session would
        accepted += doors[n % 3]()
    assert accepted == 0


@pytest.mark.django_db(transaction=True)
def test_of_twenty_at_once_one_is_accepted():
    session = SessionStore()
    asked = ask(session)
    solved, before = solve(asked.reto, asked.bits), dict(session.items())
    gate, results = threading.Barrier(20), []

    def answer():
        mine = SessionStore()
        mine.update(before)
        gate.wait()
        results.append(trabajo.consume(mine, asked.reto, solved))
        connection.close()

    threads = [threading.Thread(target=answer) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False] * 19 + [True]


def test_sweep_forgets_what_expired(browser):
    asked, key = ask(browser), captcha.issue(browser)
    past = reloj.now() - timedelta(seconds=1)
    Trabajo.objects.update(vence=past)
    CaptchaStore.objects.update(expiration=past)
    tasks.barrer()
    assert not Trabajo.objects.filter(reto=asked.reto).exists()
    assert not CaptchaStore.objects.filter(hashkey=key).exists()
