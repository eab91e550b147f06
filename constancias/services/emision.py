"""Issuing one document: prepare it (a file, no row), then record it (the row)."""

import hashlib
import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from comun import bitacora, cripto, reloj
from comun.caos import punto
from constancias import codigo, credencial, estados, firma, llaves, rendering, rules, sello, tiempo
from constancias.documentos import CLEAR, Emisor, Facts, Hoja
from constancias.enums import Tipo
from constancias.errors import TimeUnavailable
from constancias.models import Constancia, reserve_indice
from constancias.services import archivo
from nss.models import Numero

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=15)  # how long a trámite waits for the time authority
CODIGO = "codigo"  # kind of the blind index of a document's short code
SIN_HORA = "sin sello de tiempo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparado:
    """A document whose sealed file is in its place and whose row is not there yet."""

    hoja: Hoja
    sello: str
    serie: str
    sha256: str
    archivo: str
    indice: int
    con_hora: bool = False  # PAdES B-T: an outside authority dated the signature

    @property
    def codigo(self) -> str:
        return self.hoja.codigo


def prepare(*, facts: Facts, tipo: Tipo, sustituye: str = "") -> Preparado:
    """Lay out, seal, sign and store one document. Outside any transaction.

    Each call makes its own secuencia and its own file, named after it, so a
    crash or two workers at once never leave a row with another's file; what no
    row names is swept by age. The place in the status list is taken here,
    because the QR says it: a place that no row uses stays empty.

    Raises
        SelloUnavailable, StorageUnavailable, TimeUnavailable: worth trying again.
    """
    llave, indice = llaves.active(), reserve_indice()
    facts, emisor = facts.for_sheet(tipo), issuer()
    hoja = Hoja(
        tipo=tipo,
        facts=facts,
        emisor=emisor,
        plantilla=rendering.current_plantilla(facts.fecha),
        secuencia=str(uuid.uuid4()),
        serie=rules.print_serie(llave.serie),
        codigo=codigo.mint(),
        credencial=_qr(facts, emisor, tipo, indice, llave),
        sustituye=sustituye,
        verificar=f"{settings.URL_PORTAL}/verificar/",
        copias=settings.TARJETAS_POR_HOJA if tipo == Tipo.TARJETA else 1,
    )
    sealed = sello.sign(sello.message(hoja.cadena, hoja.cadena_datos), llave.key)
    pdf, con_hora = _sign(rendering.to_pdf(hoja, sealed), llave, hoja)
    punto("tras_pdf")
    name = archivo.keep(hoja, pdf)
    punto("tras_renombrar")
    return Preparado(
        hoja=hoja,
        sello=sealed,
        serie=llave.serie,
        sha256=hashlib.sha256(pdf).hexdigest(),
        archivo=name,
        indice=indice,
        con_hora=con_hora,
    )


def _sign(pdf: bytes, llave: llaves.Llave, hoja: Hoja) -> tuple[bytes, bool]:
    """Return the signed PDF, and if the time authority dated it.

    While the trámite is young a failing authority puts the step off; after
    PATIENCE nobody waits for it any longer and the signature goes without.
    """
    tsa = tiempo.authority()
    if tsa is None:
        return firma.sign(pdf, llave=llave, emisor=hoja.emisor), False
    try:
        return firma.sign(pdf, llave=llave, emisor=hoja.emisor, tsa=tsa), True
    except TimeUnavailable as exc:
        if reloj.now() - hoja.facts.fecha < PATIENCE:
            raise
        log.warning("folio %s: sin sello de tiempo (%s)", hoja.facts.folio, exc)
    return firma.sign(pdf, llave=llave, emisor=hoja.emisor), False


def issuer() -> Emisor:
    return Emisor(
        nombre=settings.EMISOR_NOMBRE,
        contacto=settings.EMISOR_CONTACTO,
        invocante=settings.INVOCANTE,
        demo=settings.DEMO,
    )


def _qr(facts: Facts, emisor: Emisor, tipo: Tipo, indice: int, llave: llaves.Llave) -> str:
    """Return what the QR tells, signed: no more than its sheet. "" if this key cannot sign it."""
    if not credencial.can_sign(llave.key):
        return ""
    told = credencial.Credencial(
        emisor=emisor.nombre,
        folio=facts.folio,
        tipo=tipo,
        verbo=facts.verbo,
        nss=facts.nss,
        curp=facts.curp,
        nombre=facts.nombre_completo,
        emitida=facts.fecha.astimezone(rules.MEXICO).date(),
        indice=indice,
        estados_url=estados.url(),
    )
    return credencial.encode(told, llave)


@transaction.atomic
def record(
    *, preparado: Preparado, numero: Numero, now: datetime, reemplaza: Constancia | None = None
) -> Constancia:
    """Make the row of a prepared document, or return the one its folio and tipo already have.

    The audit entry bears the secuencia printed on the sheet. Call it last in a
    transaction: audit entries wait for each other.
    """
    hoja = preparado.hoja
    if not _tells_of(hoja, numero):
        raise ValueError("the document tells of another number")
    same = Constancia.objects.of_folio(hoja.facts.folio).filter(tipo=hoja.tipo)
    if existing := same.first():
        return existing
    row = _row(preparado, numero, now)
    row.reemplaza = reemplaza
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if winner := same.first():
            return winner
        raise
    bitacora.append(
        accion="constancia.emitida",
        objeto=f"{hoja.facts.folio} {hoja.tipo.value}",
        razon=SIN_HORA if settings.TSA_URL and not preparado.con_hora else "",
        secuencia=row.secuencia,
        now=now,
    )
    return row


def _row(preparado: Preparado, numero: Numero, now: datetime) -> Constancia:
    hoja = preparado.hoja
    return Constancia(
        secuencia=uuid.UUID(hoja.secuencia),
        folio=hoja.facts.folio,
        tipo=hoja.tipo,
        numero=numero,
        snapshot=hoja.as_json(),
        sello=preparado.sello,
        llave_id=preparado.serie,
        sha256=preparado.sha256,
        archivo=preparado.archivo,
        codigo_idx=cripto.blind_index(CODIGO, hoja.codigo),
        indice=preparado.indice,
        plantilla_version=hoja.plantilla,
        emitida_en=now,
    )


def _tells_of(hoja: Hoja, numero: Numero) -> bool:
    """Say if the sheet bears this number, whole or as much of it as its kind shows."""
    shown = hoja.facts.nss
    veiled = shown.startswith("*") and hoja.tipo in (Tipo.COMPROBANTE, Tipo.ENMASCARADA)
    return shown == numero.nss or (veiled and shown == rules.veil(numero.nss, clear=CLEAR))
