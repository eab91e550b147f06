"""The audit names the entry that was changed, taken, put in or moved, and sees a chain cut short."""

import io
import json
import logging
import random

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from comun import auditoria, bitacora, registro, tasks
from comun.auditoria import Cabeza
from tests.comun.forja import FORJAS, chain, run

pytestmark = pytest.mark.django_db
SIZE, TIMES = 60, 64


@pytest.fixture
def whole():
    chain(SIZE)
    return auditoria.head()


def audit(*args: str) -> str:
    said = io.StringIO()
    call_command("auditar_bitacora", *args, stdout=said, stderr=said)
    return said.getvalue()


def test_any_single_tampering_is_named_and_nothing_else(whole):
    dice = random.Random(4)
    for n in range(TIMES):
        forge = FORJAS[n % len(FORJAS)]
        here = transaction.savepoint()
        wanted = forge(dice, SIZE)
        assert {one.n for one in auditoria.examine([whole])} == wanted, (n, forge.__name__)
        transaction.savepoint_rollback(here)
    assert list(auditoria.examine([whole])) == []


def test_command_says_it_is_whole_and_gives_the_head(whole):
    said = audit("--hasta", str(whole))
    assert f"{SIZE} asientos íntegros" in said
    assert f"Cabeza: {whole}" in said


def test_command_names_the_entry_and_fails():
    chain(5)
    run("UPDATE comun_bitacora SET objeto = 'otro' WHERE n = 3")
    said = io.StringIO()
    with pytest.raises(CommandError, match="no está íntegra: 1 asientos"):
        call_command("auditar_bitacora", stderr=said)
    assert said.getvalue() == "asiento 3: no es lo que se escribió\n"


def test_chain_cut_short_is_whole_to_who_has_no_head(whole):
    run("DELETE FROM comun_bitacora WHERE n > %s", SIZE - 2)
    assert "íntegros" in audit()
    with pytest.raises(CommandError, match="2 asientos"):
        audit("--hasta", str(whole))


def test_chain_cut_and_grown_again_is_not_the_one_that_was_told(whole):
    run("DELETE FROM comun_bitacora WHERE n > %s", SIZE - 2)
    chain(5)
    assert bitacora.broken_rows() == []
    assert [one.n for one in auditoria.examine([whole])] == [SIZE]


def test_daily_head_is_found_in_the_log(whole, tmp_path):
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(registro.Lineas())
    logging.getLogger("comun.auditoria").addHandler(handler)
    try:
        tasks.cabeza()
    finally:
        logging.getLogger("comun.auditoria").removeHandler(handler)
    assert json.loads(out.getvalue())["cabeza"] == str(whole)
    log = tmp_path / "trabajador.log"
    log.write_text('no es JSON "cabeza"\n{"cabeza": "x"}\n' + out.getvalue())
    assert list(auditoria.heads_in(log)) == [whole]
    run("DELETE FROM comun_bitacora WHERE n = %s", SIZE)
    with pytest.raises(CommandError, match="1 asientos"):
        audit("--registro", str(log))


@pytest.mark.parametrize(
    ("args", "told"),
    [(("--hasta", "cinco"), "N:HMAC"), (("--registro", "/no/existe.log"), "No existe")],
)
def test_head_that_cannot_be_read_is_said(args, told):
    with pytest.raises(CommandError, match=told):
        audit(*args)


def test_empty_chain_is_whole():
    assert auditoria.head() == Cabeza(0, bitacora.GENESIS)
    assert "0 asientos íntegros" in audit()
