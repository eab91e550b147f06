"""`make recorrido`: whole procedures over HTTP, against the running stack."""

import json
from pathlib import Path

import pytest

from nss.values import Nss
from tests.pila.test_arranque import manage

pytestmark = pytest.mark.pila


def walk(pila, *args: str) -> tuple[int, dict, str]:
    """Return the exit code, the JSON of the last line, and what went to stderr."""
    done = manage(pila.folder, "recorrido", *args, timeout=240)
    lines = done.stdout.strip().splitlines()
    assert lines, done.stderr
    return done.returncode, json.loads(lines[-1]), done.stderr


def assert_complete(code: int, result: dict, told: str) -> None:
    assert code == 0, told
    assert Nss(result["nss"]) == result["nss"]
    assert len(result["folio"]) == 23
    papers = [Path(path) for path in result["documentos"]]
    assert [path.name for path in papers] == ["constancia.pdf", "tarjeta.pdf", "comprobante.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF-") for path in papers)
    assert 0 < result["segundos"] < 90


def test_localizado_ends_with_number_and_papers(pila):
    assert_complete(*walk(pila, "--caso", "localizado"))


def test_asignado_is_located_the_second_time_and_held_for_another_mailbox(pila):
    code, first, told = walk(pila, "--caso", "asignado", "--correo", "ana.uno@example.org")
    assert_complete(code, first, told)
    used = json.loads((pila.folder / "recorridos.json").read_text())
    who = ("--curp", used[-1])

    code, again, told = walk(pila, "--caso", "localizado", *who, "--correo", "ana.uno@example.org")
    assert_complete(code, again, told)
    assert again["nss"] == first["nss"]

    code, other, told = walk(pila, "--caso", "retenido", *who, "--correo", "otra@example.org")
    assert code == 0, told
    assert (other["nss"], other["documentos"]) == (None, [])


def test_inconcluso_ends_with_reason_and_slip(pila):
    code, result, told = walk(pila, "--caso", "inconcluso")
    assert code == 0, told
    assert (result["nss"], result["documentos"]) == (None, [])
    assert len(result["folio"]) == 23


def test_case_that_ends_otherwise_fails(pila):
    code, result, told = walk(pila, "--caso", "asignado", "--curp", "XEXX010101HNEXXXA4")
    assert code == 1
    assert result["nss"] is None
    assert "no terminó como debía" in told


def test_each_run_takes_somebody_else(pila):
    walk(pila, "--caso", "inconcluso")
    used = json.loads((pila.folder / "recorridos.json").read_text())
    assert len(used) == len(set(used))


def test_papers_are_verified_replaced_and_revoked(pila):
    code, shown, told = walk(pila, "--caso", "verificar")
    assert_complete(code, shown, told)
    said = shown["dictamenes"]
    assert (said.pop("constancia"), said.pop("otra")) == ("vigente", "ilegible")
    assert said["agregada"] == "alterada"
    assert said.keys() == {"alterada", "agregada"}
    assert "vigente" not in said.values()

    code, again, told = walk(pila, "--caso", "reemitir")
    assert_complete(code, again, told)
    assert again["dictamenes"] == {"anterior": "sustituida", "nueva": "vigente"}

    code, ended, told = walk(pila, "--caso", "revocar")
    assert code == 0, told
    assert ended["dictamenes"] == {"constancia": "revocada"}
