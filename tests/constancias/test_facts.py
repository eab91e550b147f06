"""Facts cannot exist with text that a sheet may not carry."""

import json
import unicodedata

import pytest

from comun.errors import DomainError
from constancias.documentos import Emisor, Hoja
from constancias.enums import Tipo
from constancias.errors import PlaceUnknown, TextUnprintable
from tests.constancias import hojas

TEXTS = ("nss", "curp", "nombres", "primer_apellido", "segundo_apellido")
BAD = {
    "bell": "\x07",
    "vertical tab": "\x0b",
    "newline": "\n",
    "C1": "\x85",
    "noncharacter": "\ufffe",
    "surrogate": "\ud800",
    "private": "\ue000",
    "unassigned": "\u0378",
    "right-to-left override": "\u202e",
    "zero width": "\u200b",
    "line separator": "\u2028",
    "tag": "\U000e0041",
}


@pytest.mark.parametrize("campo", TEXTS)
@pytest.mark.parametrize("char", BAD.values(), ids=BAD)
def test_unprintable_character_is_refused_by_field(campo, char):
    with pytest.raises(TextUnprintable) as refusal:
        hojas.facts(**{campo: f"AN{char}A"})
    assert refusal.value.context == {"campo": campo}


@pytest.mark.parametrize("campo", ["folio", "verbo", "sexo", "entidad_nacimiento"])
def test_other_fields_take_only_what_they_mean(campo):
    with pytest.raises((DomainError, ValueError)):
        hojas.facts(**{campo: "M\x07"})


def test_issuer_is_held_to_the_same():
    with pytest.raises(TextUnprintable):
        Emisor(nombre="Escuela\u202e", contacto="", invocante="x", demo=True)


@pytest.mark.parametrize("changes", [{"sexo": "F"}, {"entidad_nacimiento": "Guerrero"}])
def test_codes_that_no_curp_has_are_refused(changes):
    with pytest.raises(PlaceUnknown):
        hojas.facts(**changes)


def test_text_is_kept_composed_and_with_single_spaces():
    facts = hojas.facts(nombres=unicodedata.normalize("NFD", "  José   Ñandú\u00a0Peña "))
    assert facts.nombres == "José Ñandú Peña"


def test_one_surname_leaves_no_double_space():
    assert hojas.facts(segundo_apellido="").nombre_completo == "Ana Sofía López"


@pytest.mark.parametrize("tipo", Tipo)
def test_snapshot_gives_the_same_sheet_back(tipo):
    hoja = hojas.hoja(tipo, **hojas.LONG, sexo="X", entidad_nacimiento="NE")
    assert Hoja.from_json(json.loads(json.dumps(hoja.as_json()))) == hoja
