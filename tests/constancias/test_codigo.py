"""The short code: what people mistype is caught, what they may write freely is read."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancias import codigo
from constancias.errors import CodigoMalformado

BODIES = st.text(alphabet=codigo.ALPHABET, min_size=11, max_size=11)


def is_code(text: str) -> bool:
    return codigo.check_symbol(text[:-1]) == text[-1]


def test_minted_codes_are_well_formed_and_different():
    minted = {codigo.mint() for _ in range(500)}
    assert len(minted) == 500
    assert all(codigo.normalise(code) == code for code in minted)


@given(BODIES)
def test_every_wrong_character_is_caught(body):
    code = body + codigo.check_symbol(body)
    for place, char in itertools.product(range(12), codigo.ALPHABET):
        changed = code[:place] + char + code[place + 1 :]
        assert is_code(changed) == (changed == code)


@given(BODIES)
def test_every_exchange_of_two_characters_is_caught(body):
    code = list(body + codigo.check_symbol(body))
    for a, b in itertools.combinations(range(12), 2):
        changed = code.copy()
        changed[a], changed[b] = changed[b], changed[a]
        assert is_code("".join(changed)) == (changed == code)


def test_of_random_codes_one_in_32_passes():
    chance = random.Random(7)
    tries = ["".join(chance.choices(codigo.ALPHABET, k=12)) for _ in range(20_000)]
    assert 1 / 40 < sum(map(is_code, tries)) / len(tries) < 1 / 26


@given(BODIES)
def test_code_is_read_as_printed_or_dictated(body):
    code = body + codigo.check_symbol(body)
    printed = codigo.group(code)
    assert len(printed) == 14
    for typed in (printed, printed.lower(), printed.replace("-", " – "), f" {code}\n"):
        assert codigo.normalise(typed) == code
    alike = code.replace("0", "O").replace("1", "l")
    assert codigo.normalise(alike) == code


@pytest.mark.parametrize(
    ("typed", "reason", "word"),
    [
        ("", "vacio", "Escribe"),
        (" - ", "vacio", "Escribe"),
        ("0123-4567-89A", "longitud", "Falta"),
        ("0123-4567-89ABC", "longitud", "Sobra"),
        ("0123-4567-89AÑ", "caracter", "carácter 12, «Ñ»"),
        ("U123-4567-89AB", "caracter", "carácter 1, «U»"),
        ("０123-4567-89AB", "caracter", "carácter 1"),
        ("0123-4567-89A\u202e", "caracter", "carácter 12"),
    ],
)
def test_malformed_code_says_what_is_wrong(typed, reason, word):
    with pytest.raises(CodigoMalformado) as caught:
        codigo.normalise(typed)
    assert caught.value.reason == reason
    assert word in caught.value.message


def test_wrong_check_symbol_says_so():
    code = codigo.mint()
    wrong = codigo.ALPHABET[codigo.ALPHABET.index(code[0]) - 1] + code[1:]
    with pytest.raises(CodigoMalformado) as caught:
        codigo.normalise(wrong)
    assert caught.value.reason == "verificador"
