"""Hostile text: printed as text or refused, never run, fetched or attached."""

import io
import random

import pytest
from django.core.exceptions import ValidationError
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from constancias import rendering
from constancias.codigo import normalise
from constancias.documentos import Emisor
from constancias.errors import CodigoMalformado, TextUnprintable
from nss.errors import MalformedCurp, MalformedNombre
from nss.rules.texto import clean_name
from nss.values import Curp
from tests.constancias import hojas, hostil
from tests.constancias.test_rendering import SELLO
from tramites.forms import CorreoField, TextoField

SOME = random.Random(2).sample(range(len(hostil.PAYLOADS)), 10)


@pytest.fixture
def trap(bait, tmp_path):
    """A server that should never be asked, and a file that should never be read."""
    url, asked = bait
    secret = tmp_path / "secreto.txt"
    secret.write_text("CANARIO")
    return {"u": url, "s": str(secret)}, asked


def assert_inert(trap, field: str, number: int) -> None:
    words, asked = trap
    text = hostil.PAYLOADS[number].format(**words)
    pdf = rendering.to_pdf(hostil.sheet(field, text, number), SELLO)
    assert asked == [], (field, text)
    assert hostil.active_keys(pdf) == set(), (field, text)
    assert b"CANARIO" not in pdf


@pytest.mark.parametrize("field", hostil.FIELDS)
def test_ten_payloads_in_each_field_stay_text(trap, field):
    for number in SOME:
        assert_inert(trap, field, number)


def test_there_are_sixty_payloads_and_twelve_fields():
    assert len(set(hostil.PAYLOADS)) == 60
    assert len(set(hostil.FIELDS)) == 12


@pytest.mark.parametrize("key", ["/OpenAction", "/AA", "/Names"])
def test_the_check_of_active_keys_sees_one(key):
    writer = IncrementalPdfFileWriter(io.BytesIO(rendering.to_pdf(hojas.hoja(), SELLO)))
    action = generic.DictionaryObject(
        {
            generic.NameObject("/S"): generic.NameObject("/JavaScript"),
            generic.NameObject("/JS"): generic.TextStringObject("app.alert(1)"),
        }
    )
    writer.root[key] = writer.add_object(action)
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert {"/JS", "/JavaScript"} <= hostil.active_keys(out.getvalue())


@pytest.mark.parametrize("char", hostil.CONTROL, ids=ascii)
class TestControlAndBidiAreRefusedAtEveryEntrance:
    def test_documents(self, char):
        for field in ("nss", "curp", "nombres", "primer_apellido", "segundo_apellido"):
            with pytest.raises(TextUnprintable):
                hojas.facts(**{field: f"AN{char}A"})
        for field in ("nombre", "contacto", "invocante"):
            whole = {"nombre": "x", "contacto": "x", "invocante": "x", "demo": True}
            with pytest.raises(TextUnprintable):
                Emisor(**{**whole, field: f"AN{char}A"})
        for field in ("secuencia", "serie", "codigo", "credencial", "sustituye", "verificar"):
            with pytest.raises(TextUnprintable):
                hostil.sheet(field, f"AN{char}A")

    def test_forms_files_and_typed_codes(self, char):
        """A blank of any kind becomes a space or goes; anything else is refused."""
        for read, text in (
            (TextoField().clean, f"AN{char}A"),
            (CorreoField().clean, f"ana{char}b@example.org"),
            (clean_name, f"AN{char}A"),
            (Curp, f"LORA0705{char}14MGRPVNA4"),
            (normalise, f"7Q2M{char}X4K9"),
        ):
            try:
                kept = read(text)
            except (ValidationError, MalformedNombre, MalformedCurp, CodigoMalformado):
                continue
            assert char not in str(kept), read
            assert char.isspace(), f"{read} drops it without a word"
