"""No forgery passes, everything genuine does, and each check of the verifier is missed when it is gone."""

import time
from collections import Counter

import pytest

from constancias.enums import Dictamen
from constancias.verificacion import judge_token
from tests.constancias.mutaciones import codes, mutations, stage, tokens
from tests.constancias.mutaciones.comprobar import (
    accepted,
    all_genuine_pass,
    code_accepted,
    pdf_checks_are_missed,
    qr_checks_are_missed,
)

pytestmark = pytest.mark.django_db
SEED, PDFS, TOKENS, CODES = 20260211, 300, 300, 100


@pytest.fixture
def escena(llave, make_numero):
    return stage(make_numero)


def test_no_forgery_passes_and_all_genuine_do_after_three_rotations(escena, capsys):
    begun = time.perf_counter()
    assert len({base.llave.serie for base in escena.bases}) == 4
    assert all_genuine_pass(escena)
    kinds: Counter[str] = Counter()
    for forged in mutations(escena, SEED, PDFS):
        kinds[forged.kind] += 1
        assert not accepted(forged.pdf), f"{forged.kind}, semilla {SEED}"
    for kind, text in tokens(escena, SEED, TOKENS):
        assert not judge_token(text).genuina, f"{kind}, semilla {SEED}: {text}"
    assert not any(code_accepted(text) for text in codes(escena, SEED, CODES))
    assert all_genuine_pass(escena)
    with capsys.disabled():
        print(  # noqa: T201
            f"\nsemilla {SEED}: {kinds.total()} PDF de {len(kinds)} clases, {TOKENS} QR,"
            f" {CODES} códigos, 0 aceptados, {time.perf_counter() - begun:.0f} s"
        )


def test_each_check_is_missed_when_it_is_gone(escena, monkeypatch):
    assert len(pdf_checks_are_missed(escena, monkeypatch)) == 6
    assert len(qr_checks_are_missed(escena, monkeypatch)) == 5
    assert all_genuine_pass(escena)


@pytest.mark.parametrize("forged", ["NSS1:", "NSS1", "", "x" * 5000, "NSS1:ñ", "NSS1:" + "0" * 300])
def test_garbage_is_unreadable(db, forged):
    assert judge_token(forged).dictamen == Dictamen.ILEGIBLE
