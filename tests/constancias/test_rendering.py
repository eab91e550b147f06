"""Sheets as pdftotext and pdfinfo see them: every field, in order, on every page the mark."""

import hashlib
import io
import subprocess
import sys

import pytest
from django.template.loader import render_to_string
from pyhanko.pdf_utils.reader import PdfFileReader

from constancias import rendering
from constancias.documentos import DEMOSTRACION, Emisor
from constancias.enums import Tipo, Verbo
from constancias.errors import OutsideResource
from tests.constancias import hojas

SELLO = "MEUCIQ" + "a" * 84 + "=="
ISSUER = Emisor(nombre="Escuela Normal", contacto="Ventanilla 3", invocante="normal", demo=False)
IN_ORDER = [
    "Portal NSS (demostración)",
    "Asignación de Número de Seguridad Social",
    "Homoclave del trámite IMSS-02-008",
    "Folio 17399369076551325965562",
    "Homoclave del formato FF-IMSS-013",
    "Fecha de solicitud del trámite",
    "18 / 02 / 2025",
    "Portal NSS (demostración) hace constar que se recuperó el siguiente:",
    "Número de Seguridad Social: 92919084431",
    "CURP: LORA070514MGRPVNA4",
    "Nombre(s): Ana Sofía",
    "Primer apellido: López",
    "Segundo apellido: Rivera",
    "Sexo: Mujer",
    "Fecha de nacimiento: 14/05/2007",
    "Lugar de nacimiento: Guerrero",
    "es único, permanente e intransferible",
    "se registrará en la U.M.F. asignada",
    "Aviso de privacidad",
    "Portal NSS (demostración) es responsable",
    "Secretaría Anticorrupción y Buen Gobierno",
    "Aviso importante",
    "acudir a la AFORE de tu preferencia",
    "Código de verificación",
    "7Q2M-X4K9-T0WR",
    "http://127.0.0.1:8000/verificar/",
    "Cadena original: ||Invocante:portalnssdemo|",
    "Cadena de datos: ||Documento:",
    "Sello digital: MEUCIQ",
    "Secuencia notarial: 9c15735c-fd2f-4192-bbb0-24f029f8eb69",
    "Número de serie: 01234567890123456789",
    "Mesa de ayuda de tu escuela",
    "Hoja 1 de 1",
]


