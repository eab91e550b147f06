"""The big numbers of the documents: 200 sheets of four kinds, 60 hostile texts in 12 fields."""

import time

import pytest

from constancias import rendering, services
from tests.constancias import examen, hostil
from tests.constancias.conftest import llave, make_numero  # noqa: F401 - fixtures
from tests.constancias.test_documentos import issue_many
from tests.constancias.test_hostil import trap  # noqa: F401 - a fixture
from tests.constancias.test_rendering import SELLO

pytestmark = [pytest.mark.larga, pytest.mark.timeout(1800), pytest.mark.django_db]

DOCUMENTS = 200


def test_200_documents_are_good_for_four_programs(llave, make_numero, tmp_path, medida):  # noqa: F811
    begun = time.perf_counter()
    issued = issue_many(DOCUMENTS, make_numero)
    seconds = time.perf_counter() - begun
    faults: dict[str, list[str]] = {}
    active, sizes = 0, []
    for document in issued:
        pdf = services.read_pdf(document)
        sizes.append(len(pdf))
        active += len(hostil.active_keys(pdf))
        if found := examen.faults(tmp_path, document, pdf):
            faults[f"{document.folio} {document.tipo}"] = found
    medida(
        "documentos",
        {
            "documentos": len(issued),
            "con_falla": len(faults),
            "claves_activas": active,
            "segundos_cada_uno": round(seconds / len(issued), 3),
            "kB_el_mayor": round(max(sizes) / 1024),
        },
        semilla=5,
    )
    assert faults == {}
    assert active == 0
    assert len(issued) == DOCUMENTS


def test_60_payloads_in_12_fields_stay_text(trap, medida):  # noqa: F811
    words, asked = trap
    embedded = active = canary = 0
    for field in hostil.FIELDS:
        for number, payload in enumerate(hostil.PAYLOADS):
            pdf = rendering.to_pdf(hostil.sheet(field, payload.format(**words), number), SELLO)
            keys = hostil.active_keys(pdf)
            embedded += len(keys & {"/EmbeddedFile", "/EmbeddedFiles", "/AF"})
            active += len(keys)
            canary += b"CANARIO" in pdf
    cases = len(hostil.FIELDS) * len(hostil.PAYLOADS)
    medida(
        "texto_hostil",
        {
            "casos": cases,
            "pedidos_a_la_red": len(asked),
            "archivos_incrustados": embedded,
            "claves_activas": active,
            "archivos_leidos": canary,
        },
    )
    assert (cases, len(asked), embedded, active, canary) == (720, 0, 0, 0, 0)
