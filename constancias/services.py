"""Verbs of documents: prepare one (files, no rows), record it (a row), read it, sweep the rest."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from comun import bitacora, cripto
from comun.caos import punto
from constancias import almacen, firma, llaves, rendering, rules, sello
from constancias.documentos import Emisor, Facts, Hoja
from constancias.enums import Tipo
from constancias.errors import FileDamaged
from constancias.models import Constancia
from nss.models import Numero

ORPHAN_AFTER = timedelta(days=2)  # longer than a step is retried


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparado:
    """A document whose sealed file is in its place and whose row is not there yet."""

    hoja: Hoja
    sello: str
    serie: str
    sha256: str
    archivo: str


def prepare(*, facts: Facts, tipo: Tipo) -> Preparado:
    """Lay out, seal, sign and store one document. Outside any transaction.

    Each call makes its own secuencia and its own file, named after it, so a
    crash or two workers at once never leave a row with another's file; what no
    row names is swept by age.

    Raises
        SelloUnavailable, StorageUnavailable: worth trying again.
    """
    llave = llaves.active()
    hoja = Hoja(
        tipo=tipo,
        facts=facts,
        emisor=issuer(),
        plantilla=rendering.current_plantilla(),
        secuencia=str(uuid.uuid4()),
        serie=rules.print_serie(llave.serie),
    )
    sealed = sello.sign(sello.message(hoja.cadena, hoja.cadena_datos), llave.key)
    pdf = firma.sign(rendering.to_pdf(hoja, sealed), llave=llave, emisor=hoja.emisor)
    punto("tras_pdf")
    archivo = almacen.write(_name(hoja), cripto.seal(pdf, place=_place(hoja.secuencia)))
    punto("tras_renombrar")
    return Preparado(
        hoja=hoja,
        sello=sealed,
        serie=llave.serie,
        sha256=hashlib.sha256(pdf).hexdigest(),
        archivo=archivo,
    )


def issuer() -> Emisor:
    return Emisor(
        nombre=settings.EMISOR_NOMBRE,
        contacto=settings.EMISOR_CONTACTO,
        invocante=settings.INVOCANTE,
        demo=settings.DEMO,
    )


@transaction.atomic
def record(*, preparado: Preparado, numero: Numero, now: datetime) -> Constancia:
    """Make the row of a prepared document, or return the one its folio and tipo already have.

    The audit entry bears the secuencia printed on the sheet. Call it last in a
    transaction: audit entries wait for each other.
    """
    hoja = preparado.hoja
    if hoja.facts.nss != numero.nss:
        raise ValueError("the document tells of another number")
    same = Constancia.objects.of_folio(hoja.facts.folio).filter(tipo=hoja.tipo)
    if existing := same.first():
        return existing
    row = Constancia(
        secuencia=uuid.UUID(hoja.secuencia),
        folio=hoja.facts.folio,
        tipo=hoja.tipo,
        numero=numero,
        snapshot=hoja.as_json(),
        sello=preparado.sello,
        llave_id=preparado.serie,
        sha256=preparado.sha256,
        archivo=preparado.archivo,
        plantilla_version=hoja.plantilla,
        emitida_en=now,
    )
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
        secuencia=row.secuencia,
        now=now,
    )
    return row


def read_pdf(constancia: Constancia) -> bytes:
    """Return the PDF as it was signed.

    Raises
        FileDamaged: missing, altered, or another document's.
    """
    try:
        pdf = cripto.unseal(almacen.read(constancia.archivo), place=_place(constancia.secuencia))
    except cripto.SealBroken as exc:
        raise FileDamaged(constancia=constancia.pk) from exc
    if hashlib.sha256(pdf).hexdigest() != constancia.sha256:
        raise FileDamaged(constancia=constancia.pk)
    return pdf


def sweep_orphans(*, now: datetime, delete: bool) -> int:
    """Count, and if asked delete, the files that no row names for longer than ORPHAN_AFTER."""
    store, found = almacen.storage(), 0
    for folder in _folders(""):
        names = [f"{folder}/{name}" for name in store.listdir(folder)[1]]
        known = set(Constancia.objects.filter(archivo__in=names).values_list("archivo", flat=True))
        for name in set(names) - known:
            if store.get_modified_time(name) > now - ORPHAN_AFTER:
                continue
            found += 1
            if delete:
                store.delete(name)
    return found


def _folders(top: str, depth: int = 2) -> list[str]:
    """Return the folders that hold files: two levels by the last digits of the folio."""
    if not depth:
        return [top]
    try:
        names = almacen.storage().listdir(top)[0]
    except FileNotFoundError:
        return []
    return [
        deeper for name in names for deeper in _folders(f"{top}/{name}" if top else name, depth - 1)
    ]


def _name(hoja: Hoja) -> str:
    folio = hoja.facts.folio
    return f"{folio[-2:]}/{folio[-4:-2]}/{folio}-{hoja.tipo.value}-{hoja.secuencia}.pdf.sellado"


def _place(secuencia: uuid.UUID | str) -> str:
    return f"constancias_constancia:archivo:{secuencia}"
