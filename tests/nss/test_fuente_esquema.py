"""What the identity source may say: the contract to the letter, or nothing."""

import json

import pytest

from nss.errors import RespuestaDudosa
from nss.fuentes.esquema import read_answer
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
