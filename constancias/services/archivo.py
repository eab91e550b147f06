"""The files of documents: read one, sweep those that no row names."""

import hashlib
import uuid
from datetime import datetime, timedelta

from comun import cripto
from constancias import almacen
from constancias.documentos import Hoja
from constancias.errors import FileDamaged
from constancias.models import Constancia

ORPHAN_AFTER = timedelta(days=2)  # longer than a step is retried


def keep(hoja: Hoja, pdf: bytes) -> str:
    """Seal and store the PDF of a sheet under a name of its own; return the name."""
    folio = hoja.facts.folio
    name = f"{folio[-2:]}/{folio[-4:-2]}/{folio}-{hoja.tipo.value}-{hoja.secuencia}.pdf.sellado"
    return almacen.write(name, cripto.seal(pdf, place=place_of(hoja.secuencia)))


def read_pdf(constancia: Constancia) -> bytes:
    """Return the PDF as it was signed.

    Raises
        FileDamaged: missing, altered, or another document's.
    """
    try:
        pdf = cripto.unseal(almacen.read(constancia.archivo), place=place_of(constancia.secuencia))
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


def place_of(secuencia: uuid.UUID | str) -> str:
    """Return what a document's file is bound to."""
    return f"constancias_constancia:archivo:{secuencia}"
