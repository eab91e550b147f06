"""/verificar/ in a browser on the running stack: the worker reads the PDF, with JavaScript and without."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from constancias.codigo import ALPHABET
from tests.pila.test_recorrido import walk

pytestmark = [pytest.mark.pila, pytest.mark.navegador]
CODE = re.compile(rf"^((?:[{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}})$", re.M)
PICTURES = os.environ.get("FOTOS_VERIFICAR", "")  # a folder, to look at the pages


@pytest.fixture(scope="module")
def papers(pila_de_la_sesion):
    code, result, told = walk(pila_de_la_sesion, "--caso", "localizado")
    assert code == 0, told
    return [Path(path) for path in result["documentos"]]


@pytest.fixture(params=["con guiones", "sin guiones"])
def tab(request):
    name = "pagina" if request.param == "con guiones" else "pagina_sin_js"
    page = request.getfixturevalue(name)
    page.goto("/verificar/")
    return page


def look(page, name: str) -> None:
    """Keep a picture if asked, and never let the page be wider than the phone."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
        assert page.locator("html").evaluate("node => node.scrollWidth") <= width


def dictamen(page, word: str) -> None:
    expect(page.locator(".dictamen")).to_have_attribute("data-dictamen", word, timeout=30_000)


def send(page, content: bytes) -> None:
    file = {"name": "constancia.pdf", "mimeType": "application/pdf", "buffer": content}
    page.set_input_files("input[name=archivo]", file)
    page.get_by_role("button", name="Verificar PDF").click()


def test_a_code_typed_from_the_paper(tab, papers, request):
    read = ["pdftotext", papers[0], "-"]
    sheet = subprocess.run(read, capture_output=True, text=True, check=True).stdout
    look(tab, f"verificar-{request.node.callspec.id}")
    tab.get_by_label("Código de verificación").fill(CODE.search(sheet)[1].lower())
    tab.get_by_role("button", name="Verificar código").click()
    dictamen(tab, "vigente")
    look(tab, f"vigente-{request.node.callspec.id}")


def test_a_wrong_code_is_told_beside_its_field(tab, papers, request):
    tab.get_by_label("Código de verificación").fill("ABCD-EFGH")
    tab.get_by_role("button", name="Verificar código").click()
    expect(tab.locator("#resumen-errores")).to_contain_text("Falta algún carácter")
    look(tab, f"error-{request.node.callspec.id}")


def test_each_paper_is_genuine(tab, papers):
    for paper in papers:
        tab.goto("/verificar/")
        send(tab, paper.read_bytes())
        dictamen(tab, "vigente")


def test_an_altered_paper_is_told(tab, papers, request):
    send(tab, papers[0].read_bytes() + b"\n")
    dictamen(tab, "alterada")
    expect(tab.locator(".campos")).to_contain_text("Firma electrónica")
    look(tab, f"alterada-{request.node.callspec.id}")
