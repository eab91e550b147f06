"""Curp: what it forgives, what it refuses, and the words it refuses with."""

import json
from datetime import date
from pathlib import Path

import pytest
from stdnum.mx import curp as stdnum_curp

from nss.errors import MalformedCurp
from nss.rules.curp import curp_digit
from nss.values import Curp

VECTORS = json.loads((Path(__file__).parent.parent / "datos" / "curp_vectores.json").read_text())
VALID = [
    *VECTORS["validos_publicados"],
    *VECTORS["validos_sinteticos"],
    *VECTORS["valido_sexo_X"],
]
TODAY = date(2026, 11, 21)
GOOD = "LORA070514MGRPVNA4"


def fault(text: str) -> MalformedCurp:
    with pytest.raises(MalformedCurp) as caught:
        Curp(text, today=TODAY)
    return caught.value


@pytest.mark.parametrize("text", VALID)
def test_curp_accepts_every_valid_vector(text):
    assert Curp(text, today=TODAY) == text


@pytest.mark.parametrize("text", VECTORS["invalidos"])
def test_curp_refuses_every_invalid_vector(text):
    assert fault(text).message


@pytest.mark.parametrize("text", VECTORS["validos_publicados"])
def test_curp_agrees_with_stdnum_on_date_and_digit(text):
    assert stdnum_curp.is_valid(text)
    assert stdnum_curp.get_birth_date(text) == Curp(text).fecha_nacimiento


@pytest.mark.parametrize(
    "typed",
    [
        "lora070514mgrpvna4",
        " LORA 070514-MGRPVN A4\n",
        "lóra070514mgrpvná4",
        "LORA–070514—MGR‑PVN−A4",
        "LORA\u00a0070514\tMGRPVNA4",
    ],
)
def test_curp_forgives_spaces_dashes_case_and_accents(typed):
    assert Curp(typed, today=TODAY) == GOOD


@pytest.mark.parametrize(
    ("typed", "reason", "position", "words"),
    [
        ("", "empty", 0, "Escribe tu CURP"),
        ("   ", "empty", 0, "18 letras y números"),
        ("LORA070514MGRPVNA", "length", 0, "escribiste 17: falta 1."),
        ("LORA070514MGRPVNA44", "length", 0, "escribiste 19: sobra 1."),
        ("LORA", "length", 0, "escribiste 4: faltan 14."),
        ("LORA070514MGRPVÑA4", "character", 16, "en su lugar va una X"),
        ("LORA070514MGRPV&A4", "character", 16, "tiene «&»"),
        ("LORA07\u202e0514MGRPVNA4", "character", 7, "invisible (U+202E)"),
        ("LORA\u200b070514MGRPVNA4", "character", 5, "invisible (U+200B)"),
        ("LORA\u0007070514MGRPVNA4", "character", 5, "invisible (U+0007)"),
        ("LORA\u3000070514MGRPVNA4", "character", 5, "invisible (U+3000)"),
        ("LORА070514MGRPVNA4", "character", 4, "tiene «А»"),  # Cyrillic capital
        ("lorı070514MGRPVNA4", "character", 4, "tiene «ı»"),  # no capital of ours
        ("L0RA070514MGRPVNA4", "letters", 2, "¿Querías escribir la letra O?"),
        ("LOR4070514MGRPVNA4", "letters", 4, "letras de tus apellidos"),
        ("PEDO750909MDFDMF03", "word", 2, "en la posición 2 va una X"),
        ("LORAO70514MGRPVNA4", "date", 5, "¿Querías escribir el número cero (0)?"),
        ("LORA071314MGRPVNA4", "date", 7, "mes «13»"),
        ("LORA070014MGRPVNA4", "date", 7, "mes «00»"),
        ("LORA070532MGRPVNA4", "date", 9, "día «32»"),
        ("LORA070431MGRPVNA4", "date", 9, "ese día no existe en el mes 04"),
        ("HEXL070229HNTRXSA0", "date", 9, "de 2007. La posición 17 da el siglo"),
        ("HEXL000229HNTRXS00", "date", 9, "de 1900. La posición 17 da el siglo"),
        ("LORA070514QGRPVNA4", "sex", 11, "H, M o X"),
        ("LORA070514MQQPVNA4", "entidad", 13, "«QQ» no es clave de ningún estado"),
        ("LORA070514MXRPVNA4", "entidad", 12, "fuera de México es NE"),
        ("LORA070514MN0PVNA4", "entidad", 13, "¿Querías escribir la letra O?"),
        ("LORA070514MGRPANA4", "consonants", 15, "van consonantes"),
        ("LORA070514MGRP5NA4", "consonants", 15, "¿Querías escribir «S»?"),
        ("LORA070514MGRPVNAO", "digit", 18, "¿Querías escribir el número cero (0)?"),
        ("LORA070514MGRPVNA5", "digit", 18, "tiene «5» y le toca «4»"),
        ("TOMA880125HMNRRNO2", "future", 17, "¿Querías escribir el número cero (0)?"),
        ("BOXW310820HNERXNO9", "future", 17, "habrías nacido en 2031"),
    ],
)
def test_curp_names_the_character_and_the_reason(typed, reason, position, words):
    refusal = fault(typed)
    assert (refusal.reason, refusal.position) == (reason, position)
    assert words in refusal.message
    assert refusal.advice


def test_digit_cannot_tell_zero_from_o_at_place_17():
    """Why the reference day matters: the weight there is 2, and O (25) counts as much as 0."""
    assert curp_digit("LORA070514MGRPVN0") == curp_digit("LORA070514MGRPVNO")


def test_curp_does_not_correct_a_zero_by_itself():
    assert fault("L0RA070514MGRPVNA4").reason == "letters"


def test_curp_without_a_reference_day_lets_a_future_birth_pass():
    assert Curp("TOMA880125HMNRRNO2").fecha_nacimiento == date(2088, 1, 25)


def test_curp_born_today_is_not_in_the_future():
    assert Curp(GOOD, today=date(2007, 5, 14)) == GOOD
    with pytest.raises(MalformedCurp):
        Curp(GOOD, today=date(2007, 5, 13))


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("GORS991231HOCMLL08", date(1999, 12, 31)),
        ("AAAA000101HDFCCC09", date(1900, 1, 1)),
        ("PEPL000909HNLRDSA1", date(2000, 9, 9)),
        ("HEXL080229HNTRXSA0", date(2008, 2, 29)),
    ],
)
def test_curp_reads_the_century_from_place_17(text, born):
    assert Curp(text).fecha_nacimiento == born


def test_curp_gives_its_parts():
    curp = Curp("BAOR030707XDFSCNA8")
    assert (curp.sexo, curp.entidad, curp.ultimos4) == ("X", "DF", "CNA8")


def test_curp_hides_itself_in_logs():
    curp = Curp(GOOD)
    assert GOOD not in repr(curp)
    assert GOOD not in str(fault("LORA070514MGRPVNA5"))
