"""Stretches of days, and their bounds: the days on which something begins and ends.

A stretch includes its first and its last day; a last day of `None` means that it lasts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

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


class Limits(NamedTuple):
    """Between which days a spell begins, and between which it ends, as ordinals.

    A spell that lasts ends on the last day of all.
    """

    begins: int
    must_begin: int
    may_end: int
    ends: int


def limits(first_day: dt.date, last_day: dt.date | None) -> Limits:
    """The limits of a spell by itself."""
    first, last = may_be(first_day), may_be(last_day or dt.date.max)
    begins, must_begin = first[0], min(first[1], last[1])
    may_end, ends = max(first[0], last[0]), last[1]
    return Limits(*(day.toordinal() for day in (begins, must_begin, may_end, ends)))


def in_order(spells: Sequence[Limits]) -> list[int]:
    """The places of a state's spells in the order in which they follow each other.

    Of two spells of which only one order is possible, the first has the lesser sum of its
    latest first day and its earliest last day.
    """
    return sorted(range(len(spells)), key=lambda i: spells[i].must_begin + spells[i].may_end)


def narrowed(spells: Sequence[Limits], goes_on: Sequence[bool]) -> list[Limits]:
    """The limits of spells in order, each narrowed by the spells around it.

    `goes_on` says of which the next one begins on the day after. Where spells cannot follow
    each other, one of them must begin before it can.
    """
    found = [list(spell) for spell in spells]
    for (one, two), joined in zip(pairwise(found), goes_on, strict=False):
        two[0] = max(two[0], one[2] + 1)
        two[2] = max(two[2], two[0])
        if joined:
            one[2] = max(one[2], two[0] - 1)
    for (one, two), joined in [*zip(pairwise(found), goes_on, strict=False)][::-1]:
        one[3] = min(one[3], two[1] - 1)
        one[1] = min(one[1], one[3])
        if joined:
            two[1] = min(two[1], one[3] + 1)
    return [Limits(*spell) for spell in found]


def clashes(stretches: Sequence[tuple[dt.date, dt.date | None]]) -> Iterator[tuple[int, int, str]]:
    """The stretches of a state that cannot follow another, by both places, and why."""
    found = [limits(*stretch) for stretch in stretches]
    order = in_order(found)
    chain = narrowed([found[place] for place in order], [False] * len(order))
    for index, (one, other) in enumerate(pairwise(order), 1):
        before, after = found[one], found[other]
        tight = chain[index]
        if before.may_end >= after.must_begin or tight.begins > tight.must_begin:
            yield other, one, "shares days with"
        elif after.may_end < before.must_begin:
            yield other, one, "may come before or after"


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
        parts = (
            part for a, b in left for part in ((a, min(b, first - DAY)), (max(a, last + DAY), b))
        )
        left = [(a, b) for a, b in parts if a <= b]
    return left
