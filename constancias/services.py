"""Verbs of documents: prepare one (files, no rows), record it (a row), read it."""

from dataclasses import dataclass
from datetime import datetime

from constancias.documentos import Facts, Hoja
from constancias.enums import Tipo
from constancias.models import Constancia
from nss.models import Numero


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparado:
    """A document whose sealed file is in its place and whose row is not there yet."""

    hoja: Hoja
    sello: str
    sha256: str
    archivo: str


def prepare(*, facts: Facts, tipo: Tipo) -> Preparado:
    raise RuntimeError


def record(*, preparado: Preparado, numero: Numero, now: datetime) -> Constancia:
    raise RuntimeError


def read_pdf(constancia: Constancia) -> bytes:
    raise RuntimeError
