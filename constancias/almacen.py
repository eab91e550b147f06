"""Where sealed files lie: Django's storage API, on a local disk by default.

A file appears whole or not at all, and is on the disk when `write` returns.
Another storage is chosen by STORAGES["documentos"].
"""

import logging
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages

from constancias.errors import FileDamaged, StorageUnavailable

log = logging.getLogger(__name__)

ALIAS = "documentos"


class DurableFiles(FileSystemStorage):
    """Files written beside their place, flushed, and renamed into it."""

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.parcial")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.read())
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        _flush_folder(path.parent)
        return name


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def storage() -> Storage:
    if ALIAS in settings.STORAGES:
        return storages[ALIAS]
    return DurableFiles(location=settings.DOCUMENTOS_DIR)


def write(name: str, content: bytes) -> str:
    """Store `content` and return the name it got."""
    try:
        return storage().save(name, ContentFile(content))
    except OSError as exc:
        log.error("no se pudo guardar un documento: %s", exc)  # noqa: TRY400
        raise StorageUnavailable(exc.errno) from exc


def read(name: str) -> bytes:
    try:
        with storage().open(name) as file:
            content: bytes = file.read()
    except FileNotFoundError as exc:
        raise FileDamaged(archivo=name) from exc
    return content


def begin(name: str, size: int) -> bytes:
    """Return the first bytes of a file; raise OSError if it is not there."""
    with storage().open(name) as file:
        head: bytes = file.read(size)
    return head


def replace(name: str, content: bytes) -> None:
    """Put `content` in the place of the file `name`, at once: nobody reads a half.

    `_save`, not `save`, which would choose another name beside the one that is taken.
    """
    try:
        storage()._save(name, ContentFile(content))  # type: ignore[attr-defined]
    except OSError as exc:
        raise StorageUnavailable(exc.errno) from exc
