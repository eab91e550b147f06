"""/.well-known/nss-sello/: all that is public, nothing that is private, kept by caches and no more."""

import json
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from comun import reloj
from constancias import claves, estados, llaves, services
from constancias.models import LlaveSello

pytestmark = pytest.mark.django_db
CLAVES, ESTADOS = "/.well-known/nss-sello/claves.json", "/.well-known/nss-sello/estados"


def pem(serie: str) -> str:
    return f"/.well-known/nss-sello/certificados/{serie}.pem"


def test_all_keys_with_their_states_and_nothing_private(client, llave):
    llaves.create(now=reloj.now())
    answer = client.get(CLAVES)
    told = answer.json()
    assert [key["estado"] for key in told["claves"]] == ["activa", "retirada"]
    assert told["demostracion"] is True
    for key in told["claves"]:
        assert (key["algoritmo"], key["jwk"]["crv"]) == ("ES256", "P-256")
        assert key["serie_impresa"] == key["serie"].zfill(20)
    assert "PRIVATE" not in answer.content.decode()
    assert not [key for key in told["claves"] if "d" in key["jwk"]]


def test_jwk_is_the_key_of_the_certificate(client, llave):
    (key,) = client.get(CLAVES).json()["claves"]
    numbers = x509.load_pem_x509_certificate(key["certificado"].encode()).public_key()
    assert isinstance(numbers, ec.EllipticCurvePublicKey)
    from constancias.jws import unb64url

    assert int.from_bytes(unb64url(key["jwk"]["x"])) == numbers.public_numbers().x
    assert int.from_bytes(unb64url(key["jwk"]["y"])) == numbers.public_numbers().y


@pytest.mark.parametrize("printed", [True, False])
def test_certificate_by_serie_verifies_against_its_authority(client, llave, tmp_path, printed):
    answer = client.get(pem(llave.serie.zfill(20) if printed else llave.serie))
    assert answer.status_code == 200
    certificate, authority = x509.load_pem_x509_certificates(answer.content)
    certificate.verify_directly_issued_by(authority)
    assert answer["Content-Type"] == "application/x-pem-file"


@pytest.mark.parametrize("serie", ["0", "99", "..", "x" * 300, "%00"])
def test_certificate_of_nobody(client, llave, serie):
    assert client.get(pem(serie)).status_code == 404


def test_status_list_is_served_as_it_was_signed(client, llave):
    assert client.get(ESTADOS).status_code == 404
    row = services.publish_estados(now=reloj.now())
    answer = client.get(ESTADOS)
    assert answer["Content-Type"] == "application/statuslist+jwt"
    assert answer.content.decode() == row.contenido
    keys = {llave.serie: llaves.public_key(llave.certificado)}
    assert estados.read(answer.content, keys.get, now=reloj.now()).emitida


@pytest.mark.parametrize("path", [CLAVES, ESTADOS])
def test_caches_keep_it_and_ask_again(client, llave, path):
    services.publish_estados(now=reloj.now())
    answer = client.get(path)
    assert answer["Cache-Control"] == "public, max-age=300"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.has_header("Set-Cookie")
    assert "Cookie" not in answer.get("Vary", "")
    again = client.get(path, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(path).status_code == 405


def test_the_same_as_files_for_another_server(llave, tmp_path, client):
    services.publish_estados(now=reloj.now())
    paths = claves.write_all(tmp_path / "publico")
    assert sorted(str(path.relative_to(tmp_path / "publico")) for path in paths) == [
        f"certificados/{llave.serie.zfill(20)}.pem",
        "claves.json",
        "estados",
    ]
    assert (
        json.loads((tmp_path / "publico" / "claves.json").read_text()) == client.get(CLAVES).json()
    )
    read = subprocess.run(
        ["openssl", "x509", "-noout", "-serial", "-in", str(paths[1])],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(read.stdout.strip().partition("=")[2], 16) == int(llave.serie)


def test_revoked_key_is_published_as_such(client, llave):
    services.revoke_key(
        serie=llave.serie, motivo="robo", solicita="Ana", aprueba="Luis", now=reloj.now()
    )
    (key,) = client.get(CLAVES).json()["claves"]
    assert (key["estado"], bool(key["retirada_en"])) == ("revocada", True)
    assert LlaveSello.objects.count() == 1
