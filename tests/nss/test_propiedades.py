"""What holds for every number and every key, searched by Hypothesis."""

import re
from datetime import date
from functools import partial

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import luhn

from nss.errors import MalformedCurp, MalformedNss
from nss.rules.curp import ENTIDADES, INCONVENIENT, curp_digit
from nss.rules.derivacion import complete_curp, curp_root
from nss.rules.numero import nss_digit
from nss.rules.texto import compact
from nss.values import Curp, Nss

DIGITS = "0123456789"
bodies = st.text(DIGITS, min_size=10, max_size=10)
CONSONANTS = "BCDFGHJKLMNPQRSTVWXYZ"
names = st.text("ABCDEFGHIJKLMNÑOPQRSTUVWXYZÁÉÍÓÚÜ '-./", min_size=1, max_size=60).filter(
    lambda text: text.strip(" '-./") != ""
)


def refusal_of(make, text):
    try:
        make(text)
    except (MalformedCurp, MalformedNss) as refusal:
        return refusal
    return None


@st.composite
def curps(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    root = curp_root(
        nombres=draw(names),
        primer_apellido=draw(names),
        segundo_apellido=draw(st.one_of(st.just(""), names)),
        nacimiento=born,
        sexo=draw(st.sampled_from("HMX")),
        entidad=draw(st.sampled_from(sorted(ENTIDADES))),
    )
    marks = DIGITS if born.year < 2000 else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return complete_curp(root, draw(st.sampled_from(marks)))


@given(bodies)
def test_nss_digit_is_luhn(body):
    assert nss_digit(body) == luhn.calc_check_digit(body)
    assert Nss(body + nss_digit(body)) == body + nss_digit(body)


@given(bodies, st.integers(0, 10), st.sampled_from(DIGITS))
def test_nss_catches_every_single_wrong_digit(body, place, other):
    whole = body + nss_digit(body)
    assume(whole[place] != other)
    with pytest.raises(MalformedNss):
        Nss(whole[:place] + other + whole[place + 1 :])


@given(
    st.text(DIGITS, min_size=2, max_size=2),
    st.integers(1900, 2100),
    st.integers(1900, 2100),
    st.integers(0, 9999),
)
def test_composed_number_reads_back(prefijo, alta, nacimiento, consecutivo):
    nss = Nss.compose(prefijo=prefijo, alta=alta, nacimiento=nacimiento, consecutivo=consecutivo)
    assert nss[:2] == prefijo
    assert (int(nss[2:4]), int(nss[4:6])) == (alta % 100, nacimiento % 100)
    assert int(nss[6:10]) == consecutivo
    assert Nss(nss.pretty) == nss


@given(curps())
def test_derived_key_is_a_curp_and_reads_back(text):
    curp = Curp(text)
    assert curp == text
    assert f"{curp.fecha_nacimiento:%y%m%d}" == text[4:10]
    assert curp[:4] not in INCONVENIENT
    assert Curp(curp.lower()) == Curp("-".join(curp)) == curp


@given(curps(), st.sampled_from(DIGITS))
def test_curp_catches_every_wrong_last_digit(text, other):
    assume(text[17] != other)
    with pytest.raises(MalformedCurp) as caught:
        Curp(text[:17] + other)
    assert caught.value.reason == "digit"


@given(curps(), st.integers(0, 17), st.sampled_from(DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_curp_accepts_a_changed_character_only_if_the_sum_allows_it(text, place, other):
    """Weights 2, 4, 5 … share factors with ten: that digit cannot catch all, ours catches its own."""
    changed = text[:place] + other + text[place + 1 :]
    refusal = refusal_of(Curp, changed)
    if refusal is None:
        assert curp_digit(changed[:17]) == changed[17]
    else:
        assert 0 <= refusal.position <= 18


@given(st.text(max_size=40))
def test_curp_answers_any_text_with_a_sentence(text):
    refusal = refusal_of(partial(Curp, today=date(2026, 11, 21)), text)
    if refusal is None:
        assert re.fullmatch("[0-9A-Z]{18}", compact(text))
    else:
        assert refusal.message.endswith((".", "?"))


@given(st.text(max_size=20))
def test_nss_answers_any_text_with_a_sentence(text):
    refusal = refusal_of(Nss, text)
    if refusal is None:
        assert re.fullmatch("[0-9]{11}", Nss(text))
    else:
        assert refusal.message.endswith(".")
