"""docs/verificar-con-openssl.md does what it says: its commands are run as they are written there."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from comun import reloj
from constancias import services
from constancias.enums import Tipo
from tests.constancias import hojas

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "verificar-con-openssl.md"
pytestmark = pytest.mark.django_db(transaction=True)


def commands() -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", GUIDE.read_text(), re.M | re.S)


def follow(folder: Path, portal: str, blocks: list[str]) -> subprocess.CompletedProcess[str]:
    script = "\n".join(["set -eu", *blocks])
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PORTAL": portal}
    return subprocess.run(
        ["sh", "-c", script], cwd=folder, env=env, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("tipo", Tipo)
@pytest.mark.parametrize("changes", [{}, hojas.LONG], ids=["ordinary", "long"])
def test_guide_verifies_a_document_and_notices_a_change(
    llave, numero, live_server, tmp_path, tipo, changes
):
    names = {**changes, "nombres": changes.get("nombres", "Ana | D'Ávila\\ <b>&amp;</b>")}
    preparado = services.prepare(facts=hojas.facts(**names), tipo=tipo)
    document = services.record(preparado=preparado, numero=numero, now=reloj.now())
    (tmp_path / "constancia.pdf").write_bytes(services.read_pdf(document))
    done = follow(tmp_path, live_server.url, commands())
    assert done.returncode == 0, done.stderr
    hoja = preparado.hoja
    said = done.stdout
    assert f"{hoja.cadena}\n{hoja.cadena_datos}" in said
    assert "certificado.pem: OK" in said
    assert "Verified OK" in said
    assert '"estado": "activa"' in said

    signed = (tmp_path / "mensaje.txt").read_text()
    (tmp_path / "mensaje.txt").write_text(
        signed.replace(hoja.facts.curp, "XXXX" + hoja.facts.curp[4:])
    )
    (check,) = [block for block in commands() if "dgst" in block]
    assert "Verification failure" in follow(tmp_path, live_server.url, [check]).stdout


def test_guide_and_page_name_the_same_addresses():
    text = GUIDE.read_text()
    for address in ("/.well-known/nss-sello/claves.json", "/.well-known/nss-sello/estados"):
        assert address in text
    assert len(commands()) == 5
