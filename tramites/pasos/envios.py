"""How many mails this browser asked for, so that its page can say when another may come.

The session counts, never the rows: what somebody else asked for the same CURP and mailbox is
nobody's business, and a page that knew would tell who has used them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from tramites.topes import TOPES

ASKED, KEPT = "correos_pedidos", 4  # procedures of which one browser remembers its mails
SAID_FROM = 3  # mails: from here on the page says how many


@dataclass(frozen=True, slots=True)
class Envios:
    """What the page says: mails asked for within a day, and from when another may come."""

    pedidos: int
    otro_desde: datetime | None
    pareja: int = TOPES.pareja.most
    hora: int = TOPES.hora.most
    dia: int = TOPES.dia.most
    curps: int = TOPES.familia.most

    @property
    def muchos(self) -> bool:
        return self.pedidos >= SAID_FROM

    @classmethod
    def of(cls, session: SessionBase, solicitud: UUID, now: datetime) -> Self:
        tz = timezone.get_current_timezone()
        stamps = session.get(ASKED, {}).get(str(solicitud), [])
        moments = [datetime.fromtimestamp(stamp, tz) for stamp in stamps]
        recent = [moment for moment in moments if moment > now - TOPES.pareja.within]
        return cls(len(recent), TOPES.pareja.room_at(recent, now=now))


def note(session: SessionBase, solicitud: UUID, now: datetime) -> None:
    """Remember that this browser asked for one more mail of this procedure."""
    asked: dict[str, list[float]] = session.get(ASKED, {})
    mine = [*asked.pop(str(solicitud), []), now.timestamp()][-TOPES.dia.most :]
    session[ASKED] = {**dict(list(asked.items())[1 - KEPT :]), str(solicitud): mine}
