"""Keys: made once, kept private, rotated without losing the old certificate."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from django.db import DatabaseError, transaction

from comun import reloj
from constancias import llaves
from constancias.errors import SelloUnavailable
from constancias.models import LlaveSello

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_key_file_is_its_owners_alone(llave, settings):
    assert stat.S_IMODE(Path(settings.LLAVE_SELLO).stat().st_mode) == 0o600


def test_key_is_loaded_once(llave, settings):
    Path(settings.LLAVE_SELLO).unlink()
    assert llaves.active() is llave


def test_rotation_retires_the_old_and_keeps_its_certificate(llave):
    llaves.create(now=reloj.now())
    old = LlaveSello.objects.get(pk=llave.serie)
    assert (old.estado, llaves.active().serie != llave.serie) == ("retirada", True)
    assert old.certificado == llave.certificado


def test_without_a_key_the_step_is_worth_repeating(settings, tmp_path):
    with pytest.raises(SelloUnavailable):
        llaves.active()


@pytest.mark.parametrize("content", [None, b"basura", "otra", "ed25519"])
def test_file_that_is_not_the_certificates_key_is_refused(settings, tmp_path, content):
    settings.LLAVE_SELLO = str(tmp_path / "sello.pem")
    llaves.create(now=reloj.now())
    path = Path(settings.LLAVE_SELLO)
    path.unlink()
    kinds = {
        "otra": ec.generate_private_key(ec.SECP256R1()),
        "ed25519": ed25519.Ed25519PrivateKey.generate(),
    }
    if content in kinds:
        content = kinds[content].private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    if content is not None:
        path.write_bytes(content)
    assert not llaves.is_ready()


def test_certificate_of_an_unknown_kind_seals_nothing():
    key, name = ed25519.Ed25519PrivateKey.generate(), x509.Name([])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, NOW, NOW + timedelta(days=1))
    pem = builder.sign(key, None).public_bytes(serialization.Encoding.PEM).decode()
    with pytest.raises(ValueError, match="Ed25519"):
        llaves.public_key(pem)


def test_a_folder_that_takes_no_file_leaves_no_row(settings, tmp_path):
    (tmp_path / "archivo").write_text("")
    settings.LLAVE_SELLO = str(tmp_path / "archivo" / "sello.pem")
    with pytest.raises(SelloUnavailable), transaction.atomic():
        llaves.create(now=reloj.now())
    assert not LlaveSello.objects.exists()


def test_only_one_key_is_active(llave):
    with pytest.raises(DatabaseError), transaction.atomic():
        LlaveSello.objects.create(
            serie="7", certificado="", autoridad="", desde=reloj.now(), hasta=reloj.now()
        )


@pytest.mark.parametrize(
    "change", [{"certificado": "x"}, {"serie": "8"}, {"hasta": "2099-01-01T00:00Z"}]
)
def test_database_keeps_a_certificate_as_it_was(llave, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        LlaveSello.objects.update(**change)


def test_database_never_deletes_a_key_nor_revives_it(llave):
    with pytest.raises(DatabaseError), transaction.atomic():
        LlaveSello.objects.filter(pk=llave.serie).delete()
    LlaveSello.objects.update(estado="revocada", retirada_en=reloj.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        LlaveSello.objects.update(estado="activa", retirada_en=None)
