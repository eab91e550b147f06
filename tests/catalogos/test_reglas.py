"""Arithmetic of names, and the examples written in the docstrings."""

import doctest
from importlib import import_module

import pytest

from catalogos.rules import normalise, unit_label, unit_number

WITH_EXAMPLES = (
    "catalogos.rules",
    "catalogos.lectura.archivos",
    "catalogos.lectura.cobertura",
    "catalogos.lectura.entidades",
    "catalogos.lectura.oficinas",
)


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_examples_hold(module):
    result = doctest.testmod(import_module(module))
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Peña Ñandú", "PENA NANDU"),
        ("Güémez", "guemez"),
        ("San Juan  Mixtepec -Dto. 08 -", "san juan mixtepec dto 08"),
        ("25 de Enero", "25 DE ENERO"),
    ],
)
def test_normalise_forgets_accents_case_and_punctuation(one, other):
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("UMF 23 CD. IXTPEPEC", "23"),
        ("UNIDAD DE MEDICINA FAMILIAR NO. 20", "20"),
        ("UNIDAD DE MEDICINA FAMILIAR CON HOSPITALIZACIÓN NO. 21", "21"),
        ("HOSPITAL GENERAL DE SUBZONA CON M.F. NO. 19", "19"),
        ("UMF 005", "5"),
        ("UMF 5-A", "5-A"),
        ("UMF 35 C. 7 Zaragoza", "35"),
        ("UMF TLACOLULA", ""),
    ],
)
def test_unit_number_is_read_from_the_name(name, number):
    assert unit_number(name) == number


def test_unit_label_never_shows_a_number_twice():
    assert unit_label("UMF 005", "5") == "UMF 5"
    assert unit_label("UMF 15 Centro", "5") == "UMF 5 UMF 15 Centro"
