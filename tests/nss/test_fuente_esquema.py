"""What the identity source may say: the contract to the letter, or nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nss.errors import RespuestaDudosa
from nss.fuentes.esquema import PERSONA, read_answer
from nss.rules.texto import is_hidden
from tests.nss.personas import identidad

TODAY = identidad().fecha_nacimiento.replace(year=2026)
ANA, LUZ = identidad(1, acta_anio=2004, acta_numero="00017"), identidad(2)


def envelope(**persona: object) -> dict[str, object]:
    return {
        "version": 1,
        "curp_consultada": str(ANA.curp),
        "encontrada": True,
        "persona": ANA.as_json() | persona,
    }


def read(answer: object):
    return read_answer(json.dumps(answer).encode(), asked=ANA.curp, today=TODAY)


def test_a_changed_key_is_believed_when_both_sides_of_it_are_told():
    new = identidad(5).curp
    answer = envelope(curp=new, estatus="RCC", curps_anteriores=[ANA.curp])
    assert read(answer).curp == new


@pytest.mark.parametrize(
    "changes",
    [
        {"curp": identidad(5).curp},
        {"curp": identidad(5).curp, "estatus": "RCC"},
        {"curp": identidad(5).curp, "estatus": "AN", "curps_anteriores": [ANA.curp]},
        {"curp": identidad(5).curp, "estatus": "BCC", "curps_anteriores": [ANA.curp]},
        {"curp": ANA.curp.lower()},
        {"curps_anteriores": [ANA.curp]},
        {"curps_anteriores": "LORA070514MGRPVNA4"},
        {"curps_anteriores": [None]},
        {"curps_anteriores": [identidad(n).curp for n in range(2, 14)]},
        {"estatus": "an"},
        {"sexo": "H"},
        {"entidad": "GR"},
        {"fecha_nacimiento": "20040309"},
        {"fecha_nacimiento": "2004-03-09T00:00:00"},
        {"acta_anio": True},
        {"acta_anio": 1500},
        {"acta_anio": 2027},
        {"acta_anio": "2004"},
        {"acta_numero": 17},
        {"acta_numero": "17; DROP"},
        {"nombres": ""},
        {"nombres": "{{7*7}}"},
        {"nombres": "A\u200bNA"},
        {"segundo_apellido": None},
        {"segundo_apellido": " "},
    ],
)
def test_what_is_not_the_contract_is_refused(changes):
    with pytest.raises(RespuestaDudosa):
        read(envelope(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2},
        {"version": True},
        {"version": "1"},
        {"curp_consultada": str(LUZ.curp)},
        {"encontrada": "true"},
        {"encontrada": False},
        {"persona": None},
        {"persona": []},
        {"nota": "de más"},
    ],
)
def test_the_envelope_is_exact(changes):
    with pytest.raises(RespuestaDudosa):
        read(envelope() | changes)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"\xff\xfe",
        b'{"version": NaN}',
        b'{"version": 1, "version": 1}',
        b"[" * 60_000,
        b"9" * 5000,
    ],
)
def test_bytes_that_say_nothing(body):
    with pytest.raises(RespuestaDudosa):
        read_answer(body, asked=ANA.curp, today=TODAY)


def test_a_key_that_nobody_has_is_told_with_the_key():
    gone = {"version": 1, "curp_consultada": str(ANA.curp), "encontrada": False, "persona": None}
    assert read(gone) is None


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
ANYTHING = st.recursive(SCALARS, lambda one: st.lists(one) | st.dictionaries(st.text(), one))


@given(st.binary(max_size=200) | ANYTHING.map(lambda one: json.dumps(one).encode()))
def test_no_bytes_make_a_person(body):
    with pytest.raises(RespuestaDudosa):
        read_answer(body, asked=ANA.curp, today=TODAY)


@given(st.sampled_from(PERSONA), ANYTHING)
def test_one_field_changed_to_anything_is_the_same_key_or_nothing(name, value):
    try:
        found = read(envelope(**{name: value}))
    except RespuestaDudosa:
        return
    assert found is not None
    assert found.curp == ANA.curp
    assert (found.sexo, found.entidad) == (ANA.sexo, ANA.entidad)
    assert not any(is_hidden(letter) for letter in found.nombre_completo)


@given(st.data())
def test_one_byte_changed_never_makes_another_key(data):
    body = bytearray(json.dumps(envelope()).encode())
    place = data.draw(st.integers(0, len(body) - 1))
    body[place] = data.draw(st.integers(0, 255))
    try:
        found = read_answer(bytes(body), asked=ANA.curp, today=TODAY)
    except RespuestaDudosa:
        return
    assert found is not None
    assert found.curp == ANA.curp
