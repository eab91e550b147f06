"""/verificar/api/ as the site of a school uses it, held to its published schema."""

import json
from pathlib import Path

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from comun import reloj
from constancias import codigo
from constancias.enums import Motivo
from constancias.models import Constancia, Consulta, Verificacion
from constancias.services import comprobacion
from constancias.verificacion import LARGEST
from tests.constancias.visitante import PERSONAL, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]
API = "/verificar/api/"


@pytest.fixture
def school():
    return Client(enforce_csrf_checks=True)  # a program: it has no cookie nor token of ours


@pytest.fixture(scope="module")
def schema():
    body = Client().get(f"{API}esquema.json")
    assert body["Content-Type"] == "application/schema+json"
    whole = json.loads(body.content)
    Draft202012Validator.check_schema(whole)
    return Draft202012Validator(whole, format_checker=FormatChecker())


@pytest.fixture
def read(schema):
    """Return what an answer says, once it is as published, keeps no cookie and names nobody."""

    def check(response, status: int = 200):
        assert response.status_code == status, response.content
        assert not response.cookies
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cache-Control"] == "no-store"
        text = response.content.decode()
        assert [word for word in PERSONAL if word in text] == []
        body = json.loads(text)
        schema.validate(body)
        return body

    return check


def post(client, body, kind: str = "application/json"):
    content = body if isinstance(body, bytes | str) else json.dumps(body)
    return client.post(API, content, content_type=kind)


def send_pdf(client, content: bytes):
    return post(client, content, "application/pdf")


def test_a_code_and_a_qr_are_answered_at_once(school, base, read):
    for asked in ({"codigo": codigo.group(base.hoja.codigo)}, {"credencial": base.token}):
        told = read(post(school, asked))
        assert (told["esquema"], told["dictamen"], told["genuina"]) == (1, "vigente", True)
        assert told["documento"]["folio"] == base.row.folio
        assert told["documento"]["nss_termina"] == base.hoja.facts.nss[-4:]
        assert all(told["revisiones"].values())


def test_a_pdf_is_answered_elsewhere_and_soon(school, base, read):
    left = send_pdf(school, base.pdf)
    waiting = read(left, 202)
    assert waiting["consulta"] == left["Location"]
    assert left["Retry-After"] == "1"
    read(school.get(left["Location"]), 202)
    work()
    told = read(school.get(left["Location"]))
    assert (told["dictamen"], told["medio"]) == ("vigente", "pdf")
    assert Verificacion.objects.get().canal == "api"


def test_an_altered_pdf_names_its_fields(school, base, read):
    left = send_pdf(school, base.pdf + b"\n")
    work()
    told = read(school.get(left["Location"]))
    assert (told["genuina"], told["campos_alterados"]) == (False, ["Firma electrónica"])


def test_unknown_unreadable_and_ended_are_as_published(school, base, read):
    assert read(post(school, {"codigo": codigo.mint()}))["documento"] is None
    assert read(post(school, {"credencial": "hola"}))["dictamen"] == "ilegible"
    altered = base.token[:-1] + ("1" if base.token.endswith("0") else "0")
    assert read(post(school, {"credencial": altered}))["genuina"] is False
    Constancia.objects.update(estado="revocada", motivo=Motivo.ERROR, cambio_en=reloj.now())
    told = read(post(school, {"codigo": base.hoja.codigo}))
    assert (told["dictamen"], told["baja"]["motivo"]) == ("revocada", "error")


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        ("{", "application/json", 400, "json"),
        (b"\xff\xfe", "application/json", 400, "json"),
        ("[" * 50_000, "application/json", 400, "json"),
        ("[]", "application/json", 400, "forma"),
        ({}, "application/json", 400, "forma"),
        ({"folio": "1"}, "application/json", 400, "forma"),
        ({"codigo": 1}, "application/json", 400, "forma"),
        ({"codigo": "x", "credencial": "y"}, "application/json", 400, "forma"),
        ({"codigo": "ABCD"}, "application/json", 422, "codigo_malformado"),
        ("codigo=x", "application/x-www-form-urlencoded", 415, "tipo"),
        ("hola", "application/pdf", 415, "tipo"),
        (b"%PDF-" + bytes(LARGEST), "application/pdf", 413, "tamano"),
        ("x" * 70_000, "application/json", 413, "tamano"),
    ],
)
def test_each_refusal_has_its_code_and_its_sentence(school, read, body, kind, status, code):
    error = read(post(school, body, kind), status)["error"]
    assert error["codigo"] == code
    assert error["mensaje"].endswith((".", "…"))
    assert Verificacion.objects.count() == Consulta.objects.count() == 0


def test_other_methods_are_told_which_to_use(school, read):
    refused = school.get(API)
    assert read(refused, 405)["error"]["codigo"] == "metodo"
    assert refused["Allow"] == "POST"


def test_a_page_of_another_site_may_ask(school, db):
    answer = school.options(API, headers={"Origin": "https://escuela.example"})
    assert answer.status_code == 204
    assert "POST" in answer["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in answer


def test_an_answer_is_forgotten(school, base, read):
    left = send_pdf(school, base.pdf)
    Consulta.objects.update(creada_en=reloj.now() - comprobacion.KEPT)
    assert read(school.get(left["Location"]), 404)["error"]["codigo"] == "olvidada"


def test_the_limit_is_shared_with_the_page_and_says_when(school, client, read):
    for n in range(20):
        asker = school if n % 2 else client
        if asker is school:
            read(post(school, {"codigo": codigo.mint()}))
        else:
            client.post("/verificar/", {"codigo": codigo.mint()})
    late = post(school, {"codigo": codigo.mint()})
    assert read(late, 429)["error"]["codigo"] == "limite"
    assert late["Retry-After"] == "60"


def test_a_worker_that_does_not_keep_up_is_told(school, base, read, monkeypatch):
    monkeypatch.setattr(comprobacion, "WAITING_MOST", 0)
    busy = send_pdf(school, base.pdf)
    assert read(busy, 503)["error"]["codigo"] == "ocupado"
    assert busy["Retry-After"] == "60"


def test_the_guide_says_every_code_and_word(schema):
    guide = (Path(__file__).parents[2] / "docs" / "verificar-api.md").read_text()
    defs = schema.schema["$defs"]
    words = defs["informe"]["properties"]["dictamen"]["enum"]
    codes = defs["error"]["properties"]["error"]["properties"]["codigo"]["enum"]
    assert [word for word in (*words, *codes) if f"`{word}`" not in guide] == []
