"""The sealed files of documents, when the data key changes: each is written again in its place."""

from collections.abc import Iterator

from comun import cripto, llavero, reloj
from comun.errors import KeyUnknown
from comun.models import Rotacion
from constancias import almacen
from constancias.errors import FileDamaged
from constancias.models import Constancia
from constancias.services.archivo import place_of

LUGAR = "archivos"
BATCH = 50  # files between two checkpoints
HEAD = 17  # bytes that name the key: its length, and at most 16


def keys_of_files() -> dict[str, int]:
    """Return how many files each key sealed, by its id; "?" for those that cannot be read."""
    found: dict[str, int] = {}
    for row in Constancia.objects.only("archivo").iterator(chunk_size=1000):
        key = key_of(row.archivo)
        found[key] = found.get(key, 0) + 1
    return found


def key_of(archivo: str) -> str:
    try:
        head = almacen.begin(archivo, HEAD)
    except OSError:
        return "?"
    return head[1 : 1 + head[0]].decode("ascii", "replace") if head else "?"


def reseal_files() -> tuple[int, list[str]]:
    """Seal again the files that older keys sealed; return how many, and those that are damaged.

    A file is replaced whole by its rename, so who reads it meanwhile reads one or the other.
    """
    row, done = llavero.checkpoint(LUGAR), 0
    damaged: list[str] = []
    for batch in _batches(row.hasta):
        moved = 0
        for document in batch:
            if key_of(document.archivo) == cripto.current_key():
                continue
            if reseal_file(document):
                moved += 1
            else:
                damaged.append(document.archivo)
        done += moved
        llavero.advance(row, hasta=str(batch[-1].pk), hechas=moved)
    if not damaged:
        llavero.finish(row, now=reloj.now())
    else:
        Rotacion.objects.filter(pk=row.pk).update(hasta="", terminada_en=None)
    return done, damaged


def reseal_file(document: Constancia) -> bool:
    """Write one file again; say if it could be read."""
    place = place_of(document.pk)
    try:
        fresh = cripto.reseal(almacen.read(document.archivo), place=place)
    except (FileDamaged, cripto.SealBroken, KeyUnknown):
        return False
    almacen.replace(document.archivo, fresh)
    return True


def _batches(after: str) -> Iterator[list[Constancia]]:
    rows = Constancia.objects.only("archivo").order_by("pk")
    while batch := list((rows.filter(pk__gt=after) if after else rows)[:BATCH]):
        yield batch
        after = str(batch[-1].pk)
