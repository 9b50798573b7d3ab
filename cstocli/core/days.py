"""Days, stretches of days, and bounds: the days on which something begins and ends.

A stretch includes its first and its last day; a last day of `None` means that it lasts.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Generic, NamedTuple, NoReturn, TypeVar

from cstocli.escape import quoted

DAY = dt.timedelta(days=1)

Days = tuple[dt.date, dt.date]
"""A first and a last day, both included."""

Item = TypeVar("Item")


class Bound:
    """A first or a last day that is known only to the month or the year.

    It is written as it was published, `2006-06` or `2002`. It is no day: it is not compared
    with one, and nothing is added to it. A spell that has one says which day counts for it.
    """

    __slots__ = ("earliest", "latest", "published")

    published: str
    """The month or the year."""
    earliest: dt.date
    """The first of the days on one of which it lies."""
    latest: dt.date
    """The last of them."""

    def __init__(self, published: str, earliest: dt.date, latest: dt.date) -> None:
        for name, value in (("published", published), ("earliest", earliest), ("latest", latest)):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a bound does not change")

    def __str__(self) -> str:
        return self.published

    def __repr__(self) -> str:
        return f"Bound({self.published!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bound) and self.published == other.published

    def __hash__(self) -> int:
        return hash(self.published)

    def __reduce__(self) -> tuple[type[Bound], tuple[str, dt.date, dt.date]]:
        return Bound, (self.published, self.earliest, self.latest)


Known = dt.date | Bound
"""A day, or the month or the year in which it lies where no better is known."""


class When(NamedTuple):
    """A day, or a period from a first to a last day, both included, as it was asked."""

    first_day: dt.date
    last_day: dt.date
    text: str

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.first_day == self.last_day

    @property
    def days(self) -> Days:
        """Its first and its last day."""
        return self.first_day, self.last_day

    @classmethod
    def day(cls, day: dt.date) -> When:
        """A single day."""
        return cls(day, day, day.isoformat())


def may_be(day: dt.date, bound: Bound | None) -> Days:
    """The days on one of which something begins or ends; of a day that is known, itself twice."""
    return (bound.earliest, bound.latest) if bound else (day, day)


def known(text: str) -> Known:
    """The first or last day of a spell as files write it: a day, or else a month or a year.

    Raises ValueError where there is no such day.
    """
    first, last = days_of(text)
    return first if first == last else Bound(text, first, last)


def days_of(text: str) -> Days:
    """The first and the last day of what files write as `2006-06-23`, `2006-06` or `2006`.

    Raises ValueError where there is no such day, month or year.
    """
    if len(text) == len("YYYY-MM-DD") and text[4] == text[7] == "-":
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            pass  # it is said below why
        else:
            return day, day
    if not re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", text):
        raise ValueError(f"{quoted(text)} is no day; type YYYY-MM-DD, or YYYY-MM or YYYY")
    try:
        first = dt.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        raise ValueError(f"there is no day {text}") from None
    if len(text) == len("YYYY"):
        return first, first.replace(month=12, day=31)
    return first, month_end(first)


def month_end(day: dt.date) -> dt.date:
    """The last day of the month that a day lies in."""
    if day.month == 12:
        return day.replace(day=31)
    return day.replace(month=day.month + 1, day=1) - DAY


def length(first_day: Known, last_day: Known | None) -> int | None:
    """How many days a stretch has; None while it lasts, or where an end is not known to the day."""
    if last_day is None or isinstance(first_day, Bound) or isinstance(last_day, Bound):
        return None
    return (last_day - first_day).days + 1


def clip(first_day: dt.date, last_day: dt.date | None, days: Days) -> Days | None:
    """The part of a stretch that lies in the days asked about, or None."""
    first = max(first_day, days[0])
    last = days[1] if last_day is None else min(last_day, days[1])
    return (first, last) if first <= last else None


def united(stretches: Iterable[Days]) -> list[Days]:
    """The days of stretches as stretches that neither meet nor overlap, in order."""
    found: list[Days] = []
    for first, last in sorted(stretches):
        if found and (found[-1][1] >= first or found[-1][1] + DAY == first):
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found


def without(stretches: Iterable[Days], others: Iterable[Days]) -> list[Days]:
    """What is left of stretches, united, when the days of others are taken away."""
    left: list[Days] = []
    taken = united(others)
    index = 0
    for first, last in united(stretches):
        while index < len(taken) and taken[index][1] < first:
            index += 1
        place, begins = index, first
        while place < len(taken) and taken[place][0] <= last:
            if begins < taken[place][0]:
                left.append((begins, taken[place][0] - DAY))
            if taken[place][1] >= last:
                break
            begins = taken[place][1] + DAY
            place += 1
        else:
            left.append((begins, last))
    return left


def common(stretches: Iterable[Days], others: Iterable[Days]) -> list[Days]:
    """The days that stretches share with others, as stretches in order."""
    kept = united(stretches)
    return without(kept, without(kept, others))


class Overlaps(Generic[Item]):
    """Things that last for stretches of days, found by the days that they share with others.

    Looking up takes time in proportion to what is found, however long some of them last.
    """

    def __init__(self, stretches: Iterable[tuple[dt.date, dt.date | None, Item]]) -> None:
        ends = (
            (first, last or dt.date.max, n, it) for n, (first, last, it) in enumerate(stretches)
        )
        self._sorted = sorted(ends, key=itemgetter(0, 1, 2))
        self._latest = [[last for _, last, _, _ in self._sorted]]
        while len(below := self._latest[-1]) > 1:
            self._latest.append([max(below[n : n + 2]) for n in range(0, len(below), 2)])

    def on(self, days: Days) -> list[tuple[Days, Item]]:
        """What shares days with these, in the order in which it was given, and on which days."""
        begun = bisect_right(self._sorted, days[1], key=itemgetter(0))
        found = [self._sorted[place] for place in self._lasting(days[0], begun)]
        found.sort(key=itemgetter(2))
        return [((max(first, days[0]), min(last, days[1])), it) for first, last, _, it in found]

    def _lasting(self, day: dt.date, begun: int) -> Iterator[int]:
        """The places of those of the first that last to a day; blocks that end before are skipped.

        A block of the level n has 2 to the nth places.
        """
        place = 0
        while place < begun:
            level = (place & -place or len(self._sorted)).bit_length() - 1
            while self._latest[level][place >> level] >= day and level:
                level -= 1
            if self._latest[level][place >> level] >= day:
                yield place
            place += 1 << level


def part_of(stretches: Sequence[Days], days: Days) -> str | None:
    """Which part of the days some stretches are, in words: `all`, the stretches, or none."""
    if list(stretches) == [days]:
        return "all"
    parts = ("/".join(map(dt.date.isoformat, stretch)) for stretch in stretches)
    return " ".join(parts) or None
