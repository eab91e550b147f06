"""The sello: openssl agrees with it, and one changed character does not."""

import base64
import subprocess
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from constancias import certificados, llaves, sello
from tests.constancias import hojas

KEYS = {
    "p256": ec.generate_private_key(ec.SECP256R1()),
    "p384": ec.generate_private_key(ec.SECP384R1()),
    "rsa": rsa.generate_private_key(65537, 2048),
}
PEM, PUBLIC = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo


def text(**changes: str) -> bytes:
    hoja = hojas.hoja(**changes)
    return sello.message(hoja.cadena, hoja.cadena_datos)


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
@pytest.mark.parametrize("nombres", ["Ana Sofía", "Ana | Ñañez\\"])
def test_openssl_verifies_the_sello(key, nombres, tmp_path):
    message = text(nombres=nombres)
    (tmp_path / "llave.pem").write_bytes(key.public_key().public_bytes(PEM, PUBLIC))
    (tmp_path / "sello.der").write_bytes(base64.b64decode(sello.sign(message, key)))
    for body, answer in ((message, "Verified OK"), (message + b" ", "Verification failure")):
        (tmp_path / "mensaje.txt").write_bytes(body)
        command = "openssl dgst -sha256 -verify llave.pem -signature sello.der mensaje.txt"
        run = subprocess.run(
            command.split(), cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert answer in run.stdout


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_sello_holds_for_its_text_alone(key):
    signed = sello.sign(text(), key)
    assert sello.verify(signed, text(), key.public_key())
    assert not sello.verify(signed, text(nombres="Ana Sofia"), key.public_key())


@pytest.mark.parametrize("broken", ["", "no es base64", "AAAA", "ñ"])
def test_what_is_no_signature_does_not_hold(broken):
    assert not sello.verify(broken, text(), KEYS["p256"].public_key())


def test_sello_of_another_key_does_not_hold():
    assert not sello.verify(sello.sign(text(), KEYS["p256"]), text(), KEYS["p384"].public_key())


def test_message_is_both_cadenas_composed():
    assert sello.message("a", "n\u0303") == "a\nñ".encode()


def test_certificate_is_of_the_key_and_may_sign():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    emitido = certificados.issue(nombre="Escuela " * 20, now=now)
    key = serialization.load_pem_private_key(emitido.llave, password=None)
    assert key.public_key() == llaves.public_key(emitido.certificado)
    assert emitido.desde < now < emitido.hasta
    assert 0 < int(emitido.serie) < 10**20
