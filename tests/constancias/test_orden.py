"""Reading order as the structure tree of the PDF tells it, which is what a screen reader reads."""

import io
import re

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from constancias import rendering
from constancias.documentos import DEMOSTRACION
from constancias.enums import Tipo
from tests.constancias import hojas
from tests.constancias.test_rendering import SELLO

VERIFY = ["Código de verificación", "7Q2M-X4K9-T0WR", "Lee el QR o escribe el código en"]
SEAL = [
    "Cadena original:",
    "||Invocante:portalnssdemo|",
    "Cadena de datos:",
    "||Documento:",
    "Sello digital:",
    "MEUCIQ",
    "Secuencia notarial:",
    "9c15735c-fd2f-4192-bbb0-24f029f8eb69",
    "Número de serie:",
    "01234567890123456789",
]
CONTACT = ["Contacto", "Mesa de ayuda de tu escuela"]
PERSON = [
    *("Nombre(s):", "Ana Sofía", "Primer apellido:", "López", "Segundo apellido:", "Rivera"),
]
ORDER = {
    Tipo.CONSTANCIA: [
        "Portal NSS (demostración)",
        "Asignación de Número de Seguridad Social",
        *("Homoclave del trámite", "IMSS-02-008", "Folio", hojas.FOLIO),
        *(
            "Homoclave del formato",
            "FF-IMSS-013",
            "Fecha de solicitud del trámite",
            "18 / 02 / 2025",
        ),
        "hace constar que se recuperó el siguiente:",
        *("Número de Seguridad Social:", "92919084431", "CURP:", "LORA070514MGRPVNA4"),
        *PERSON,
        *(
            "Sexo:",
            "Mujer",
            "Fecha de nacimiento:",
            "14/05/2007",
            "Lugar de nacimiento:",
            "Guerrero",
        ),
        *("único, permanente e intransferible", "U.M.F. asignada"),
        *("Aviso de privacidad", "es responsable del tratamiento", "Aviso importante", "AFORE"),
        *("Sello y verificación", *VERIFY, *SEAL, *CONTACT),
    ],
    Tipo.TARJETA: [
        "Tarjeta de Número de Seguridad Social",
        "Recorta por la línea punteada y dobla por la mitad.",
        *("Portal NSS (demostración)", DEMOSTRACION, "Número de Seguridad Social"),
        *("92 91 90 8443-1", "que corresponde a la CURP", "LORA070514MGRPVNA4"),
        *("Ana Sofía López Rivera", *VERIFY, "Folio", hojas.FOLIO, "se recuperó"),
        *("Sello", *SEAL, *CONTACT),
    ],
    Tipo.COMPROBANTE: [
        *("Comprobante de trámite", "Paso 4 · Solicitud procesada"),
        f"La solicitud {hojas.FOLIO} fue concluida exitosamente.",
        *("Trámite:", "Localización de NSS", "Folio:", hojas.FOLIO, *PERSON, "CURP:"),
        *("Qué se hizo", "que termina en 4431.", "Documentos expedidos con este folio"),
        *("Número de Seguridad Social", "Tarjeta de Número de Seguridad Social"),
        *("Qué sigue", "Servicios Escolares", "Sello y verificación", *VERIFY, *SEAL, *CONTACT),
    ],
    Tipo.ENMASCARADA: [
        "Constancia con NSS enmascarado",
        "hace constar que se recuperó un Número de Seguridad Social a:",
        *("Número de Seguridad Social:", "*******4431", "CURP:", "**************VNA4", *PERSON),
        *("Para qué sirve", "Cómo se comprueba", "Sello y verificación", *VERIFY, *SEAL, *CONTACT),
    ],
}
HEADINGS = {
    Tipo.CONSTANCIA: [
        "Aviso de privacidad",
        "Aviso importante",
        "Sello y verificación",
        "Contacto",
    ],
    Tipo.TARJETA: ["Sello", "Contacto"],
    Tipo.COMPROBANTE: [
        *("Qué se hizo", "Documentos expedidos con este folio", "Qué sigue"),
        *("Sello y verificación", "Contacto"),
    ],
    Tipo.ENMASCARADA: ["Para qué sirve", "Cómo se comprueba", "Sello y verificación", "Contacto"],
}


def spoken(pdf_tool, pdf: bytes) -> str:
    """The texts of the structure tree in its order."""
    tree = pdf_tool(pdf, "pdfinfo", "-struct-text", "{}")
    pieces = re.findall(r'^ *"(.*)"$', tree, re.M)
    return " ".join(" ".join(pieces).split())


@pytest.mark.parametrize("tipo", Tipo)
def test_it_is_read_in_the_order_of_the_sheet(pdf_tool, tipo):
    text, place = spoken(pdf_tool, rendering.to_pdf(hojas.hoja(tipo), SELLO)), 0
    for piece in ORDER[tipo]:
        found = text.find(piece, place)
        assert found >= 0, f"«{piece}» is missing or out of order"
        place = found + len(piece)


@pytest.mark.parametrize("tipo", Tipo)
def test_all_that_is_seen_is_read_and_nothing_else(pdf_tool, text_of, tipo):
    """But for the running head and foot of each page, which are marked as artifacts."""
    pdf = rendering.to_pdf(hojas.hoja(tipo), SELLO)
    seen = sorted("".join(text_of(pdf, "-raw").split()))
    read = sorted("".join(spoken(pdf_tool, pdf).split()))
    running = f"{DEMOSTRACION}{DEMOSTRACION}Portal NSS (demostración)Hoja 1 de 1"
    assert sorted([*read, *"".join(running.split())]) == seen


@pytest.mark.parametrize("tipo", Tipo)
def test_headings_are_bookmarks_in_their_order(tipo):
    reader = PdfReader(io.BytesIO(rendering.to_pdf(hojas.hoja(tipo), SELLO)))
    titles: list[str] = []

    def walk(items):
        for item in items:
            if isinstance(item, list):
                walk(item)
            else:
                titles.append(item.title)

    walk(reader.outline)
    assert len(titles) == 1 + len(HEADINGS[tipo])
    assert titles[1:] == HEADINGS[tipo]


@pytest.mark.parametrize("tipo", Tipo)
def test_every_figure_has_words_and_every_header_cell_its_cells(tipo):
    reader = PdfReader(io.BytesIO(rendering.to_pdf(hojas.hoja(tipo), SELLO)))
    found: dict[str, list[DictionaryObject]] = {}

    def walk(node):
        node = node.get_object()
        if isinstance(node, ArrayObject):
            for one in node:
                walk(one)
        elif isinstance(node, DictionaryObject):
            found.setdefault(str(node.get("/S", "")), []).append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    assert found["/Figure"]
    assert all("QR" in str(figure["/Alt"]) for figure in found["/Figure"])
    for cell in found.get("/TD", []):
        attributes = cell["/A"]
        assert "/Headers" in (attributes[0] if isinstance(attributes, list) else attributes)


@pytest.mark.parametrize("tipo", Tipo)
def test_pages_are_counted(text_of, tipo):
    pages = text_of(rendering.to_pdf(hojas.hoja(tipo, **hojas.LONG), SELLO)).split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        assert f"Hoja {number} de {len(pages)}" in page
