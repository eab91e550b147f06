"""Who the source proves to be, and who we do: certificates of an authority of the tests."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.core.cache import cache

from imss_portal.demo.renapo import Simulador
from nss.errors import FuenteAusente
from nss.fuentes.http import CORTE
from nss.identidad import fuente
from tests.nss.personas import identidad

pytestmark = pytest.mark.django_db
ANA = identidad(1)
HERE = x509.IPAddress(IPv4Address("127.0.0.1"))


class Authority:
    """Signs certificates into PEM files of its folder."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.roots = self._write(name, self._sign(name, self.key.public_key(), ()))

    def issue(self, name, *places, days=1):
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._sign(name, key.public_key(), places, days=days)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (self.folder / f"{name}.llave").write_bytes(pem)
        return self._write(name, certificate), str(self.folder / f"{name}.llave")

    def _sign(self, name, public, places, *, days=1):
        def named(text):
            return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

        now = datetime.now(UTC)
        own = public == self.key.public_key()
        made = x509.CertificateBuilder(named(self.name), named(name), public)
        made = made.serial_number(x509.random_serial_number())
        made = made.not_valid_before(now - timedelta(days=3))
        made = made.not_valid_after(now + timedelta(days=days))
        made = made.add_extension(x509.BasicConstraints(ca=own, path_length=None), critical=True)
        made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        made = made.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
            critical=False,
        )
        if places:
            made = made.add_extension(x509.SubjectAlternativeName(places), critical=False)
        return made.sign(self.key, SHA256())

    def _write(self, name, certificate):
        path = self.folder / f"{name}.pem"
        path.write_bytes(certificate.public_bytes(Encoding.PEM))
        return str(path)


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path, "raiz")


@pytest.fixture
def serve(settings):
    """Start a source with a certificate; `clients` are the roots of those it lets in."""
    settings.FUENTE_IDENTIDAD, settings.IDENTIDAD_ESPERA = "http", (2, 2)
    CORTE.reset()
    cache.clear()
    served = []

    def start(certificate, key, *, clients=""):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        if clients:
            context.load_verify_locations(clients)
            context.verify_mode = ssl.CERT_REQUIRED
        served.append(Simulador({ANA.curp: ANA}.get, tls=context))
        settings.IDENTIDAD_URL = served[-1].url
        return served[-1]

    yield start
    for one in served:
        one.stop()
    CORTE.reset()
    cache.clear()


def test_a_certificate_of_the_authority_is_believed(authority, serve, settings):
    serve(*authority.issue("fuente", HERE))
    settings.IDENTIDAD_AUTORIDAD = authority.roots
    assert fuente().look_up(ANA.curp) == ANA


@pytest.mark.parametrize("fault", ["unknown authority", "another name", "expired"])
def test_any_other_is_not(authority, serve, settings, fault):
    place = x509.DNSName("otra.example") if fault == "another name" else HERE
    days = -1 if fault == "expired" else 1
    source = serve(*authority.issue("fuente", place, days=days))
    if fault != "unknown authority":
        settings.IDENTIDAD_AUTORIDAD = authority.roots
    with pytest.raises(FuenteAusente):
        fuente().look_up(ANA.curp)
    assert source.pedidos == 0, "nothing of the person was sent"


def test_we_show_our_certificate_to_who_asks_for_it(authority, serve, settings):
    serve(*authority.issue("fuente", HERE), clients=authority.roots)
    settings.IDENTIDAD_AUTORIDAD = authority.roots
    with pytest.raises(FuenteAusente):
        fuente().look_up(ANA.curp)
    ours = authority.issue("portal")
    settings.IDENTIDAD_CERTIFICADO, settings.IDENTIDAD_LLAVE = ours
    assert fuente().look_up(ANA.curp) == ANA


def test_a_certificate_of_ours_that_is_not_there_is_a_fault_that_passes(authority, serve, settings):
    serve(*authority.issue("fuente", HERE))
    settings.IDENTIDAD_AUTORIDAD = "/nonexistent/raiz.pem"
    with pytest.raises(FuenteAusente, match="certificado propio"):
        fuente().look_up(ANA.curp)
