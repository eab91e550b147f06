"""Whatever is known of a CURP, Paso 1 asks the database the same, answers and mails the same."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comun import outbox
from comun.models import Pendiente
from nss.models import Asegurado
from tests.tramites import seis
from tests.tramites.escena import PASO1, WAIT
from tests.tramites.visita import Visita, answer
from tramites.enums import ENVIAR
from tramites.pasos import captura
from tramites.services.captura import curp_index

pytestmark = pytest.mark.django_db

# What the request may not even look at.
FORBIDDEN = re.compile(
    r"nss_(asegurado|numero|curpanterior|personapadron)|tramites_vinculocorreo|constancias_"
)
LITERALS = re.compile(
    r"'(?:[^']|'')*'(?:::\w+(?: \w+)*)?|(?: -)?\b\d+(?:\.\d+)?\b|\bs\d+_x\d+\b|\"s\d+_x\d+\""
)
CHANCE = (
    (re.compile(r'name="csrfmiddlewaretoken" value="\w{64}"'), "CSRF"),
    (re.compile(r"/c/[\w-]{43}"), "LIGA"),
    (re.compile(r"(?<![\w-])\d{23}(?!\d)"), "FOLIO"),
    (re.compile(r"(?<![\w-])\d{6}(?!\d)"), "CODIGO"),
)
OF_THE_INSTANT = ("Content-Length", "Expires", "X-Referencia")  # the length is that of the bytes


@pytest.fixture
def six():
    enter(next(seis.all_kinds(start=500)))  # what is read once per process, or made once a day
    return list(seis.all_kinds())


def without_chance(text: str) -> str:
    for pattern, name in CHANCE:
        text = pattern.sub(name, text)
    return text


def heads(response) -> dict[str, str]:
    """The headers, and what of each cookie is not its value."""
    facts = {name: value for name, value in response.headers.items() if name not in OF_THE_INSTANT}
    for name, morsel in response.cookies.items():
        facts[f"cookie {name}"] = ",".join(
            f"{key}={morsel[key]}" for key in morsel if key != "expires"
        )
    return facts


def enter(caso):
    """Send Paso 1; return its statements and what the browser got, without what is chance."""
    browser = Visita()
    form = browser.get(PASO1).form("form-captura")
    read = answer(form["captcha_llave"])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = browser.send_capture(form, curp=caso.quien.curp, correo=caso.correo, typed=read)
    statements = [LITERALS.sub("?", query["sql"]) for query in asked]
    assert page.url == WAIT
    wait = browser.get(WAIT)
    seen = (page.status, heads(page.response), page.response.content)
    then = (wait.status, heads(wait.response), without_chance(wait.html))
    return statements, seen, then


def test_six_kinds_ask_the_same_of_the_database_and_get_the_same_bytes(six):
    all_asked, all_seen, all_then = zip(*(enter(caso) for caso in six), strict=True)
    for caso, asked, seen, then in zip(six, all_asked, all_seen, all_then, strict=True):
        assert asked == all_asked[0], caso.clase
        assert seen == all_seen[0], caso.clase
        assert then == all_then[0], caso.clase
    told = "\n".join(all_asked[0])
    assert "tramites_solicitud" in told
    assert FORBIDDEN.findall(told) == []


def test_a_look_at_the_registry_would_be_noticed(six, monkeypatch):
    """The same look for everybody, and one more statement for who has a number."""
    real = captura.open_solicitud

    def leaky(**facts):
        found = Asegurado.objects.filter(curp_idx=curp_index(facts["curp"])).first()
        if found:
            found.numeros.count()
        return real(**facts)

    monkeypatch.setattr(captura, "open_solicitud", leaky)
    asked = {caso.clase: enter(caso)[0] for caso in six}
    assert asked[seis.DESCONOCIDA] == asked[seis.SIN_NUMERO] != asked[seis.CON_NUMERO]
    assert FORBIDDEN.findall("\n".join(asked[seis.DESCONOCIDA]))


def test_the_mail_of_six_kinds_asks_the_same_of_the_database(six):
    """What the worker does before a mail goes is what its delay is made of."""
    Pendiente.objects.all().delete()
    asked = {}
    for caso in six:
        enter(caso)
        (due,) = Pendiente.objects.waiting()
        assert due.tipo == ENVIAR
        mail.outbox.clear()
        with CaptureQueriesContext(connection) as queries:
            outbox.attend(due.pk)
        assert [letter.to for letter in mail.outbox] == [[caso.correo]]
        asked[caso.clase] = [LITERALS.sub("?", query["sql"]) for query in queries]
    told = "\n".join(asked[seis.LIGADA])
    assert "tramites_vinculocorreo" in told  # the limits of a mailbox are judged here
    for clase, statements in asked.items():
        assert statements == asked[seis.DESCONOCIDA], clase


def test_six_kinds_get_the_same_mail(six, attend_all):
    for caso in six:
        enter(caso)
    mail.outbox.clear()
    attend_all()
    mail.outbox[:] = [letter for letter in mail.outbox if "000500" not in letter.to[0]]
    assert len(mail.outbox) == len(six)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    shapes, sizes = set(), set()
    for caso in six:
        letter = letters[caso.correo]
        parts = (letter.subject, letter.body, *(html for html, _ in letter.alternatives))
        names = tuple(sorted(letter.extra_headers))
        shapes.add((names, *(without_chance(part) for part in parts)))
        sizes.add(len(letter.message().as_bytes()))
        assert letter.attachments == []
    assert len(shapes) == len(sizes) == 1
