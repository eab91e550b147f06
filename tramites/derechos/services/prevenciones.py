"""What a Petición lacks: asked for once, given or not, and what its silence means (LGPDPPSO, art. 46)."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from comun import reloj
from tramites.derechos import calendario, rules
from tramites.derechos.enums import ClaseAviso, Estado
from tramites.derechos.errors import CannotWarn, TooLateToClear
from tramites.derechos.models import Peticion
from tramites.derechos.services import correos
from tramites.derechos.services.peticiones import AT_MOST, lock, note


@transaction.atomic
def warn(*, peticion_id: UUID, falta: str, now: datetime, actor: str) -> Peticion:
    """Ask whoever made it for what it lacks; the term of the answer stops meanwhile.

    Raises
        CannotWarn: it was asked once already, or more than 5 business days ago it came.
        MoveNotAllowed: it was answered or withdrawn.
    """
    peticion = lock(peticion_id)
    if why := why_not(peticion, now):
        raise CannotWarn(reason=why)
    vence = rules.clear_by(calendario.in_use(), reloj.local_date(now))
    changes = {"prevenida_en": now, "vence": vence, "datos": {"falta": falta}}
    peticion.advance(Estado.PREVENIDA, now=now, **changes)
    correos.write(peticion, ClaseAviso.PREVENCION, now=now)
    note("arco.prevenida", peticion, now=now, actor=actor)
    return peticion


def why_not(peticion: Peticion, now: datetime) -> str:
    """Return why it can no longer be asked for what it lacks; "" if it can."""
    if peticion.prevenida_en:
        return "repetida"
    received = timezone.localdate(peticion.recibida_en)
    late = reloj.local_date(now) > rules.warn_by(calendario.in_use(), received)
    return "vencido" if late else ""


@transaction.atomic
def clear(
    *, peticion_id: UUID, aclaracion: str, now: datetime, actor: str, dia: date | None = None
) -> Peticion:
    """Take what was missing; the whole term of the answer begins the day after it came.

    `dia`: when it was handed in on paper, where that was before today.

    Raises
        TooLateToClear: its 10 business days are over.
        MoveNotAllowed: nothing is asked of it.
    """
    peticion = lock(peticion_id)
    came = dia or reloj.local_date(now)
    if peticion.estado == Estado.PREVENIDA and peticion.is_overdue(came):
        raise TooLateToClear
    vence = rules.answer_by(calendario.in_use(), came, extended=peticion.prorroga)
    when = _at(came, peticion, now)
    changes = {"subsanada_en": when, "vence": vence, "datos": {"aclaracion": aclaracion}}
    peticion.advance(Estado.RECIBIDA, now=now, **changes)
    correos.write(peticion, ClaseAviso.SUBSANADA, now=now)
    note("arco.subsanada", peticion, now=now, actor=actor)
    return peticion


def _at(day: date, peticion: Peticion, now: datetime) -> datetime:
    """Return an instant of that day, neither before it was asked for nor after now."""
    noon = timezone.make_aware(datetime.combine(day, time(12)))
    return min(max(noon, peticion.prevenida_en or noon), now)


def lapse(now: datetime) -> int:
    """End those that were not cleared in time, as not presented; return how many.

    Some days later than the last one: the desk may have yet to type what came on paper.
    """
    today, ended, days = reloj.local_date(now), 0, calendario.in_use()
    late = Peticion.objects.overdue(today).filter(estado=Estado.PREVENIDA)
    for pk in late.values_list("pk", flat=True)[:AT_MOST]:
        with transaction.atomic():
            peticion = lock(pk)
            until = peticion.vence if peticion.estado == Estado.PREVENIDA else None
            if until and rules.typed_by(days, until) < today:
                peticion.advance(Estado.CADUCADA, now=now)
                correos.write(peticion, ClaseAviso.CADUCADA, now=now)
                note("arco.caducada", peticion, now=now, actor="sistema")
                ended += 1
    return ended
