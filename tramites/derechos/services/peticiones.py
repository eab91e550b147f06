"""The life of a Petición: received, maybe extended, answered, made good. Each step is told and kept."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from comun import bitacora, reloj
from nss.models import curp_index
from nss.values import Curp
from tramites.derechos import calendario, rules
from tramites.derechos.enums import Causa, ClaseAviso, Derecho, Estado, Via
from tramites.derechos.errors import (
    CannotExtend,
    PeticionRepeated,
    PeticionUnknown,
    SamePersonErases,
    TooManyPetitions,
)
from tramites.derechos.models import Peticion
from tramites.derechos.services import correos, supresion
from tramites.models import Solicitud, correo_index

AT_MOST = 500  # rows that one count of terms takes
A_DAY = 5  # petitions of one CURP and mailbox: nobody needs more, and each one is a mail and a row
_FOLIOS = 5  # tries of a folio that nobody has: of 32^8 a second is never needed


def receive(*, solicitud: Solicitud, derecho: Derecho, texto: str, now: datetime) -> Peticion:
    """Take what somebody with a proved mailbox asks; the term begins tomorrow.

    Raises
        PeticionRepeated: the same right is being asked for by the same person.
        TooManyPetitions: this person asked A_DAY times since yesterday.
    """
    recent = Peticion.objects.of(solicitud).filter(recibida_en__gt=now - timedelta(days=1))
    if recent.count() >= A_DAY:
        raise TooManyPetitions
    return _register(
        Peticion(
            via=Via.SESION,
            derecho=derecho,
            solicitud=solicitud,
            curp_idx=solicitud.curp_idx,
            correo_idx=solicitud.correo_idx,
            datos={"curp": str(solicitud.curp), "correo": solicitud.correo, "texto": texto},
        ),
        now=now,
        actor="persona",
    )


def register_in_person(
    *, curp: Curp, correo: str, derecho: Derecho, texto: str, now: datetime, actor: str
) -> Peticion:
    """Take what came on paper; `correo` may be "". The desk has seen who asks."""
    return _register(
        Peticion(
            via=Via.PERSONAL,
            derecho=derecho,
            curp_idx=curp_index(curp),
            correo_idx=correo_index(correo) if correo else None,
            datos={"curp": str(curp), "correo": correo, "texto": texto},
        ),
        now=now,
        actor=actor,
    )


@transaction.atomic
def _register(peticion: Peticion, *, now: datetime, actor: str) -> Peticion:
    peticion.recibida_en, peticion.registrada_por = now, actor
    peticion.vence = peticion.term(calendario.in_use())
    for _ in range(_FOLIOS):
        peticion.folio = rules.mint_folio(reloj.local_date(now).year)
        try:
            with transaction.atomic():
                peticion.save(force_insert=True)
            break
        except IntegrityError as exc:
            if "one_open_per_person" in str(exc):
                raise PeticionRepeated from exc
    correos.write(peticion, ClaseAviso.RECIBIDA, now=now)
    note("arco.recibida", peticion, now=now, actor=actor, razon=peticion.derecho)
    return peticion


@transaction.atomic
def extend(*, peticion_id: UUID, dias: int, motivo: str, now: datetime, actor: str) -> Peticion:
    """Add `dias` (1 to 10) business days to the term of the answer, once, before it is over.

    Raises
        CannotExtend: answered already, extended already, over, or too many days.
    """
    peticion = lock(peticion_id)
    why = _why_not(peticion, dias, now)
    if why:
        raise CannotExtend(reason=why)
    peticion.prorroga = dias
    peticion.keep(
        prorroga=dias,
        prorrogada_en=now,
        vence=peticion.term(calendario.in_use()),
        datos={"motivo": motivo},
    )
    correos.write(peticion, ClaseAviso.PRORROGA, now=now)
    note("arco.ampliada", peticion, now=now, actor=actor, razon=f"{dias} días")
    return peticion


def _why_not(peticion: Peticion, dias: int, now: datetime) -> str:
    if peticion.estado != Estado.RECIBIDA:
        return "estado"
    if peticion.prorroga:
        return "repetida"
    if peticion.is_overdue(reloj.local_date(now)):
        return "vencido"
    return "" if 1 <= dias <= rules.AMPLIAR else "dias"


@transaction.atomic
def grant(*, peticion_id: UUID, respuesta: str, now: datetime, actor: str) -> Peticion:
    """Answer that it proceeds; from tomorrow 15 business days run to make it good.

    Raises
        MoveNotAllowed: it was answered or withdrawn.
    """
    peticion = lock(peticion_id)
    vence = rules.effective_by(calendario.in_use(), reloj.local_date(now))
    datos = {"respuesta": respuesta}
    told = {"contestada_en": now, "contestada_por": actor, "vence": vence, "datos": datos}
    peticion.advance(Estado.PROCEDENTE, now=now, **told)
    correos.write(peticion, ClaseAviso.RESPUESTA, now=now)
    note("arco.procede", peticion, now=now, actor=actor)
    return peticion


@transaction.atomic
def refuse(
    *, peticion_id: UUID, causa: Causa, respuesta: str, now: datetime, actor: str
) -> Peticion:
    """Answer that it does not proceed, for one of the reasons of the law.

    Raises
        MoveNotAllowed: it was answered or withdrawn.
    """
    peticion = lock(peticion_id)
    datos = {"respuesta": respuesta}
    told = {"contestada_en": now, "contestada_por": actor, "causa": causa, "datos": datos}
    peticion.advance(Estado.IMPROCEDENTE, now=now, **told)
    correos.write(peticion, ClaseAviso.RESPUESTA, now=now)
    note("arco.no_procede", peticion, now=now, actor=actor, razon=causa)
    return peticion


@transaction.atomic
def make_good(*, peticion_id: UUID, now: datetime, actor: str) -> Peticion:
    """Note that what was granted is done; a cancellation is done here and now.

    Raises
        MoveNotAllowed: it was not granted.
        SamePersonErases: a cancellation on paper, by who registered or granted it.
        StillInFlight: a cancellation of data that a Solicitud on its way needs.
    """
    peticion = lock(peticion_id)
    if peticion.erases_on_paper and actor in (peticion.registrada_por, peticion.contestada_por):
        raise SamePersonErases(folio=peticion.folio)
    peticion.advance(Estado.EFECTIVA, now=now, hecha_por=actor)
    erased = supresion.erase(peticion, now=now) if peticion.derecho == Derecho.CANCELACION else 0
    correos.write(peticion, ClaseAviso.EFECTIVA, now=now)
    razon = f"{erased} solicitudes vaciadas" if erased else ""
    note("arco.efectiva", peticion, now=now, actor=actor, razon=razon)
    return peticion


@transaction.atomic
def withdraw(*, peticion_id: UUID, now: datetime) -> Peticion:
    """Take it back at the word of who made it; raise MoveNotAllowed once it was answered."""
    peticion = lock(peticion_id)
    peticion.advance(Estado.DESISTIDA, now=now)
    note("arco.desistida", peticion, now=now, actor="persona")
    return peticion


def recount(now: datetime) -> int:
    """Count the running terms again, since the calendar may have changed; return how many moved."""
    days, moved = calendario.in_use(), 0
    for pk in Peticion.objects.running().values_list("pk", flat=True)[:AT_MOST]:
        with transaction.atomic():
            peticion = lock(pk)
            vence = peticion.term(days)
            if vence is not None and vence != peticion.vence:
                peticion.keep(vence=vence)
                note("arco.recontada", peticion, now=now, actor="sistema", razon=str(vence))
                moved += 1
    return moved


def lock(peticion_id: UUID) -> Peticion:
    """Return the row locked until the transaction ends; raise PeticionUnknown."""
    found = Peticion.objects.select_for_update(of=("self",)).filter(pk=peticion_id).first()
    if found is None:
        raise PeticionUnknown
    return found


def note(accion: str, peticion: Peticion, *, now: datetime, actor: str, razon: str = "") -> None:
    """Write what happened to it in the chain of audit."""
    objeto = f"arco:{peticion.folio}"
    bitacora.append(accion=accion, objeto=objeto, now=now, actor=actor, razon=razon)
