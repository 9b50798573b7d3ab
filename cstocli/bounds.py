"""Stretches of days, and their bounds: the days on which something begins and ends.

A stretch includes its first and its last day; a last day of `None` means that it lasts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from cstocli.escape import quoted

DAY = dt.timedelta(days=1)

Days = tuple[dt.date, dt.date]
"""A first and a last day, both included."""


class Bound(dt.date):
    """A first or a last day of a spell that is known only to the month or the year.

    It is written as it was published, `2006-06` or `2002`, and counts as the day at which the
    ruling begins or ends: the earliest first day, the latest last day, unless another spell
    takes its turn in between. A day reckoned from it is an ordinary day.
    """

    published: str | None = None
    month_or_year: Days
    """The days on one of which it lies."""

    @classmethod
    def of(cls, day: dt.date, published: str, month_or_year: Days) -> Bound:
        """The bound of a published month or year, counted as one of its days."""
        bound = cls(day.year, day.month, day.day)
        bound.published = published
        bound.month_or_year = month_or_year
        return bound

    def ruled_as(self, day: dt.date) -> Bound:
        """The same bound, counted as another day."""
        return Bound.of(day, str(self), self.month_or_year)

    def isoformat(self) -> str:
        return self.published or super().isoformat()


def may_be(day: dt.date) -> Days:
    """The days on one of which a bound lies; of a day that is known, itself twice."""
    return day.month_or_year if isinstance(day, Bound) and day.published else (day, day)


def first_bound(text: str) -> dt.date:
    """The first day of a spell as files write it: a day, or a month or year where none is known.

    Raises ValueError where there is no such day.
    """
    days = days_of(text)
    return days[0] if days[0] == days[1] else Bound.of(days[0], text, days)


def last_bound(text: str) -> dt.date:
    """The last day of a spell as files write it; raises ValueError where there is no such day."""
    days = days_of(text)
    return days[1] if days[0] == days[1] else Bound.of(days[1], text, days)


def days_of(text: str) -> Days:
    """The first and the last day of what files write as `2006-06-23`, `2006-06` or `2006`.

    Raises ValueError where there is no such day, month or year.
    """
    if not re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", text):
        raise ValueError(f"{quoted(text)} is no day; type YYYY-MM-DD, or YYYY-MM or YYYY")
    try:
        first = dt.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        raise ValueError(f"there is no day {text}") from None
    if len(text) == len("YYYY-MM-DD"):
        return first, first
    if len(text) == len("YYYY"):
        return first, first.replace(month=12, day=31)
    from calendar import monthrange

    return first, first.replace(day=monthrange(first.year, first.month)[1])


def length(first_day: dt.date, last_day: dt.date | None) -> int | None:
    """How many days a stretch has; None while it lasts, or where an end is not known to the day."""
    if last_day is None or may_be(first_day)[0] != may_be(first_day)[1]:
        return None
    earliest, latest = may_be(last_day)
    return (last_day - first_day).days + 1 if earliest == latest else None


def clip(first_day: dt.date, last_day: dt.date | None, days: Days) -> Days | None:
    """The part of a stretch that lies in the days asked about, or None."""
    first = max(first_day, days[0])
    last = days[1] if last_day is None else min(last_day, days[1])
    return (first, last) if first <= last else None


def without(stretches: Iterable[Days], others: Iterable[Days]) -> list[Days]:
    """What is left of stretches when the days of others are taken away."""
    left = list(stretches)
    for first, last in others:
        before = [(a, b if b < first else first - DAY) for a, b in left if a < first]
        after = [(a if a > last else last + DAY, b) for a, b in left if b > last]
        left = sorted([*before, *after])
    return left
