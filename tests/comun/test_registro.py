"""The log tells what happened and names nobody: only what is listed passes."""

import doctest
import io
import json
import logging
import re
import uuid
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory
from django.utils.module_loading import import_string

from comun import registro
from comun.errors import DomainError
from comun.models import Pendiente
from comun.registro import LEFT_OUT, Lineas

NOMBRE, CURP, NSS, CORREO = (
    "ANA SOFÍA LÓPEZ",
    "LORA070514MGRPVNA4",
    "92919084431",
    "ana@example.org",
)
CALLE = "Calle de la Amargura 12"
WHOLE = (NOMBRE, CURP, NSS, CORREO, CALLE)


@pytest.fixture
def line():
    """Log by a logger with our formatter and return the line it wrote."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Lineas())
    log = logging.getLogger("prueba.registro")
    log.handlers, log.propagate = [handler], False
    log.setLevel(logging.DEBUG)

    def write(act) -> dict[str, object]:
        out.seek(0)
        out.truncate()
        act(log)
        (text,) = out.getvalue().splitlines()
        return json.loads(text)

    return write


def test_examples_hold():
    assert doctest.testmod(registro).failed == 0


def test_line_says_when_how_grave_who_and_what(line):
    told = line(lambda log: log.warning("la cola no responde"))
    assert {k: told[k] for k in ("nivel", "origen", "dice")} == {
        "nivel": "WARNING",
        "origen": "prueba.registro",
        "dice": "la cola no responde",
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", told["hora"])


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (7, "7"),
        (True, "True"),
        (uuid.UUID(int=5), str(uuid.UUID(int=5))),
        ("identificar", "identificar"),
        ("outbox:72 > alta:9", "outbox:72 > alta:9"),
        ("IntegrityError", "IntegrityError"),
        ("1" * 23, "1" * 23),
        (ValueError(CURP), "ValueError"),
        (ValueError, "ValueError"),
        (Pendiente.Estado.HECHO, "hecho"),
        ({"folio": "1" * 23, "correo": CORREO}, f"{{'folio': '{'1' * 23}', 'correo': '…'}}"),
        (int(NSS), "…"),
        (Decimal(NSS), "…"),
        ([CURP], "…"),
        *((text, "…") for text in WHOLE),
    ],
)
def test_only_what_is_of_a_listed_kind_fills_a_gap(line, value, shown):
    assert line(lambda log: log.info("valor %s", value))["dice"] == f"valor {shown}"


@pytest.mark.parametrize("text", WHOLE)
def test_message_put_together_on_the_way_is_left_out(line, text):
    told = line(lambda log: log.error(f"no se pudo con {text}"))
    assert told["dice"] == LEFT_OUT
    assert re.fullmatch(r"test_registro:\d+", told["donde"])
    assert text not in json.dumps(told, ensure_ascii=False)


def test_gap_for_a_number_that_was_hidden_does_not_break_the_line(line):
    assert line(lambda log: log.info("van %d", int(NSS)))["dice"] == "van %d"


def test_named_gaps_are_looked_at_one_by_one(line):
    told = line(lambda log: log.info("%(tarea)s %(quien)s", {"tarea": "barrer", "quien": NOMBRE}))
    assert told["dice"] == "barrer …"


def test_exception_leaves_its_type_its_causes_and_its_lines(line):
    def act(log):
        try:
            try:
                raise KeyError(CURP)
            except KeyError as exc:
                raise ValueError(f"no existe {CORREO}") from exc
        except ValueError:
            log.exception("falló")

    told = line(act)
    assert told["excepcion"] == "ValueError < KeyError"
    assert re.fullmatch(r"test_registro:\d+", told["donde"])
    assert not [text for text in WHOLE if text in json.dumps(told, ensure_ascii=False)]


def test_fields_that_nobody_listed_are_not_written(line):
    told = line(lambda log: log.info("x", extra={"estado": 200, "curp": CURP, "objeto": NOMBRE}))
    assert (told["estado"], told["objeto"]) == (200, "…")
    assert "curp" not in told


def test_every_handler_of_the_portal_writes_such_lines():
    roots = [settings.LOGGING["handlers"][name] for name in settings.LOGGING["root"]["handlers"]]
    assert {settings.LOGGING["formatters"][one["formatter"]]["()"] for one in roots} == {
        "comun.registro.Lineas"
    }
    django = logging.getLogger("django")
    assert django.handlers == logging.getLogger("django.request").handlers == []


@pytest.mark.django_db
def test_database_quotes_a_row_and_the_line_does_not(line):
    """The message of an IntegrityError carries the whole row in its DETAIL."""
    quoted: list[str] = []

    def act(log):
        try:
            with transaction.atomic():
                Pendiente.objects.create(tipo=CORREO[:40], objeto=uuid.uuid4(), error=NOMBRE)
        except IntegrityError as exc:
            quoted.append(str(exc))
            log.exception("falló")

    told = line(act)
    assert NOMBRE in quoted[0]
    assert told["excepcion"].startswith("IntegrityError < NotNullViolation")
    assert NOMBRE not in json.dumps(told, ensure_ascii=False)


def test_report_for_administrators_holds_neither_request_nor_variables():
    request = RequestFactory().post("/?curp=" + CURP, {"correo": CORREO})
    try:
        calle = CALLE
        raise DomainError(calle=calle)
    except DomainError as exc:
        made = import_string(settings.DEFAULT_EXCEPTION_REPORTER)(
            request, type(exc), exc, exc.__traceback__
        )
    for told in (made.get_traceback_text(), made.get_traceback_html(), made.get_traceback_data()):
        assert "DomainError" in str(told)
        assert not [text for text in WHOLE if text in str(told)]
    kept = made.filter
    assert kept.is_active(request)
    assert kept.get_safe_settings() == kept.get_safe_request_meta(request) == {}
    assert kept.get_post_parameters(request) == kept.get_safe_cookies(request) == {}
    assert list(kept.get_traceback_frame_variables(request, None)) == []


# --- the reference -----------------------------------------------------------------------------


@pytest.fixture
def lines(caplog):
    """Return what the portal's formatter makes of each record of this test so far."""
    made: list[dict[str, object]] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            made.append(json.loads(Lineas().format(record)))

    keep = Keep()
    logging.getLogger().addHandler(keep)
    yield made
    logging.getLogger().removeHandler(keep)


