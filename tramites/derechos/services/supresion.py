"""A cancellation made good: what the person wrote is forgotten; what the law keeps stays, and is said."""

from datetime import datetime

from tramites.derechos.enums import ClaseAviso, Via
from tramites.derechos.errors import StillInFlight
from tramites.derechos.models import Copia, Peticion
from tramites.derechos.services import correos
from tramites.enums import MOVES, Estado
from tramites.models import Correo, EquipoConocido, Solicitud, VinculoCorreo, correo_index
from tramites.services.depuracion import ENDED, forget

# Tables that still tell something of the person after a cancellation, and why.
KEPT = {
    "nss.Asegurado": "El registro de tu número: es para toda la vida y lo ordena la Ley del Seguro Social.",
    "nss.Numero": "Tu Número de Seguridad Social.",
    "nss.PersonaPadron": "La copia del padrón de identidad: no la hizo este portal.",
    "constancias.Constancia": "Los documentos expedidos, para que se puedan verificar.",
    "tramites.CasoVinculo": "Los cambios de correo que decidió el personal, con su razón.",
    "derechos.Peticion": "Esta petición y su respuesta, dos años.",
    "derechos.AvisoPeticion": "Los correos sobre esta petición, 180 días.",
}


def erase(peticion: Peticion, *, now: datetime) -> int:
    """Forget the Solicitudes of the pair that asked; return how many.

    What was asked for on paper is of the whole CURP (its mailbox only tells where to write), and
    the bound mailbox is told: it may be somebody else's hand. One on its way is ended first. A pair that somebody objected to stays frozen: the
    freeze protects who objected. Must run in the transaction that ends the petition.

    Raises
        StillInFlight: one cannot be ended now.
    """
    mine = {"curp_idx": peticion.curp_idx}
    if peticion.via == Via.SESION:
        mine["correo_idx"] = peticion.correo_idx
    else:
        _tell_bound(peticion, now=now)
    rows = Solicitud.objects.filter(**mine, vaciada_en=None).select_for_update(of=("self",))
    _drop_notices(peticion)
    for solicitud in rows:
        _end(solicitud, now=now)
        waiting = solicitud.correos.filter(estado=Correo.Estado.PENDIENTE)
        waiting.update(estado=Correo.Estado.RECHAZADO, contexto=None)
        Copia.objects.filter(solicitud=solicitud).delete()
        forget(solicitud, now=now)
    EquipoConocido.objects.filter(**mine).delete()
    bonds = VinculoCorreo.objects.filter(**mine)
    bonds.exclude(estado=VinculoCorreo.Estado.CONGELADO).delete()
    return len(rows)


def _end(solicitud: Solicitud, *, now: datetime) -> None:
    estado = Estado(solicitud.estado)
    if estado in ENDED:
        return
    for end in (Estado.CANCELADA, Estado.VENCIDA):
        if end in MOVES[estado]:
            solicitud.advance(end, now=now)
            return
    raise StillInFlight(estado=estado)


def _tell_bound(peticion: Peticion, *, now: datetime) -> None:
    bound = VinculoCorreo.objects.of_curp(peticion.curp_idx).active().first()
    if bound is not None:
        correos.write(peticion, ClaseAviso.BORRADO, now=now, para=bound.correo["correo"])


def _drop_notices(peticion: Peticion) -> None:
    """Delete the mails that went to this mailbox about requests of other ones."""
    if peticion.via != Via.SESION:
        return
    for correo in Correo.objects.filter(solicitud__curp_idx=peticion.curp_idx):
        if correo_index(correo.destinatario["correo"]) == peticion.correo_idx:
            if correo.estado == Correo.Estado.PENDIENTE:
                continue
            correo.delete()
