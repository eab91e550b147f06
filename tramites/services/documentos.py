"""Constancia, tarjeta and slip: laid out and signed outside the transaction, recorded in one."""

from uuid import UUID

from django.db import transaction

from comun import reloj
from constancias.documentos import Facts
from constancias.enums import DE_TRAMITE, Verbo
from constancias.services import prepare, record
from tramites.enums import ClaseCorreo, Estado
from tramites.models import Solicitud
from tramites.services import correos, vinculos
from tramites.services.confirmacion import lock


def document(*, solicitud_id: UUID) -> None:
    """Make the documents of a located or assigned number, and write the mail that brings them."""
    solicitud = Solicitud.objects.get(pk=solicitud_id)
    if solicitud.estado not in (Estado.LOCALIZADA, Estado.ASIGNADA):
        return
    facts = facts_of(solicitud)
    prepared = [prepare(facts=facts, tipo=tipo) for tipo in DE_TRAMITE]
    with transaction.atomic():
        now = reloj.now()
        locked = lock(solicitud_id)
        if locked.estado not in (Estado.LOCALIZADA, Estado.ASIGNADA):
            return
        if not vinculos.speaks(locked):  # the bond moved while it lay in fallo_tecnico
            locked.advance(Estado.CANCELADA, now=now)
            return
        numero = locked.numero
        assert numero is not None, "located and assigned ones have a number"
        locked.advance(Estado.DOCUMENTADA, now=now)
        correos.write(locked, ClaseCorreo.DOCUMENTOS, now=now)
        for preparado in prepared:
            record(preparado=preparado, numero=numero, now=now)


def facts_of(solicitud: Solicitud) -> Facts:
    """Return what the documents print: the source's names, the registry's number."""
    identidad, numero = solicitud.identidad, solicitud.numero
    assert identidad is not None
    assert numero is not None
    return Facts.of(identidad, folio=solicitud.folio, verbo=Verbo(solicitud.verbo), nss=numero.nss)
