"""The credencial: it says again what it was told, and no changed character passes."""

from datetime import date

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from constancias import base45, cose, credencial
from constancias.credencial import CredencialInvalida, decode
from constancias.enums import Tipo, Verbo
from tests.constancias.credenciales import (
    FARTHEST,
    LONGEST_NAME,
    Firmante,
    firmante,
    known,
    lista,
    others,
    token,
    told,
)

NAMES = st.text(alphabet="ABCÑÁÜabcñáü '.-", min_size=1, max_size=182).map(
    lambda text: " ".join(text.split()) or "X"
)


def reason_of(text: str, keys=known) -> str:
    with pytest.raises(CredencialInvalida) as caught:
        decode(text, keys)
    return caught.value.reason


@given(
    nombre=NAMES,
    tipo=st.sampled_from(Tipo),
    verbo=st.sampled_from(Verbo),
    folio=st.from_regex(r"[0-9]{23}", fullmatch=True),
    nss=st.from_regex(r"[0-9]{11}|\*{7}[0-9]{4}", fullmatch=True),
    curp=st.from_regex(r"[0-9A-Z]{18}|\*{14}[0-9A-Z]{4}", fullmatch=True),
    emitida=st.dates(date(2020, 1, 1), date(2120, 1, 1)),
    indice=st.integers(0, 2**31),
    origin=st.sampled_from([FARTHEST, "http://127.0.0.1:8000", "https://nss.mx"]),
)
def test_credencial_reads_back_as_it_was_told(origin, **fields):
    whole = told(**fields, estados_url=origin + credencial.ESTADOS)
    text = credencial.encode(whole, firmante())
    read = decode(text, known)
    assert len(text) <= credencial.LONGEST
    cut = {"nombre", "recortado", "emisor"}
    for name in set(whole.__slots__) - cut:
        assert getattr(read, name) == getattr(whole, name)
    assert read.recortado == (read.nombre != whole.nombre)
    if not read.recortado and len(text) < 360:
        assert read.emisor == whole.emisor


def test_three_names_of_60_fit_and_say_that_they_are_cut():
    url = FARTHEST + credencial.ESTADOS
    text = token(nombre=LONGEST_NAME, estados_url=url, emisor="Universidad Autónoma " * 4)
    read = decode(text, known)
    assert 380 < len(text) <= 400
    assert read.recortado
    assert read.nombre.endswith(".")
    pairs = zip(read.nombre.split(), LONGEST_NAME.split(), strict=True)
    assert all(whole.startswith(short.rstrip(".")) for short, whole in pairs)


def test_a_name_of_every_day_is_whole():
    read = decode(token(nombre="MARÍA DE LOS ÁNGELES HERNÁNDEZ RODRÍGUEZ"), known)
    assert not read.recortado


def test_every_changed_character_is_refused():
    text, seen = token(), set()
    for place, char in enumerate(text):
        for other in others(char, base45.ALPHABET):
            seen.add(reason_of(text[:place] + other + text[place + 1 :]))
    assert seen == {"ilegible", "firma", "clave_desconocida"}


def test_every_lost_doubled_or_exchanged_character_is_refused():
    text = token()
    for place in range(len(text)):
        before, char, after = text[:place], text[place], text[place + 1 :]
        reason_of(before + after)
        reason_of(before + char + char + after)
        if after and after[0] != char:
            reason_of(before + after[0] + char + after[1:])


@pytest.mark.parametrize("change", [str.lower, "{} ".format, " {}".format, "{}\n".format])
def test_nothing_is_forgiven(change):
    assert reason_of(change(token())) == "ilegible"


@pytest.mark.parametrize("text", ["", "NSS1:", "NSS1:A", "hola", "NSS1:" + "Z" * 500, "NSS1:ñ" * 9])
def test_other_texts_are_unreadable(text):
    assert reason_of(text) == "ilegible"


def test_key_of_nobody_we_know():
    assert reason_of(token("stranger")) == "clave_desconocida"


def test_stranger_who_takes_our_serial_is_found_out():
    stranger = firmante("stranger")
    fake = Firmante(serie=firmante().serie, key=stranger.key, certificado="")
    assert reason_of(credencial.encode(told(), fake)) == "firma"


def test_fields_of_another_document_do_not_pass_under_this_signature():
    parts = [cbor2.loads(base45.decode(token(**c)[5:])).value for c in ({}, {"nss": "12345678903"})]
    (head, free, _, signature), (_, _, payload, _) = parts
    mixed = cbor2.dumps(cbor2.CBORTag(18, [head, free, payload, signature]))
    assert reason_of("NSS1:" + base45.encode(mixed)) == "firma"


def rewritten(kind: str) -> bytes:
    """The same credencial in another form that a lenient reader would take."""
    data = base45.decode(token()[5:])
    head, free, payload, signature = cbor2.loads(data).value
    s = cose.ORDER - int.from_bytes(signature[32:])
    return {
        "other half": cbor2.dumps(
            cbor2.CBORTag(18, [head, free, payload, signature[:32] + s.to_bytes(32)])
        ),
        "untagged": data[1:],
        "tag in two bytes": b"\xd8\x12" + data[1:],
        "trailing byte": data + b"\x00",
        "free header": cbor2.dumps(cbor2.CBORTag(18, [head, {9: 9}, payload, signature])),
        "open array": data[:1] + b"\x9f" + data[2:] + b"\xff",
    }[kind]


@pytest.mark.parametrize(
    "kind",
    ["other half", "untagged", "tag in two bytes", "trailing byte", "free header", "open array"],
)
def test_there_is_one_form_alone(kind):
    text = "NSS1:" + base45.encode(rewritten(kind))
    assert reason_of(text) == ("firma" if kind == "other half" else "ilegible")


def test_signed_thing_that_is_no_credencial_is_unreadable():
    for payload in (cbor2.dumps({1: "x"}), cbor2.dumps([]), b"", lista({}).encode()[:80]):
        data = cose.sign(payload, firmante())
        assert reason_of("NSS1:" + base45.encode(data)) == "ilegible"


def test_only_keys_of_p256_sign():
    for key in (ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048)):
        assert not credencial.can_sign(key)
        with pytest.raises(ValueError, match="P-256"):
            credencial.encode(told(), Firmante(serie="9", key=key, certificado=""))
    assert credencial.can_sign(firmante().key)


def test_serial_of_20_bytes_fits():
    long = Firmante(serie=str(2**159 - 1), key=firmante().key, certificado="")
    text = credencial.encode(told(nombre=LONGEST_NAME), long)
    assert len(text) <= 400
    assert decode(text, {long.serie: long.key.public_key()}.get).recortado


@given(st.binary(max_size=60))
def test_base45_reads_back(data):
    assert base45.decode(base45.encode(data)) == data
    assert set(base45.encode(data)) <= set(base45.ALPHABET)
