"""Business days and the terms counted in them; arithmetic on dates alone.

Sources: LGPDPPSO (DOF 20-03-2025), arts. 45, 46 and 49; days of rest, Ley Federal del Trabajo, art. 74.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tramites.derechos.errors import CalendarMalformed

RESPONDER, AMPLIAR, EFECTUAR = 20, 10, 15  # business days
PREVENIR, SUBSANAR = 5, 10  # to ask for what is missing; to give it
PAPEL = 3  # of ours, not of the law: until the desk has typed what was handed in on the last day
MONDAY, SATURDAY = 0, 5
_LINE = re.compile(r"(?P<from>\S{10})(?:/(?P<to>\S{10}))?(?:\s.*)?")
_LONGEST = timedelta(days=366)  # of a range in the file: more is a mistyped year
# Crockford's alphabet: no letter that is taken for a digit.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Calendario:
    """Which days count. `inhabiles` are added to weekends and to the days of rest of the law."""

    inhabiles: frozenset[date] = field(default_factory=frozenset)

    def counts(self, day: date) -> bool:
        return not (
            day.weekday() >= SATURDAY or day in self.inhabiles or day in days_of_rest(day.year)
        )

    def after(self, day: date, days: int) -> date:
        """Return the business day number `days` (≥ 1) after `day`, which never counts itself.

        >>> Calendario().after(date(2026, 9, 14), 3)
        datetime.date(2026, 9, 18)
        """
        for _ in range(days):
            day += timedelta(days=1)
            while not self.counts(day):
                day += timedelta(days=1)
        return day


def days_of_rest(year: int) -> frozenset[date]:
    """Return the days on which the law says that nobody works.

    >>> sorted(d.isoformat() for d in days_of_rest(2026))[:3]
    ['2026-01-01', '2026-02-02', '2026-03-16']
    """
    every = {
        date(year, 1, 1),
        _monday(year, 2, 1),
        _monday(year, 3, 3),
        date(year, 5, 1),
        date(year, 9, 16),
        _monday(year, 11, 3),
        date(year, 12, 25),
    }
    if year >= 2024 and (year - 2024) % 6 == 0:  # the Federal Executive changes hands
        every.add(date(year, 10, 1))
    return frozenset(every)


def _monday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7 + 7 * (number - 1))


def read_inhabiles(text: str) -> frozenset[date]:
    """Return the days of an operator's file: one day or range per line, then its reason.

    Raises
        CalendarMalformed: a line is no date, or its range is reversed or longer than a year.

    >>> sorted(read_inhabiles("2026-11-02 Día de Muertos\\n# DOF\\n2026-12-24/2026-12-25"))
    [datetime.date(2026, 11, 2), datetime.date(2026, 12, 24), datetime.date(2026, 12, 25)]
    """
    found: set[date] = set()
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if words := line.partition("#")[0].strip():
            found.update(_days_of(words, number))
    return frozenset(found)


def _days_of(words: str, number: int) -> Iterator[date]:
    match = _LINE.fullmatch(words)
    try:
        first = date.fromisoformat(match["from"] if match else "")
        last = date.fromisoformat(match["to"]) if match and match["to"] else first
    except ValueError:
        raise CalendarMalformed(line=number, reason="fecha") from None
    if not timedelta() <= last - first <= _LONGEST:
        raise CalendarMalformed(line=number, reason="orden")
    yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def answer_by(calendario: Calendario, received: date, *, extended: int = 0) -> date:
    """Return the last day to answer: 20 from the day after reception, `extended` (≤ 10) more."""
    return calendario.after(received, RESPONDER + extended)


def warn_by(calendario: Calendario, received: date) -> date:
    """Return the last day to ask for what a petition lacks: 5 from the day after reception."""
    return calendario.after(received, PREVENIR)


def clear_by(calendario: Calendario, warned: date) -> date:
    """Return the last day to give what was asked for: 10 from the day after it was told."""
    return calendario.after(warned, SUBSANAR)


def typed_by(calendario: Calendario, clear_until: date) -> date:
    """Return the last day to type what came on paper in time; after it silence is certain."""
    return calendario.after(clear_until, PAPEL)


def effective_by(calendario: Calendario, answered: date) -> date:
    """Return the last day to make good an answer in favour: 15 from the day after it was told."""
    return calendario.after(answered, EFECTUAR)


def mint_folio(year: int) -> str:
    """Return a reference for people: ARCO-2026-7K3M9QX2. It opens nothing."""
    return f"ARCO-{year}-" + "".join(secrets.choice(_ALPHABET) for _ in range(8))
