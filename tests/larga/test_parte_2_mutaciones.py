"""Five thousand forged files on the verifier and its command, two thousand forged QR on both verifiers."""

import io
import json
import os
import shutil
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import sync_playwright

from comun import reloj
from constancias import offline, services
from constancias.enums import Canal
from constancias.models import Consulta
from constancias.services import comprobacion
from constancias.verificacion import judge_token
from tests.conftest import CHROMIUM, QUIET
from tests.constancias.conftest import llave, make_numero  # noqa: F401 - fixtures
from tests.constancias.mutaciones import codes, mutations, stage, tokens
from tests.constancias.mutaciones.comprobar import (
    all_genuine_pass,
    code_accepted,
    pdf_checks_are_missed,
    qr_checks_are_missed,
)

pytestmark = [pytest.mark.larga, pytest.mark.django_db, pytest.mark.timeout(5400)]
SEED, PDFS, TOKENS, CODES = 1, 5000, 2000, 1000
WHOLE_EVERY = 25  # one of these many also goes the way of the page: sealed, queued, read, told
BATCH = 250
GENUINE = {"vigente", "posterior", "sin_lista"}  # answers of the offline page that believe a QR
# Shows each text to the page as a person would and returns its answers.
SHOW = """async (texts) => {
  const field = document.getElementById("pegado"), form = document.getElementById("texto");
  const panel = document.getElementById("respuesta"), said = [];
  for (const text of texts) {
    panel.hidden = true;
    field.value = text;
    form.requestSubmit();
    while (panel.hidden) await new Promise((go) => setTimeout(go, 1));
    said.push(panel.dataset.respuesta);
  }
  return said;
}"""


@pytest.fixture
def escena(llave, make_numero):  # noqa: F811
    return stage(make_numero)


def test_no_forged_pdf_of_5000_passes(escena, medida, monkeypatch, tmp_path):
    missed = pdf_checks_are_missed(escena, monkeypatch)
    kinds, ends, begun = Counter(), Counter(), time.perf_counter()
    for n, forged in enumerate(mutations(escena, SEED, PDFS)):
        code, _ = command(tmp_path, forged.pdf, "--sin-campos")
        assert code in (1, 2), f"{forged.kind}, semilla {SEED}, {n}"
        if n % WHOLE_EVERY == 0:
            assert not by_the_page(forged.pdf), f"{forged.kind}, semilla {SEED}, {n}"
        kinds[forged.kind] += 1
        ends["ilegibles" if code == 2 else "no auténticos"] += 1
    seconds = time.perf_counter() - begun
    genuine = [command(tmp_path, base.pdf) for base in escena.bases]
    assert [code for code, _ in genuine] == [0] * len(escena.bases)
    assert all(by_the_page(base.pdf) for base in escena.bases)
    medida(
        "falsificaciones_pdf",
        {
            "pdf": PDFS,
            "aceptados": 0,
            "por_la_pagina": PDFS // WHOLE_EVERY,
            **ends,
            "clases": dict(sorted(kinds.items())),
            "autenticos_aceptados": f"{len(genuine)} de {len(escena.bases)}",
            "rotaciones": len({base.llave.serie for base in escena.bases}) - 1,
            "revisiones_que_se_echan_de_menos": missed,
            "segundos": round(seconds),
        },
        semilla=SEED,
    )


def test_no_forged_qr_of_2000_passes(escena, medida, monkeypatch, tmp_path):
    missed = qr_checks_are_missed(escena, monkeypatch)
    kinds = Counter()
    for kind, text in tokens(escena, SEED, TOKENS):
        assert not judge_token(text).genuina, f"{kind}, semilla {SEED}: {text}"
        kinds[kind] += 1
    assert not any(code_accepted(text) for text in codes(escena, SEED, CODES))
    assert all_genuine_pass(escena)

    genuine = [base.token for base in escena.bases]
    forged = [text for _, text in tokens(escena, SEED + 1, TOKENS, offline=True)]
    services.publish_estados(now=reloj.now())
    path = tmp_path / "verificador.html"
    path.write_text(offline.build(reloj.now()).html)
    with ThreadPoolExecutor(1) as apart:  # a thread of its own: Playwright leaves its loop running
        answers = apart.submit(shown_offline, path, [*genuine, *forged]).result()
    assert answers[: len(genuine)] == ["vigente"] * len(genuine)
    said = Counter(answers[len(genuine) :])
    assert said.total() == TOKENS
    assert not GENUINE & set(said), said
    medida(
        "falsificaciones_qr",
        {
            "qr": TOKENS,
            "aceptados": 0,
            "clases": dict(sorted(kinds.items())),
            "codigos": CODES,
            "codigos_aceptados": 0,
            "sin_conexion": TOKENS,
            "sin_conexion_aceptados": 0,
            "sin_conexion_respuestas": dict(said),
            "revisiones_que_se_echan_de_menos": missed,
        },
        semilla=SEED,
    )


def command(folder, pdf: bytes, *options: str) -> tuple[int, dict]:
    path, out = folder / "traida.pdf", io.StringIO()
    path.write_bytes(pdf)
    with pytest.raises(SystemExit) as end:
        call_command("verificar_constancia", str(path), "--json", *options, stdout=out)
    return end.value.code, json.loads(out.getvalue())


def by_the_page(pdf: bytes) -> bool:
    pk = comprobacion.leave_pdf(pdf=pdf, canal=Canal.PAGINA, now=reloj.now())
    comprobacion.resolve(consulta_id=pk)
    answer = Consulta.objects.get(pk=pk).resultado
    assert answer
    return answer["genuina"]


def shown_offline(path: Path, texts: list[str]) -> list[str]:
    """Open the file that a school keeps, with the network off, and show it each text."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)))
    sandbox = () if os.geteuid() else ("--no-sandbox",)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*QUIET, *sandbox])
        context = browser.new_context()
        context.set_offline(True)
        page = context.new_page()
        page.goto(path.as_uri())
        page.wait_for_selector("body[data-lista=si]")
        said: list[str] = []
        for start in range(0, len(texts), BATCH):
            said += page.evaluate(SHOW, texts[start : start + BATCH])
        browser.close()
    return said
