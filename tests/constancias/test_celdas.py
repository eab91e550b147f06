"""Every text lies inside its cell, and every cell inside the sheet: all hard names, all kinds."""

import re
from datetime import date
from functools import cache

import pytest
import weasyprint
from django.conf import settings
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration

from constancias import rendering
from constancias.enums import Tipo
from nss.sinteticos import _HARD, _HARD_EVERY, people
from tests.constancias import hojas
from tests.constancias.test_rendering import SELLO

MM = 96 / 25.4  # CSS pixels
SLACK = 0.5  # px
CELLS = ("td", "th", "frente", "reverso", "cadenas", "comprobable", "concluida", "banda")


@cache
def hard_people():
    """One of each hard case of `generar_padron`, and our own longest names."""
    found = []
    for n, person in enumerate(people(1, today=date(2026, 8, 3))):
        if n % _HARD_EVERY == 0:
            found.append(person.identidad)
        if len(found) == len(_HARD):
            return tuple(found)
    raise AssertionError


def sheets():
    for who in hard_people():
        yield {
            "curp": who.curp,
            "nombres": who.nombres,
            "primer_apellido": who.primer_apellido,
            "segundo_apellido": who.segundo_apellido,
            "sexo": who.sexo,
            "fecha_nacimiento": who.fecha_nacimiento,
            "entidad_nacimiento": who.entidad,
        }
    yield hojas.LONG
    yield dict.fromkeys(hojas.LONG, "Ñ" * 60)  # no place to break
    yield {**hojas.LONG, "segundo_apellido": ""}


@pytest.fixture(scope="module")
def lay_out():
    fonts = FontConfiguration()
    css = (settings.BASE_DIR / "templates" / "documentos" / "documentos.css").read_text()
    sheet = weasyprint.CSS(string=css, font_config=fonts)

    def pages(hoja):
        html = weasyprint.HTML(string=rendering.to_html(hoja, SELLO))
        return [
            page._page_box for page in html.render(stylesheets=[sheet], font_config=fonts).pages
        ]

    return pages


def inside(inner, outer) -> bool:
    left, top = outer.padding_box_x(), outer.padding_box_y()
    return (
        inner.position_x >= left - SLACK
        and inner.position_y >= top - SLACK
        and inner.position_x + inner.width <= left + outer.padding_width() + SLACK
        and inner.position_y + inner.height <= top + outer.padding_height() + SLACK
    )


def name_of(box) -> str:
    classes = (box.element.get("class") or "").split() if box.element is not None else []
    return next((word for word in (*classes, box.element_tag) if word in CELLS), "")


def texts(box, cell):
    """Every text of a page with the cell it is in."""
    here = box if name_of(box) and isinstance(box, boxes.BlockContainerBox) else cell
    if isinstance(box, boxes.TextBox):
        yield box, here
    for child in getattr(box, "children", ()):
        if not isinstance(child, boxes.MarginBox):
            yield from texts(child, here)


@pytest.mark.parametrize("tipo", Tipo)
def test_every_text_lies_inside_its_cell(lay_out, tipo):
    for who in sheets():
        for page in lay_out(hojas.hoja(tipo, own={"sustituye": "1" * 23}, **who)):
            found = list(texts(page, page))
            assert len(found) > 5
            for text, cell in found:
                assert inside(text, cell), (text.text, name_of(cell), who)


def test_the_check_sees_a_text_that_sticks_out(lay_out):
    html = "<table style='width:20mm;table-layout:fixed'><td style='white-space:nowrap'>" + "Ñ" * 60
    (page,) = weasyprint.HTML(string=html).render().pages
    assert not all(inside(text, cell) for text, cell in texts(page._page_box, page._page_box))


@pytest.mark.parametrize("copias", [1, 2])
def test_card_keeps_its_size_whoever_it_is_of(lay_out, copias):
    for who in sheets():
        (page,) = lay_out(hojas.hoja(Tipo.TARJETA, own={"copias": copias}, **who))
        faces = [
            box
            for box in page.descendants()
            if name_of(box) in ("frente", "reverso") and isinstance(box, boxes.TableCellBox)
        ]
        assert len(faces) == 2 * copias
        for face in faces:
            size = (face.border_width() / MM, face.border_height() / MM)
            assert size == pytest.approx((85.6, 54), abs=0.4), who


@pytest.mark.parametrize("tipo", Tipo)
def test_no_word_reaches_the_margin_of_the_paper(pdf_tool, tipo):
    """The same from the outside, as pdftotext measures it: 10 mm of A4 and of Letter stay white."""
    for who in (hojas.LONG, dict.fromkeys(hojas.LONG, "Ñ" * 60)):
        pdf = rendering.to_pdf(hojas.hoja(tipo, **who), SELLO)
        for line in pdf_tool(pdf, "pdftotext", "-bbox", "{}", "-").splitlines():
            if ("<word" in line) and "DEMOSTRACI" not in line and "VALIDEZ" not in line:
                left, right = (
                    float(re.search(f'{edge}="([0-9.]+)"', line)[1]) for edge in ("xMin", "xMax")
                )
                assert left > 28, line
                assert right < 595 - 10, line  # A4 is 595 points wide, Letter 612
