"""Mis datos on the running stack: the roles of the database, the worker that prints, the mail."""

import json
import secrets
import time

import pytest

from imss_portal.demo.estudiante import Estudiante
from imss_portal.demo.recorrido import next_person

pytestmark = pytest.mark.pila
HOME, COPY = "/mis-datos/", "/mis-datos/copia/"
WITHIN = 60  # s


def with_number(pila) -> Estudiante:
    """Somebody whose number was located, at the end of their procedure."""
    curp = next_person("localizado", entorno=pila.entorno, folder=pila.folder)
    correo = f"datos-{secrets.token_hex(4)}@example.org"
    student = Estudiante(pila.entorno, curp=curp, correo=correo)
    student.capturar()
    student.confirmar_por_codigo()
    student.esperar("documentada", "concluida")
    return student


def copy_of(student: Estudiante) -> tuple[dict, bytes, float]:
    """Ask for the copy and wait for it; return the file, the paper, and the seconds it took."""
    web, begun = student.web, time.monotonic()
    page = web.abrir(HOME)
    page = web.enviar(page, page.formulario("form-copia"))
    while "está lista" not in page.texto:
        assert time.monotonic() - begun < WITHIN, page.resumen()
        time.sleep(0.2)
        page = web.abrir(COPY)
    told = json.loads(web.descargar(f"{COPY}json/").contenido)
    paper = web.descargar(f"{COPY}pdf/").contenido
    return told, paper, time.monotonic() - begun


def test_copy_comes_within_a_minute_from_the_real_worker(pila):
    student = with_number(pila)
    nss = "".join(filter(str.isdigit, student.pagina.marca("nss") or ""))
    told, paper, seconds = copy_of(student)
    assert seconds < WITHIN
    assert paper.startswith(b"%PDF-")
    text = json.dumps(told, ensure_ascii=False)
    assert told["completa"]
    for known in (student.curp, student.correo, nss, student.folio):
        assert known in text


def test_petition_is_taken_and_its_receipt_is_mailed(pila):
    student = with_number(pila)
    page = student.web.abrir(f"{HOME}pedir/")
    form = page.formulario("form-peticion")
    page = student.web.enviar(page, form, None, derecho="oposicion", texto="No me escriban.")
    assert "Último día para contestarte" in page.texto
    folio = page.url.rstrip("/").rpartition("/")[2]
    end = time.monotonic() + WITHIN
    while not any(folio in str(one["Subject"]) for one in student.correos()):
        assert time.monotonic() < end
        time.sleep(0.2)
