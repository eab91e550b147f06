"""What is forged: genuine documents under several keys, and the keys of a forger."""

from dataclasses import dataclass, field, replace

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from comun import reloj
from constancias import credencial, firma, llaves, rendering, services
from constancias.credencial import Credencial
from constancias.documentos import Hoja
from constancias.enums import Tipo
from constancias.llaves import Llave
from constancias.models import Constancia
from nss.rules.numero import nss_digit
from tests.constancias import hojas

TIPOS = (*Tipo, Tipo.CONSTANCIA)
ROTATIONS = 3  # one before each of the second, third and fourth; the last two share a key


@dataclass(frozen=True, kw_only=True)
class Base:
    """A genuine document, and the key that sealed it."""

    row: Constancia
    hoja: Hoja
    pdf: bytes
    bare: bytes  # the same, not signed
    llave: Llave

    @property
    def token(self) -> str:
        return self.hoja.credencial

    def told(self, **changes) -> Credencial:
        """Return what its QR says, with changes."""
        public = llaves.public_key(self.llave.certificado)
        return replace(credencial.decode(self.token, lambda _: public), **changes)


@dataclass(frozen=True, kw_only=True)
class Escena:
    bases: list[Base]
    stranger: Llave  # names like ours, a number of its own
    twins: dict[str, Llave] = field(default_factory=dict)

    @property
    def retired(self) -> Llave:
        return self.bases[0].llave

    def twin(self, base: Base) -> Llave:
        """A forger's key under a certificate like that of this document, number included."""
        if base.llave.serie not in self.twins:
            self.twins[base.llave.serie] = counterfeit(base.llave, serie=base.llave.serie)
        return self.twins[base.llave.serie]


def stage(make_numero) -> Escena:
    """Issue one document of each kind and another, rotating the key ROTATIONS times meanwhile."""
    bases = []
    for n, tipo in enumerate(TIPOS):
        if 1 <= n <= ROTATIONS:
            llaves.create(now=reloj.now())
        bases.append(issue(n, tipo, make_numero))
    stranger = counterfeit(bases[-1].llave, serie="4242424242")
    return Escena(bases=bases, stranger=stranger)


def issue(n: int, tipo: Tipo, make_numero) -> Base:
    """Issue the n-th document, of a person of its own."""
    body = f"92919084{n + 4:02}"
    nss = body + nss_digit(body)
    facts = hojas.facts(folio=f"{1739936907655 + n}{n:010d}", nss=nss)
    preparado = services.prepare(facts=facts, tipo=tipo)
    row = services.record(preparado=preparado, numero=make_numero(nss), now=reloj.now())
    return Base(
        row=row,
        hoja=preparado.hoja,
        pdf=services.read_pdf(row),
        bare=rendering.to_pdf(preparado.hoja, preparado.sello),
        llave=llaves.active(),
    )


def signed_by(pdf: bytes, llave: Llave) -> bytes:
    return firma.sign(pdf, llave=llave, emisor=hojas.EMISOR)


def counterfeit(ours: Llave, *, serie: str) -> Llave:
    """Copy both certificates of a key of ours, all that can be copied, around keys of a forger."""
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = x509.load_pem_x509_certificate(ours.autoridad.encode())
    certificate = x509.load_pem_x509_certificate(ours.certificado.encode())
    copied = _copy(authority, authority_key, authority_key, authority.serial_number)
    signing = _copy(certificate, key, authority_key, int(serie))
    return Llave(serie=serie, key=key, certificado=signing, autoridad=copied)


def _copy(of: x509.Certificate, key, signer, serial: int) -> str:
    builder = (
        x509.CertificateBuilder()
        .subject_name(of.subject)
        .issuer_name(of.issuer)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(of.not_valid_before_utc)
        .not_valid_after(of.not_valid_after_utc)
    )
    for extension in of.extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    return builder.sign(signer, hashes.SHA256()).public_bytes(Encoding.PEM).decode()
