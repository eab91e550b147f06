"""The registry changed by somebody who has the database and not the keys."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from comun import reloj
from constancias.enums import EstadoLlave, Motivo
from constancias.models import Constancia, LlaveSello
from tests.constancias.mutaciones.escena import Base, Escena, signed_by
from tests.constancias.mutaciones.pdf import Mutacion


def tampered(escena: Escena) -> list[Mutacion]:
    """For each check of a PDF, a forgery that it alone refuses: all else about it is right."""
    first, second = escena.bases[-2:]
    remade = signed_by(first.bare, escena.twin(first))

    def register_forged() -> None:
        rows(first).update(sha256=hashlib.sha256(remade).hexdigest())

    def exchange() -> None:
        rows(first).update(sha256="0" * 64)
        rows(second).update(sha256=first.row.sha256)

    return [
        Mutacion(kind="firma", pdf=remade, tamper=register_forged),
        Mutacion(kind="certificado", pdf=first.pdf, tamper=lambda: revoke_key(first)),
        Mutacion(kind="registro", pdf=signed_by(first.bare, first.llave)),
        Mutacion(kind="contenido", pdf=first.pdf, tamper=exchange),
        Mutacion(kind="sello", pdf=first.pdf, tamper=lambda: rows(first).update(sello="MEUC")),
        Mutacion(kind="vigencia", pdf=first.pdf, tamper=lambda: end(first)),
    ]


def rows(base: Base):
    return Constancia.objects.filter(pk=base.row.pk)


def end(base: Base, estado: str = "revocada", motivo: str = Motivo.FRAUDE) -> None:
    rows(base).update(estado=estado, motivo=motivo, cambio_en=reloj.now())


def revoke_key(base: Base) -> None:
    mine = LlaveSello.objects.filter(pk=base.llave.serie)
    mine.update(estado=EstadoLlave.REVOCADA, retirada_en=reloj.now())


@contextmanager
def undone(tamper: Callable[[], object]) -> Iterator[None]:
    """Do to the database what its guards would refuse, and undo it at the end."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE constancias_constancia DISABLE TRIGGER USER")
        tamper()
        yield
        transaction.set_rollback(True)
