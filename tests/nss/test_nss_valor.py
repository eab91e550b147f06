"""Nss: eleven digits that add up, however they are typed."""

import copy
import json
import pickle
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from nss.errors import MalformedNss
from nss.fields import NssField
from nss.rules.curp import curp_digit
from nss.rules.numero import nss_digit
from nss.values import Nss

VECTORS = json.loads((Path(__file__).parent.parent / "datos" / "nss_vectores.json").read_text())


@pytest.mark.parametrize(
    "text", [*VECTORS["publicados_validos"], *VECTORS["sinteticos_calculados_luhn"]]
)
def test_nss_accepts_every_valid_vector(text):
    assert Nss(text) == text


@pytest.mark.parametrize("text", VECTORS["publicados_invalidos"])
def test_nss_refuses_every_invalid_vector(text):
    with pytest.raises(MalformedNss) as caught:
        Nss(text)
    assert caught.value.reason == "digit"


@pytest.mark.parametrize("typed", ["92-91-90-8443-1", " 9291 9084431 ", "92919–08443−1"])
def test_nss_forgives_spaces_and_dashes(typed):
    assert Nss(typed) == "92919084431"


@pytest.mark.parametrize(
    ("typed", "reason", "words"),
    [
        ("", "length", "escribiste 0"),
        ("9291908443", "length", "escribiste 10"),
        ("929190844311", "length", "escribiste 12"),
        ("9291908443X", "character", "La posición 11 tiene «X»"),
        ("٩2919084431", "character", "La posición 1"),  # an Arabic-Indic nine
        ("92919084432", "digit", "último dígito"),
    ],
)
def test_nss_says_what_is_wrong(typed, reason, words):
    with pytest.raises(MalformedNss) as caught:
        Nss(typed)
    assert caught.value.reason == reason
    assert words in caught.value.message


def test_nss_is_composed_from_its_parts():
    assert Nss.compose(prefijo="72", alta=2025, nacimiento=2007, consecutivo=1) == "72250700019"


def test_nss_shows_itself_pretty_or_veiled():
    nss = Nss("92919084431")
    assert (nss.pretty, nss.velado) == ("92 91 90 8443-1", "•••••••4431")
    assert repr(nss) == "Nss(•••••••4431)"


def test_nss_survives_copies():
    nss = Nss("92919084431")
    assert type(pickle.loads(pickle.dumps(nss))) is type(copy.deepcopy(nss)) is Nss


@pytest.mark.parametrize("body", ["123", "12345678901", "123456789X", "١٢٣٤٥٦٧٨٩٠"])
def test_nss_digit_is_for_ten_digits(body):
    with pytest.raises(ValueError, match="10 ASCII digits"):
        nss_digit(body)


def test_curp_digit_is_for_seventeen_characters():
    with pytest.raises(ValueError, match="17 characters"):
        curp_digit("LORA")


def test_column_turns_text_into_nss_and_back():
    field = NssField()
    assert field.to_python(None) is None
    assert field.to_python(Nss("92919084431")) == field.to_python("92-919084431") == "92919084431"
    assert field.get_prep_value(None) is None
    assert type(field.get_prep_value(Nss("92919084431"))) is str
    assert field.from_db_value(None) is None
    with pytest.raises(ValidationError, match="11 dígitos"):
        field.to_python("12")
    assert "max_length" not in field.deconstruct()[3]
