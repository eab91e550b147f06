"""How many mails and how many CURPs one mailbox may have: numbers, and when there is room again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self


@dataclass(frozen=True, slots=True)
class Tope:
    """At most `most` within `within`."""

    nombre: str
    most: int
    within: timedelta

    def room_at(self, moments: Iterable[datetime], *, now: datetime) -> datetime | None:
        """Return when one more fits after these, or None if it fits now."""
        recent = sorted(moment for moment in moments if moment > now - self.within)
        return recent[-self.most] + self.within if len(recent) >= self.most else None


@dataclass(frozen=True, slots=True)
class Topes:
    """The limits of one mailbox. Mails: of a CURP with it, in an hour, in a day. CURPs: in a month."""

    pareja: Tope = Tope("pareja", 5, timedelta(hours=24))
    hora: Tope = Tope("hora", 5, timedelta(hours=1))
    dia: Tope = Tope("dia", 10, timedelta(hours=24))
    familia: Tope = Tope("familia", 3, timedelta(days=30))

    def raised_to(self, curps: int) -> Self:
        """Return them with room for `curps` people, and for two mails a day to each."""
        return replace(
            self,
            hora=replace(self.hora, most=max(self.hora.most, curps)),
            dia=replace(self.dia, most=max(self.dia.most, 2 * curps)),
            familia=replace(self.familia, most=max(self.familia.most, curps)),
        )


TOPES = Topes()
