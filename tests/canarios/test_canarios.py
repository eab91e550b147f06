"""Walks and errors of people made to be looked for: they are found in no log, queue, subject or dump."""

import base64
import hashlib
from pathlib import Path

import pytest
import redis

from imss_portal.demo.pila import Pila
from tests.canarios.caminata import enrol, sql, walk_all
from tests.canarios.cebos import Cebo, people
from tests.canarios.escondites import Escondites, hits
from tests.canarios.fallas import FALLAS, Forzado

pytestmark = pytest.mark.pila
WALKS = 8
OTHERS = 8  # people of the errors


def test_nothing_of_anybody_lies_about(pila: Pila, tmp_path: Path):
    places, cebos = after_walks_and_errors(pila, "uno", WALKS, tmp_path)
    copied = places.copy()
    assert all(files for place, files in copied.items() if place != "temporales")
    assert hits(copied, cebos, tmp_path) == set()
    plant_and_find(pila, cebos[0], places, tmp_path)


def after_walks_and_errors(
    pila: Pila, tag: str, walks: int, folder: Path
) -> tuple[Escondites, list[Cebo]]:
    places, cebos = Escondites(pila, folder), people(tag, walks + OTHERS)
    enrol(pila, cebos, folder)
    walked = walk_all(pila, cebos[:walks], places.direcciones)
    forced = Forzado(pila, cebos[0], walked[0], cebos[walks:], places.direcciones)
    for make in FALLAS.values():
        make(forced)
    return places, cebos


def plant_and_find(pila: Pila, cebo: Cebo, places: Escondites, work: Path) -> None:
    """The search has eyes: in each place, what is planted is found, and nothing else is."""
    curp, base = cebo.quien.curp, pila.folder
    encoded = base64.b64encode(f"x{cebo.correo}".encode()).decode()
    digest = hashlib.sha1(cebo.correo.encode()).hexdigest()
    plants = {
        "registros": (base / "registros" / "plantado.log", f'{{"dice": "{cebo.codigos[0]}"}}\n'),
        "asuntos": (
            Path(pila.env["BUZON_DIR"]) / "1-2-3.eml",
            f"Subject: NSS de {cebo.quien.nombres} {cebo.quien.primer_apellido}\n\nx",
        ),
        "temporales": (Path(pila.env["TMPDIR"]) / "plantado", cebo.calle),
        "documentos": (Path(pila.env["DOCUMENTOS_DIR"]) / "plantado", cebo.tokens[0]),
    }
    link = redis.Redis(unix_socket_path=pila.env["REDIS_URL"].partition("://")[2])
    plant = "INSERT INTO comun_evento (objeto, tipo, datos, fecha) VALUES (%s, 'x', %s, now())"
    zero = "00000000-0000-0000-0000-000000000000"
    try:
        for path, text in plants.values():
            path.write_text(text)
        link.hset("plantado", curp.lower(), "x")
        for told in (encoded, digest):
            sql(pila, plant, zero, f'"{told}"')
        places.direcciones.open("a").write(f"/x?nss={cebo.nss}\n")
        found = hits(places.copy(), [cebo], work)
        assert {place for place, _ in found} == {
            *plants,
            *("cola y caché", "direcciones", "base"),
        }
        assert {("base", digest), ("registros", cebo.codigos[0])} <= found
        assert any(place == "base" and hit in encoded for place, hit in found)
    finally:
        for path, _ in plants.values():
            path.unlink()
        link.delete("plantado")
        sql(
            pila,
            "ALTER TABLE comun_evento DISABLE TRIGGER USER;"
            f" DELETE FROM comun_evento WHERE objeto = '{zero}';"
            " ALTER TABLE comun_evento ENABLE TRIGGER USER",
        )
