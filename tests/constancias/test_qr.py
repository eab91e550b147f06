"""The QR of each sheet: zbar, a reader that is not ours, reads it from bad copies too."""

import io
import random

import pytest
import segno
from pyhanko.pdf_utils.reader import PdfFileReader

from constancias import qr, rendering
from constancias.credencial import ESTADOS
from constancias.enums import Tipo
from tests.constancias import hojas, imagenes
from tests.constancias.credenciales import FARTHEST, LONGEST_NAME, PORTAL, token

SELLO = "MEUCIQ" + "a" * 84 + "=="
TOKENS = {
    "ordinary": token(),
    "long": token(nombre=LONGEST_NAME, estados_url=FARTHEST + ESTADOS),
}


def sheet(tipo: Tipo, which: str) -> bytes:
    changes = hojas.LONG if which == "long" else {}
    own = {"credencial": TOKENS[which], "verificar": f"{PORTAL}/verificar/"}
    return rendering.to_pdf(hojas.hoja(tipo, own=own, **changes), SELLO)


@pytest.mark.parametrize("tipo", Tipo)
@pytest.mark.parametrize("which", TOKENS)
def test_zbar_reads_every_sheet_at_150_dpi(tmp_path, tipo, which):
    page = imagenes.draw(sheet(tipo, which), tmp_path)
    assert imagenes.zbar(page, tmp_path, "--raw") == TOKENS[which]


def test_zbar_reads_95_of_100_worn_copies(tmp_path):
    """25 of each: a card and a constancia, with an ordinary and with the longest name."""
    chance, read = random.Random(150), 0
    for tipo in (Tipo.CONSTANCIA, Tipo.TARJETA):
        for which, text in TOKENS.items():
            copy = imagenes.cut_out(imagenes.draw(sheet(tipo, which), tmp_path))
            for _ in range(25):
                worn = imagenes.worn(copy, chance)
                read += imagenes.zbar(worn, tmp_path, "--raw") == text
    assert read >= 95


@pytest.mark.parametrize("text", TOKENS.values(), ids=TOKENS)
def test_drawing_is_the_symbol_with_its_quiet_zone(text):
    drawn = qr.draw(text)
    symbol = segno.make_qr(text, error="m", boost_error=True)
    assert symbol.error in "MQH"
    assert symbol.version <= 12
    dark = set()
    for run in drawn.path.removeprefix("M").split("M"):
        start, _, rest = run.partition("h")
        x, y = map(int, start.split())
        dark |= {(x + step, y) for step in range(int(rest.partition("v")[0]))}
    assert dark == {
        (x + 4, y + 4) for y, row in enumerate(symbol.matrix) for x, bit in enumerate(row) if bit
    }
    assert drawn.lado == len(symbol.matrix) + 8


def figures(node, found):
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            figures(child, found)
    elif isinstance(node, dict):
        if node.get("/S") == "/Figure":
            found.append(node)
        if "/K" in node:
            figures(node["/K"], found)
    return found


@pytest.mark.parametrize("tipo", Tipo)
def test_qr_has_words_for_who_cannot_see_it(tipo):
    root = PdfFileReader(io.BytesIO(sheet(tipo, "ordinary"))).root
    (figure,) = figures(root["/StructTreeRoot"], [])
    assert "usa el código 7Q2M-X4K9-T0WR" in str(figure["/Alt"])


@pytest.mark.parametrize("tipo", Tipo)
@pytest.mark.parametrize("which", TOKENS)
def test_modules_are_large_enough_to_print_and_copy(tipo, which):
    root = PdfFileReader(io.BytesIO(sheet(tipo, which))).root
    (figure,) = figures(root["/StructTreeRoot"], [])
    left, _, right, _ = figure["/A"]["/BBox"]  # CSS px
    assert float(right - left) / 96 * 25.4 / qr.draw(TOKENS[which]).lado > 0.6  # mm


def test_sheet_without_a_credencial_has_the_code_alone(text_of):
    pdf = rendering.to_pdf(hojas.hoja(own={"credencial": ""}), SELLO)
    text = text_of(pdf)
    assert "7Q2M-X4K9-T0WR" in text
    assert hojas.VERIFICAR in text
    assert figures(PdfFileReader(io.BytesIO(pdf)).root["/StructTreeRoot"], []) == []
