"""The captcha's voice heard by templates of other recordings, and its answers sent again."""

import random

import pytest
from django.contrib.sessions.backends.db import SessionStore

from comun import captcha, reloj, trabajo, voz
from tests.comun.oido import Oido
from tests.trabajo import solve

pytestmark = [pytest.mark.larga, pytest.mark.django_db, pytest.mark.timeout(900)]
LESSONS, WORDS, REPLAYS, SEED = 9, 200, 1_000, 7


def test_captcha_is_heard_and_never_replayed(medida):
    right = _heard(random.Random(SEED))
    tried = {kind: _replayed(kind) for kind in ("imagen", "audio", "trabajo")}
    figures = {
        "palabras": WORDS,
        "letras_reconocidas": round(right, 4),
        "repeticiones_de_cada_prueba": REPLAYS,
        "repeticiones_aceptadas": tried,
    }
    medida("captcha", figures, semilla=SEED)
    assert right >= 0.9
    assert tried == dict.fromkeys(tried, 0)


def _heard(chance: random.Random) -> float:
    """Return the share of letters that an ear trained on other voices tells apart."""
    ear = Oido()
    for _ in range(LESSONS):
        letters = chance.sample(captcha.ALPHABET, len(captcha.ALPHABET))
        for at in range(0, len(letters), captcha.LENGTH):
            learnt = "".join(letters[at : at + captcha.LENGTH])
            ear.learn(learnt, voz.recording(learnt, voz.Habla.by_chance(chance)))
    right = 0
    for _ in range(WORDS):
        said = "".join(chance.choice(captcha.ALPHABET) for _ in range(captcha.LENGTH))
        heard = ear.hear(voz.recording(said, voz.Habla.by_chance(chance)))
        right += sum(one == other for one, other in zip(said, heard, strict=True))
    return right / (WORDS * captcha.LENGTH)


def _replayed(kind: str) -> int:
    """Answer one challenge, then send the same answer with the same old session REPLAYS times."""
    browser = SessionStore()
    browser.create()
    if kind == "trabajo":
        asked = trabajo.issue(browser, address="203.0.113.9", now=reloj.now())
        key, read, consume = asked.reto, solve(asked.reto, asked.bits), trabajo.consume
    else:
        key, consume = captcha.issue(browser), captcha.consume
        read = captcha.word_of(browser, key)
    before = dict(browser.items())
    assert consume(browser, key, read)
    accepted = 0
    for _ in range(REPLAYS):
        browser.update(before)
        accepted += consume(browser, key, read)
    return accepted
