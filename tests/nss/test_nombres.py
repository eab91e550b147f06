"""Names: what they may hold, how they are compared, and the key that follows from them."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nss.errors import MalformedNombre
from nss.rules.derivacion import complete_curp, curp_root
from nss.rules.texto import LONGEST_NAME, clean_name, fold_name, is_hidden
from nss.values import Curp
from tests.nss.personas import identidad

VECTORS = json.loads((Path(__file__).parent.parent / "datos" / "curp_vectores.json").read_text())


def word(nombres: str, primer: str, segundo: str) -> str:
    """The letters of the key: the first four, and the three consonants."""
    root = curp_root(
        nombres=nombres,
        primer_apellido=primer,
        segundo_apellido=segundo,
        nacimiento=date(2001, 2, 3),
        sexo="H",
        entidad="OC",
    )
    assert root[4:13] == "010203HOC"
    return root[:4] + root[13:]


@pytest.mark.parametrize(
    ("nombres", "primer", "segundo", "expected"),
    [
        ("Ana Sofía", "López", "Rivera", "LORAPVN"),
        ("María José", "Peña", "Ñandú", "PEXJXNS"),
        ("José Ángel", "De la Cruz", "Mc Gregor", "CUGARRN"),
        ("Ofelia", "Pedrero", "Domínguez", "PXDODMF"),
        ("Luis", "Hernández", "", "HEXLRXS"),
        ("Alberto", "Ñando", "Rodríguez", "XARANDL"),
        ("Andrés", "Ich", "Rodríguez", "IXRACDN"),
        ("María", "Solís", "Vega", "SOVMLGR"),
        ("María del Carmen", "Solís", "Vega", "SOVCLGR"),
        ("J. Jesús", "Solís", "Vega", "SOVJLGS"),
        ("José María", "Solís", "Vega", "SOVMLGR"),
        ("Ma. de los Ángeles", "Solís", "Vega", "SOVALGN"),
        ("Pablo", "D/Amico", "Vega", "DXVPXGB"),
        ("Pablo", "O'Hara", "Vega", "OXVPXGB"),
        ("Pablo", "O Relling", "Vega", "OXVPXGB"),
        ("N. Luis", "Vega", "Solís", "VESNGLX"),
        ("Ana", "Agüero", "Übel", "AUUAGBN"),
        ("Ana", "Vega", "de la", "VELAGXN"),
        ("Lía", "Eo", "Ua", "EOULXXX"),
        ("Ana", "-Vega", "Solís", "XESAVLN"),
    ],
)
def test_key_follows_from_the_name(nombres, primer, segundo, expected):
    assert word(nombres, primer, segundo) == expected


@pytest.mark.parametrize("curp", VECTORS["validos_sinteticos"])
def test_complete_curp_gives_back_the_vector(curp):
    assert complete_curp(curp[:16], curp[16]) == curp


def test_rule_is_only_a_warning():
    assert identidad(3).follows_rule
    assert not identidad(3, nombres="OTRO").follows_rule


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  ana   sofía ", "ANA SOFÍA"),
        ("mun\u0303iz", "MUÑIZ"),  # composed
        ("D'Ávila-Pérez", "D'ÁVILA-PÉREZ"),
        ("M. de la O", "M. DE LA O"),
        ("D/Amico", "D/AMICO"),
        ("x" * 60, "X" * 60),
    ],
)
def test_name_is_kept_in_capitals(typed, kept):
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("x" * 61, "length"),
        ("ANA\u202eSOFIA", "hidden"),
        ("ANA\u200bSOFIA", "hidden"),
        ("ANA\u0007", "hidden"),
        ("ANA\n", "hidden"),
        ("ANA\ufffe", "hidden"),
        ("ANA\ue000", "hidden"),
        ("ANA2", "character"),
        ("=ANA", "character"),
        ("@ANA", "character"),
        ("<b>ANA", "character"),
        ("АНА", "character"),
        ("-ANA", "start"),
        ("'ANA", "start"),
    ],
)
def test_name_is_refused(typed, reason):
    with pytest.raises(MalformedNombre) as caught:
        clean_name(typed)
    assert caught.value.reason == reason


@given(st.text(max_size=80))
def test_accepted_names_are_safe_to_print_and_export(text):
    try:
        name = clean_name(text)
    except MalformedNombre:
        return
    assert 0 < len(name) <= LONGEST_NAME
    assert not any(map(is_hidden, name))
    assert name[0].isalpha()
    assert not set(name) & set('=+@<>&"{}0123456789')
    assert clean_name(name) == name


@given(st.text(st.characters(categories=["Cc", "Cf", "Cs", "Co", "Cn"]), min_size=1, max_size=3))
def test_invisible_characters_never_enter(hidden):
    with pytest.raises(MalformedNombre):
        clean_name(f"ANA{hidden}SOFIA")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MARÍA JOSÉ", "maria  jose"),
        ("NÚÑEZ-DÁVILA", "NUÑEZ DAVILA"),
        ("MU\u00d1IZ", "MUN\u0303IZ"),
        ("O'HARA", "O HARA"),
        ("J\u0308", "J"),
    ],
)
def test_spellings_of_one_name_fold_alike(one, other):
    assert fold_name(one) == fold_name(other)


def test_enye_is_not_an_n():
    assert fold_name("PEÑA") != fold_name("PENA")


def test_curp_of_a_test_person_is_valid():
    assert Curp(identidad(5).curp, today=date(2026, 1, 1))
