"""The clock that decides: the database's. Machines may disagree, it does not."""

from datetime import date, datetime

from django.db import connection
from django.utils import timezone


def now() -> datetime:
    """Return the database's present instant, aware, moving inside a transaction too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row: tuple[datetime] = cursor.fetchone()
    return row[0]


def local_date(moment: datetime) -> date:
    """Return Mexico's day of an instant: after 18:00 UTC's is already tomorrow."""
    return timezone.localdate(moment)
