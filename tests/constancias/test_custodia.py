"""llaves_sello: create, rotate, revoke by two, publish, and the certificate of a real authority."""

import io
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.core.management import CommandError, call_command

from comun import reloj
from comun.models import Bitacora
from constancias import llaves, services, verificacion
from constancias.enums import Tipo
from constancias.errors import SelloUnavailable
from constancias.models import ListaEstados, LlaveSello
from tests.constancias import hojas

pytestmark = pytest.mark.django_db
TWO = ("--motivo", "robo", "--solicita", "Ana", "--aprueba", "Luis")


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.LLAVE_SELLO = str(tmp_path / "llaves" / "sello.pem")
    settings.DOCUMENTOS_DIR = str(tmp_path / "documentos")


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("llaves_sello", *args, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def issue(numero, folio=hojas.FOLIO):
    facts = hojas.facts(folio=folio)
    preparado = services.prepare(facts=facts, tipo=Tipo.TARJETA)
    return services.record(preparado=preparado, numero=numero, now=reloj.now())


def genuine(document) -> bool:
    return verificacion.judge(services.read_pdf(document)).fallas == []


class Autoridad:
    """A certification authority of the tests."""

    def __init__(self) -> None:
        self.key, self.now = ec.generate_private_key(ec.SECP384R1()), datetime.now(UTC)
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Autoridad certificadora")])
        self.pem = self._sign(self.name, self.key.public_key(), ca=True, serial=1)

    def certify(self, request: str, **changes) -> str:
        asked = x509.load_pem_x509_csr(request.encode())
        assert asked.is_signature_valid
        return self._sign(asked.subject, asked.public_key(), **changes)

    def _sign(self, subject, key, *, ca=False, signs=True, age=timedelta(), serial=10**45 + 3):
        begins = self.now - timedelta(days=1) - age
        usage = dict.fromkeys(
            ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only"), False
        )
        usage |= {"decipher_only": False, "key_cert_sign": ca, "crl_sign": ca}
        usage |= {"digital_signature": signs and not ca, "content_commitment": False}
        builder = x509.CertificateBuilder(
            self.name, subject, key, serial, begins, begins + timedelta(days=30)
        )
        builder = builder.add_extension(x509.BasicConstraints(ca, None), True)
        builder = builder.add_extension(x509.KeyUsage(**usage), True)
        return builder.sign(self.key, SHA256()).public_bytes(Encoding.PEM).decode()


def test_created_once_and_listed():
    made = run("crear", "--si-falta")
    assert run("crear", "--si-falta") == ""
    call_command("llaves_sello", "crear", verbosity=0, stdout=io.StringIO())
    lines = [made, *run("listar").splitlines()]
    assert [line.split()[1] for line in lines] == [lines[0].split()[1], "activa", "retirada"]
    assert all(len(line.split()[0]) == 20 for line in lines[1:])
    assert Bitacora.objects.filter(accion="llave.activada").count() == 2


def test_it_says_what_is_missing(settings, tmp_path):
    settings.LLAVE_SELLO = ""
    with pytest.raises(CommandError, match="LLAVE_SELLO"):
        run("crear")
    (tmp_path / "archivo").write_text("")
    settings.LLAVE_SELLO = str(tmp_path / "archivo" / "sello.pem")
    with pytest.raises(CommandError, match=str(tmp_path)):
        run("crear")
    assert [path.name for path in tmp_path.iterdir()] == ["archivo"]
    assert not LlaveSello.objects.exists()


def test_documents_of_three_rotations_stay_genuine(numero):
    with pytest.raises(CommandError, match="crear"):
        run("rotar")
    run("crear")
    documents = []
    for turn in range(4):
        documents.append(issue(numero, folio=f"{turn}" * 23))
        run("rotar")
    assert len({document.llave_id for document in documents}) == 4
    assert all(genuine(document) for document in documents)
    assert LlaveSello.objects.filter(estado="retirada").count() == 4


def test_revoked_key_unmakes_its_documents_and_issues_no_more(numero):
    run("crear")
    document = issue(numero)
    serie = document.llave_id
    with pytest.raises(CommandError, match="dos personas"):
        run("revocar", serie, *TWO[:-1], "ANA")
    assert genuine(document)
    assert "esperan" in run("revocar", serie.zfill(20), *TWO)
    assert not genuine(document)
    with pytest.raises(SelloUnavailable):
        services.prepare(facts=hojas.facts(folio="8" * 23), tipo=Tipo.TARJETA)
    with pytest.raises(CommandError, match="ya estaba revocada"):
        run("revocar", serie, *TWO)
    run("crear")
    assert genuine(issue(numero, folio="8" * 23))
    actors = Bitacora.objects.filter(accion__startswith="llave.revoc").values_list(
        "actor", flat=True
    )
    assert sorted(actors) == ["Ana", "Luis"]


def test_publish_signs_the_list_and_writes_the_folder(tmp_path):
    run("crear")
    said = run("publicar", "--carpeta", str(tmp_path / "publico"))
    assert (tmp_path / "publico" / "estados").read_text() == ListaEstados.objects.get().contenido
    assert "claves.json" in said
    (page,) = (tmp_path / "publico").glob("*.html")
    assert llaves.active().serie in page.read_text()
    for path in (tmp_path / "publico").rglob("*"):
        assert path.is_dir() or "PRIVATE" not in path.read_text()


def test_certificate_of_a_real_authority_seals(settings, tmp_path, numero, client):
    run("crear")
    before, authority = issue(numero), Autoridad()
    request = tmp_path / "solicitud.csr"
    run("solicitud", "--salida", str(request))
    waiting = Path(settings.LLAVE_SELLO + ".solicitada")
    assert stat.S_IMODE(waiting.stat().st_mode) == 0o600
    assert llaves.active().serie == before.llave_id, "asking changes nothing"
    given, chain = tmp_path / "dado.pem", tmp_path / "cadena.pem"
    given.write_text(authority.certify(request.read_text()))
    chain.write_text(authority.pem)
    run("instalar", str(given), "--autoridad", str(chain))
    assert llaves.active().serie == str(10**45 + 3)
    assert not waiting.exists()
    after = issue(numero, folio="7" * 23)
    assert after.llave_id == str(10**45 + 3)
    assert verificacion.judge(services.read_pdf(after)).fallas == []
    assert genuine(before)
    told = client.get("/.well-known/nss-sello/claves.json").json()["claves"][0]
    assert told["jwk"]["kid"] == str(10**45 + 3)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"signs": False}, "no permite firmar"),
        ({"age": timedelta(days=60)}, "no está dentro de su vigencia"),
        ({"other_key": True}, "es de otra llave"),
        ({"other_authority": True}, "no lo firmó ninguno"),
        ({"text": "no es un certificado"}, "no se puede leer"),
    ],
)
def test_a_certificate_that_will_not_do_changes_nothing(tmp_path, changes, why):
    run("crear")
    before, authority = llaves.active().serie, Autoridad()
    request, asked_before = run("solicitud"), None
    if changes.pop("other_key", False):
        asked_before = request
        run("solicitud")
    chain = Autoridad().pem if changes.pop("other_authority", False) else authority.pem
    text = changes.pop("text", None) or authority.certify(asked_before or request, **changes)
    for name, content in (("dado.pem", text), ("cadena.pem", chain)):
        (tmp_path / name).write_text(content)
    with pytest.raises(CommandError, match=why):
        run("instalar", str(tmp_path / "dado.pem"), "--autoridad", str(tmp_path / "cadena.pem"))
    assert llaves.active().serie == before


def test_nothing_to_install_without_a_request(tmp_path):
    run("crear")
    (tmp_path / "x.pem").write_text(Autoridad().pem)
    with pytest.raises(CommandError, match="solicitud pendiente"):
        run("instalar", str(tmp_path / "x.pem"), "--autoridad", str(tmp_path / "x.pem"))
    with pytest.raises(CommandError, match="No se pudo abrir"):
        run("instalar", str(tmp_path / "nada.pem"), "--autoridad", str(tmp_path / "x.pem"))
