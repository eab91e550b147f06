"""The signed status list: every place as it stands, and nothing believed that was not signed."""

import base64
import json
import random
import uuid
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from comun import reloj
from constancias import estados, jws, llaves
from constancias.enums import EstadoConstancia, Motivo, Tipo
from constancias.errors import ListaInvalida
from constancias.models import Constancia

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 8, 3, 12, tzinfo=UTC)
KEYS = {
    "p256": ec.generate_private_key(ec.SECP256R1()),
    "p384": ec.generate_private_key(ec.SECP384R1()),
    "p521": ec.generate_private_key(ec.SECP521R1()),
    "rsa": rsa.generate_private_key(65537, 2048),
}


def rows(llave, numero, states: dict[int, str]) -> None:
    """Documents as rows alone: the list looks at nothing else."""
    now = reloj.now()
    Constancia.objects.bulk_create(
        Constancia(
            secuencia=uuid.uuid4(),
            folio=f"{indice:023}",
            tipo=Tipo.TARJETA,
            numero=numero,
            snapshot={},
            sello="",
            llave_id=llave.serie,
            sha256="",
            archivo=str(indice),
            indice=indice,
            plantilla_version="2",
            emitida_en=now,
            estado=estado,
            motivo="" if estado == "vigente" else Motivo.LLAVE,
            cambio_en=None if estado == "vigente" else now,
        )
        for indice, estado in states.items()
    )


@pytest.fixture
def keys(llave):
    return {llave.serie: llaves.public_key(llave.certificado)}.get


def test_every_place_reads_back_and_gaps_are_in_force(llave, numero, keys):
    luck = random.Random(7)
    places = luck.sample(range(3000), 1200)
    states = {place: luck.choice(EstadoConstancia.values) for place in places}
    rows(llave, numero, states)
    found = estados.read(estados.build(NOW), keys, now=NOW)
    for place in range(max(places) + 1):
        assert found(place) == states.get(place, "vigente"), place
    assert found(max(places) + 8) is None


def test_empty_registry_has_a_list(keys):
    found = estados.read(estados.build(NOW), keys, now=NOW)
    assert (found(0), found.emitida, found.vence) == (None, NOW, NOW + estados.LASTS)


def test_it_is_the_form_of_the_standard(llave, numero, keys):
    rows(llave, numero, {0: "revocada", 5: "sustituida"})
    head, claims, _ = estados.build(NOW).split(b".")
    assert json.loads(jws.unb64url(head)) == {
        "alg": "ES256",
        "kid": llave.serie,
        "typ": "statuslist+jwt",
    }
    told = json.loads(jws.unb64url(claims))
    assert told["sub"] == "http://127.0.0.1:8000/.well-known/nss-sello/estados"
    assert told["status_list"]["bits"] == 2
    assert zlib.decompress(jws.unb64url(told["status_list"]["lst"])) == bytes([0b01, 0b1100])


def test_a_million_documents_are_a_few_kilobytes(llave, numero, keys):
    rows(llave, numero, {n * 1000 + n % 97: "revocada" for n in range(1000)})
    content = estados.build(NOW)
    assert len(content) < 8 * 1024
    assert estados.read(content, keys, now=NOW)(5005) == "revocada"


def test_no_changed_character_passes(llave, numero, keys):
    rows(llave, numero, {3: "revocada"})
    content = estados.build(NOW)
    for place in range(len(content)):
        altered = bytearray(content)
        altered[place] = ord("A") if altered[place] != ord("A") else ord("B")
        with pytest.raises(ListaInvalida):
            estados.read(bytes(altered), keys, now=NOW)


def signed(llave, claims: dict, **head: str) -> bytes:
    """A list as a stranger, or we by mistake, would sign it."""
    whole = {"alg": "ES256", "kid": llave.serie, "typ": "statuslist+jwt", **head}
    text = b".".join(jws.b64url(json.dumps(part).encode()).encode() for part in (whole, claims))
    return text + b"." + jws.b64url(jws.raw_sign(text, llave.key)).encode()


def claims(packed: bytes = b"\x00", **changes: object) -> dict:
    lst = jws.b64url(zlib.compress(packed))
    stamp = int(NOW.timestamp())
    return {"iat": stamp, "exp": stamp + 60, "status_list": {"bits": 2, "lst": lst}, **changes}


@pytest.mark.parametrize(
    ("told", "head"),
    [
        ({}, {"alg": "none"}),
        ({}, {"alg": "HS256"}),
        ({}, {"typ": "JWT"}),
        ({"status_list": {"bits": 1, "lst": "eJxjAAAAAQAB"}}, {}),
        ({"status_list": {"bits": 2, "lst": "no es zlib"}}, {}),
        ({"status_list": []}, {}),
        ({"iat": "hoy"}, {}),
    ],
)
def test_signed_but_of_another_form_is_unreadable(llave, keys, told, head):
    with pytest.raises(ListaInvalida) as refusal:
        estados.read(signed(llave, claims(**told), **head), keys, now=NOW)
    assert refusal.value.context == {"motivo": "ilegible"}


def test_a_list_that_inflates_without_end_is_refused(llave, keys, monkeypatch):
    monkeypatch.setattr(estados, "LISTA_MAX", 1000)
    with pytest.raises(ListaInvalida):
        estados.read(signed(llave, claims(bytes(100_000))), keys, now=NOW)


@pytest.mark.parametrize("content", [b"", b".", b"a.b.c", b"....", b"\xff\x00", b"e30.e30.e30"])
def test_what_is_no_list_is_unreadable(keys, content):
    with pytest.raises(ListaInvalida) as refusal:
        estados.read(content, keys, now=NOW)
    assert refusal.value.context == {"motivo": "ilegible"}


def test_unknown_key_old_list_and_strange_signature_are_told_apart(llave, keys):
    content = estados.build(NOW)
    reasons = []
    for body, ring, moment in (
        (content, {}.get, NOW),
        (content, keys, NOW + estados.LASTS + timedelta(seconds=1)),
        (content[:-86] + base64.urlsafe_b64encode(bytes(64)).rstrip(b"="), keys, NOW),
    ):
        with pytest.raises(ListaInvalida) as refusal:
            estados.read(body, ring, now=moment)
        reasons.append(refusal.value.context["motivo"])
    assert reasons == ["clave_desconocida", "vencida", "firma"]


def test_without_a_clock_an_old_list_still_tells_what_it_told(llave, keys):
    assert estados.read(estados.build(NOW - timedelta(days=400)), keys).emitida.year == 2025


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_lists_of_foreign_keys_too(key, settings):
    llave = llaves.Llave(serie="77", key=key, certificado="", autoridad="")
    content = estados.build(NOW, llave)
    found = estados.read(content, {"77": key.public_key()}.get, now=NOW)
    assert found.emitida == NOW
