"""Whether the verifier accepts something, and whether anybody would notice if it checked less."""

import pytest

from constancias import cose
from constancias.enums import Dictamen
from constancias.errors import CodigoMalformado, PdfUnreadable
from constancias.verificacion import judge, judge_code, judge_token, revisiones
from tests.constancias.mutaciones.credenciales import tampered_tokens
from tests.constancias.mutaciones.escena import Escena
from tests.constancias.mutaciones.registro import tampered, undone


def accepted(pdf: bytes, *, explain: bool = False) -> bool:
    try:
        return judge(pdf, explain=explain).genuina
    except PdfUnreadable:
        return False


def code_accepted(text: str) -> bool:
    try:
        return judge_code(text).genuina
    except CodigoMalformado:
        return False


def all_genuine_pass(escena: Escena) -> bool:
    return all(
        judge(base.pdf).dictamen
        == judge_token(base.token).dictamen
        == judge_code(base.hoja.codigo).dictamen
        == Dictamen.VIGENTE
        for base in escena.bases
    )


def pdf_checks_are_missed(escena: Escena, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Remove each check of a PDF in turn: a forgery that was refused passes. Return their names."""
    cases = tampered(escena)
    assert [case.kind for case in cases] == list(revisiones.DE_PDF)
    for case in cases:
        with undone(case.tamper):
            assert judge(case.pdf).fallas == [case.kind]
            with monkeypatch.context() as weaker:
                weaker.delitem(revisiones.DE_PDF, case.kind)
                assert accepted(case.pdf, explain=True), case.kind
    return [case.kind for case in cases]


def qr_checks_are_missed(escena: Escena, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The same of a QR."""
    cases = tampered_tokens(escena)
    assert [kind for kind, _, _ in cases] == list(revisiones.DE_CREDENCIAL)
    for kind, text, tamper in cases:
        with undone(tamper):
            assert judge_token(text).fallas == [kind]
            with monkeypatch.context() as weaker:
                if kind == "firma":  # this one stands in the reader of the token itself
                    weaker.setattr(cose, "read", _unchecked)
                else:
                    weaker.delitem(revisiones.DE_CREDENCIAL, kind)
                assert judge_token(text).genuina, kind
    return [kind for kind, _, _ in cases]


def _unchecked(data, keys):
    _, payload, _, serie = cose._parts(data)
    keys(serie)
    return payload
