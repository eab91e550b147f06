"""reemitir and revocar: what they print, and what they say when they cannot."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from constancias.documentos import Hoja
from constancias.enums import DE_TRAMITE, Tipo
from constancias.models import Constancia
from nss.models import PersonaPadron, curp_index
from tests.constancias import hojas
from tests.constancias.hojas import MARRIED

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = io.StringIO()
    call_command(*args, stdout=out)
    return out.getvalue().strip()


def test_commands_say_the_new_folio_and_what_was_revoked(issue):
    issue(*DE_TRAMITE)
    PersonaPadron.objects.create(
        curp_idx=curp_index(MARRIED.curp), datos=MARRIED.as_json(), estatus="AN"
    )
    nuevo = run("reemitir", hojas.FOLIO, "--motivo", "correccion", "--actor", "mesa", "--corregir")
    assert re.fullmatch(r"\d{23}", nuevo)
    assert (
        Hoja.from_json(Constancia.objects.of_folio(nuevo).first().snapshot).facts.primer_apellido
        == "LÓPEZ"
    )
    people = ("--solicita", "Ana", "--aprueba", "Luis")
    assert run("revocar", nuevo, "--motivo", "error", *people) == "Revocados: constancia, tarjeta"


def test_commands_say_why_not(issue):
    issue(Tipo.CONSTANCIA)
    same = ("--motivo", "error", "--solicita", "Ana", "--aprueba", "ANA")
    with pytest.raises(CommandError, match="dos personas"):
        run("revocar", hojas.FOLIO, *same)
    with pytest.raises(CommandError, match="no tiene documentos vigentes"):
        run("reemitir", "9" * 23)
    with pytest.raises(CommandError, match="no conoce hoy"):
        run("reemitir", hojas.FOLIO, "--corregir")
    with pytest.raises(CommandError, match="No hay una constancia"):
        run("reemitir", "9" * 23, "--corregir")
