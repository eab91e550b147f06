"""The clocks of 20, 10 and 15 business days: by hand, in 500 calendars, and from a file."""

from datetime import date, timedelta

import pytest
from django.core.checks import run_checks
from hypothesis import given, settings
from hypothesis import strategies as st

from tramites.derechos import calendario, rules
from tramites.derechos.errors import CalendarMalformed
from tramites.derechos.rules import (
    Calendario,
    answer_by,
    days_of_rest,
    effective_by,
    read_inhabiles,
)

DAYS = st.dates(date(2025, 1, 1), date(2035, 12, 31))
CALENDARS = st.builds(
    lambda singles, runs: Calendario(
        frozenset(singles)
        | {first + timedelta(days=n) for first, long in runs for n in range(long)}
    ),
    st.lists(DAYS, max_size=60),
    st.lists(st.tuples(DAYS, st.integers(1, 21)), max_size=6),  # holidays of schools and courts
)


def working(first: date, last: date, inhabiles: frozenset[date]) -> int:
    """Count business days of a closed range by another road: whole sets, year by year."""
    every = {first + timedelta(days=n) for n in range((last - first).days + 1)}
    weekend = {day for day in every if day.isoweekday() in (6, 7)}
    rest = {day for year in range(first.year, last.year + 1) for day in days_of_rest(year)}
    return len(every - weekend - rest - inhabiles)


@settings(max_examples=500, deadline=None)
@given(CALENDARS, DAYS, st.integers(0, rules.AMPLIAR), st.data())
def test_terms_are_right_in_any_calendar(found, received, extended, data):
    tomorrow = received + timedelta(days=1)
    last = answer_by(found, received, extended=extended)
    assert working(tomorrow, last, found.inhabiles) == 20 + extended
    assert working(last, last, found.inhabiles) == 1  # a term ends on a day when somebody works
    answered = data.draw(st.dates(received, last))
    done = effective_by(found, answered)
    assert working(answered + timedelta(days=1), done, found.inhabiles) == 15
    assert working(done, done, found.inhabiles) == 1


@settings(max_examples=200, deadline=None)
@given(CALENDARS, DAYS, st.integers(1, 30), DAYS)
def test_one_more_day_off_never_brings_a_term_nearer(found, start, days, off):
    more = Calendario(found.inhabiles | {off})
    assert more.after(start, days) >= found.after(start, days)


# Counted by hand on a wall calendar.
@pytest.mark.parametrize(
    ("received", "twenty", "thirty"),
    [
        (date(2026, 6, 1), date(2026, 6, 29), date(2026, 7, 13)),  # a Monday, nothing between
        (date(2026, 6, 5), date(2026, 7, 3), date(2026, 7, 17)),  # a Friday
        (date(2026, 6, 6), date(2026, 7, 3), date(2026, 7, 17)),  # a Saturday: Monday is day 1
        (date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 14)),  # 16 September between
        (date(2026, 11, 12), date(2026, 12, 11), date(2026, 12, 28)),  # 16 November, Christmas
        (date(2026, 12, 31), date(2027, 1, 29), date(2027, 2, 15)),  # New Year, 1 February
        (date(2030, 9, 10), date(2030, 10, 10), date(2030, 10, 24)),  # 16 Sept., 1 Oct. 2030
    ],
)
def test_terms_counted_by_hand(received, twenty, thirty):
    days = Calendario()
    assert answer_by(days, received) == twenty
    assert answer_by(days, received, extended=10) == thirty


def test_fifteen_days_counted_by_hand():
    assert effective_by(Calendario(), date(2026, 3, 10)) == date(2026, 4, 1)  # 16 March between


def test_days_of_rest_of_the_law():
    assert sorted(days_of_rest(2024)) == [
        *(date(2024, 1, 1), date(2024, 2, 5), date(2024, 3, 18), date(2024, 5, 1)),
        *(date(2024, 9, 16), date(2024, 10, 1), date(2024, 11, 18), date(2024, 12, 25)),
    ]
    assert date(2025, 10, 1) not in days_of_rest(2025)
    assert date(2030, 10, 1) in days_of_rest(2030)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("2026-02-30 No existe", 1, "fecha"),
        ("# ok\n\n2 de noviembre", 3, "fecha"),
        ("2026-11-02\n2026-1-1", 2, "fecha"),
        ("2026-12-21/2026-12-01 Al revés", 1, "orden"),
        ("2026-12-21/2028-01-05 Otro año", 1, "orden"),
        ("2026-12-21/ayer", 1, "fecha"),
    ],
)
def test_line_that_is_no_day_is_told(text, line, reason):
    with pytest.raises(CalendarMalformed) as caught:
        read_inhabiles(text)
    assert (caught.value.line, caught.value.reason) == (line, reason)


def test_file_of_the_operator_counts_at_once(settings, tmp_path):
    path = tmp_path / "inhabiles.txt"
    path.write_text("\ufeff# Acuerdo del DOF\n2026-06-15/2026-06-19  Vacaciones\n2026-06-26\n")
    settings.DIAS_INHABILES = str(path)
    assert answer_by(calendario.in_use(), date(2026, 6, 1)) == date(2026, 7, 7)
    assert not {found.id for found in run_checks()} & {"derechos.E001", "derechos.E002"}


def test_start_is_refused_with_a_calendar_nobody_can_count_in(settings, tmp_path):
    path = tmp_path / "inhabiles.txt"
    path.write_text("navidad")
    settings.DIAS_INHABILES = str(path)
    [told] = [found for found in run_checks() if found.id == "derechos.E001"]
    assert "línea 1" in told.msg
    settings.DIAS_INHABILES = str(tmp_path / "no-esta.txt")
    assert "derechos.E002" in {found.id for found in run_checks()}