def requests(lines) -> list[dict[str, object]]:
    return [line for line in lines if line["dice"] == "petición"]


@pytest.mark.django_db
def test_request_is_one_line_with_the_pattern_and_not_the_address(client, lines):
    token = "t" * 43
    client.get(f"/c/{token}?correo={CORREO}")
    (told,) = requests(lines)
    assert (told["metodo"], told["estado"]) == ("GET", 303)
    assert "<" in told["ruta"]
    assert re.fullmatch(r"[0-9A-F]{8}", told["referencia"])
    assert isinstance(told["ms"], int)
    assert not [text for text in (token, CORREO) if text in json.dumps(lines)]


@pytest.mark.django_db
def test_each_request_has_its_own_and_lets_it_go(client, lines):
    for _ in range(3):
        client.get("/salud/viva")
    assert len({told["referencia"] for told in requests(lines)}) == 3
    assert registro.referencia.get() == ""


@pytest.mark.django_db
def test_page_of_a_fault_shows_the_reference_of_its_lines(lines):
    client = Client(raise_request_exception=False)
    session = client.session
    session["solicitud"] = "no-es-un-uuid"
    session.save()
    answer = client.get("/asignacion-nss/mi-tramite/")
    assert answer.status_code == 500
    told = [line for line in lines if line.get("excepcion")]
    assert told
    assert {line["referencia"] for line in told} == {requests(lines)[0]["referencia"]}
    assert requests(lines)[0]["referencia"] in answer.content.decode()