def flat(text: str) -> str:
    return " ".join(text.split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_constancia_reads_in_order(text_of):
    text, place = flat(text_of(rendering.to_pdf(hojas.hoja(), SELLO), "-raw")), 0
    for piece in IN_ORDER:
        found = text.find(piece, place)
        assert found >= 0, f"«{piece}» is missing or out of order"
        place = found


@pytest.mark.parametrize(("verbo", "phrase"), [(v, v.frase) for v in Verbo])
def test_constancia_says_what_was_done(text_of, verbo, phrase):
    text = flat(text_of(rendering.to_pdf(hojas.hoja(verbo=verbo), SELLO)))
    assert f"hace constar que {phrase} el siguiente:" in text
    assert f"Tipo de trámite:{verbo.label}|" in text


@pytest.mark.parametrize("tipo", Tipo)
def test_both_cadenas_are_printed_to_the_last_character(text_of, tipo):
    hoja = hojas.hoja(tipo, **hojas.LONG)
    text = squeezed(text_of(rendering.to_pdf(hoja, SELLO), "-raw"))
    for piece in (hoja.cadena, SELLO):
        assert squeezed(piece) in text
    if tipo == Tipo.TARJETA:  # on the constancia a page may end inside it
        assert squeezed(hoja.cadena_datos) in text


@pytest.mark.parametrize("tipo", Tipo)
@pytest.mark.parametrize("changes", [{}, hojas.LONG], ids=["ordinary", "long"])
def test_demo_is_marked_on_every_page(text_of, tipo, changes):
    pages = text_of(rendering.to_pdf(hojas.hoja(tipo, **changes), SELLO)).split("\f")[:-1]
    assert pages
    whole = flat(" ".join(pages))
    assert whole.count("Instituto Mexicano del Seguro Social") == 1  # that it is not theirs
    assert "No es un documento del Instituto Mexicano del Seguro Social" in whole
    for page in pages:
        assert DEMOSTRACION in page


@pytest.mark.parametrize("tipo", Tipo)
def test_issuer_in_production_is_named_and_nothing_is_a_demo(text_of, tipo):
    text = text_of(rendering.to_pdf(hojas.hoja(tipo, emisor=ISSUER), SELLO))
    assert "Escuela Normal" in text
    assert "demostración" not in text.lower()


@pytest.mark.parametrize("tipo", Tipo)
def test_long_names_are_whole_and_inside_the_sheet(pdf_tool, text_of, tipo):
    pdf = rendering.to_pdf(hojas.hoja(tipo, **hojas.LONG), SELLO)
    text = squeezed(text_of(pdf, "-raw"))
    assert all(squeezed(name) in text for name in hojas.LONG.values())
    words = [
        line
        for line in pdf_tool(pdf, "pdftotext", "-bbox", "{}", "-").splitlines()
        if "<word" in line
    ]
    rights = [float(line.split('xMax="')[1].split('"')[0]) for line in words if "MUÑOZ" in line]
    assert rights
    assert max(rights) < 612 - 42  # Letter, less its margin


@pytest.mark.parametrize("tipo", Tipo)
def test_pdf_is_tagged_titled_and_in_spanish(pdf_tool, tipo):
    pdf = rendering.to_pdf(hojas.hoja(tipo), SELLO)
    info = pdf_tool(pdf, "pdfinfo", "{}")
    assert "Tagged:          yes" in info
    assert "JavaScript:      no" in info
    assert "612 x 792 pts (letter)" in info
    assert hojas.FOLIO in info
    assert "Title:" in info
    assert PdfFileReader(io.BytesIO(pdf)).root["/Lang"] == "es-MX"
    assert "<pdfuaid:part>1" in pdf_tool(pdf, "pdfinfo", "-meta", "{}").replace(
        'pdfuaid:part="1"', "<pdfuaid:part>1"
    )
    structure = pdf_tool(pdf, "pdfinfo", "-struct", "{}")
    assert "H1" in structure
    assert ("Table" in structure) == (tipo != Tipo.TARJETA)  # none for mere layout


@pytest.mark.parametrize("tipo", Tipo)
def test_fonts_are_embedded(pdf_tool, tipo):
    lines = pdf_tool(rendering.to_pdf(hojas.hoja(tipo), SELLO), "pdffonts", "{}").splitlines()[2:]
    assert lines
    assert all(line.split()[-5:-3] == ["yes", "yes"] for line in lines)


@pytest.mark.parametrize("tipo", Tipo)
def test_same_sheet_gives_the_same_bytes(tipo):
    hoja = hojas.hoja(tipo)
    assert rendering.to_pdf(hoja, SELLO) == rendering.to_pdf(hoja, SELLO)


def test_same_sheet_gives_the_same_bytes_in_another_process():
    script = (
        "import django, hashlib; django.setup();"
        "from constancias import rendering; from tests.constancias import hojas;"
        f"print(hashlib.sha256(rendering.to_pdf(hojas.hoja(), {SELLO!r})).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert hashlib.sha256(rendering.to_pdf(hojas.hoja(), SELLO)).hexdigest() == other


def payloads(url: str, secret: str) -> list[str]:
    return [
        f'<img src="{url}/img">',
        f'<link rel="stylesheet" href="{url}/css">',
        f"<style>@import '{url}/import'; @font-face{{font-family:X;src:url({url}/font)}}</style>",
        f'<p style="background:url({url}/fondo);font-family:X">x</p>',
        f'<link rel=attachment href="file://{secret}">',
        f'<a rel=attachment href="file://{secret}">x</a>',
        f'<img src="file://{secret}"><object data="{url}/objeto"></object>',
    ]


def fields_of_text() -> list[str]:
    return ["nombres", "primer_apellido", "segundo_apellido", "curp"]


@pytest.mark.parametrize("tipo", Tipo)
@pytest.mark.parametrize("campo", fields_of_text())
def test_markup_in_a_field_is_only_text(bait, tmp_path, text_of, tipo, campo):
    url, asked = bait
    secret = tmp_path / "canario.txt"
    secret.write_text("CANARIO")
    payload = "".join(payloads(url, str(secret)))
    pdf = rendering.to_pdf(hojas.hoja(tipo, **{campo: payload}), SELLO)
    assert asked == []
    assert b"/EmbeddedFile" not in pdf
    text = text_of(pdf, "-raw")
    assert "CANARIO" not in text
    if (tipo, campo) == (Tipo.ENMASCARADA, "curp"):
        payload = payload[-4:]
    assert squeezed(payload) in squeezed(text)


@pytest.mark.parametrize("number", range(7))
def test_unescaped_markup_stops_the_document(bait, tmp_path, number):
    """The second wall: what a missed escape would ask for is refused, and nothing is printed."""
    url, asked = bait
    secret = tmp_path / "canario.txt"
    secret.write_text("CANARIO")
    page = f"<html lang=es-MX><title>x</title><body>{payloads(url, str(secret))[number]}"
    with pytest.raises(OutsideResource):
        rendering.press()(page, b"x")
    assert asked == []


def test_every_template_variable_has_a_value():
    for tipo in Tipo:
        assert "¡¡" not in rendering.to_html(hojas.hoja(tipo), SELLO)
    assert "¡¡" in render_to_string("documentos/_sello.html", {})
