"""The days that an axis of time marks and names: years, months or days, as far as they fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cstocli.core.days import DAY, Days
from cstocli.writing.palette import STEPS

_FEW = 3
"""How many first days of years, or of months, make an axis of them."""
Need = Callable[[str], float]
"""How far a label must be from the next, so that both can be read."""


class Tick(NamedTuple):
    """A day that is named."""

    day: dt.date
    label: str


class Axis(NamedTuple):
    """What is marked, and what of it is named."""

    lines: list[dt.date]
    """The first day of each year or month, or each day."""
    ticks: list[Tick]


def axis_of(days: Days, room: float, need: Need) -> Axis:
    """The axis of some days that are drawn in so much room."""
    total = (days[1] - days[0]).days + 1
    years = [
        dt.date(year, 1, 1)
        for year in range(days[0].year, days[1].year + 1)
        if dt.date(year, 1, 1) >= days[0]
    ]
    if len(years) >= _FEW:
        wide = need(str(years[-1].year))
        step = _step(STEPS, room / total * 365.25, wide)
        return Axis(years, [Tick(day, str(day.year)) for day in years if day.year % step == 0])
    months = [day for day in (days[0] + DAY * n for n in range(total)) if day.day == 1]
    if len(months) >= _FEW:
        step = _step((1, 2, 3, 6, 12), room / total * 28, need("2000-01"))
        named = (day for day in months if (day.month - 1) % step == 0)
        return Axis(months, [Tick(day, day.isoformat()[:7]) for day in named])
    step = _step((1, 2, 3, 7, 14, 28), room / total, need("2000-01-01"))
    each = [days[0] + DAY * n for n in range(total)]
    return Axis(each, [Tick(day, day.isoformat()) for day in each[::step]])


def _step(steps: Sequence[int], length: float, need: float) -> int:
    """How many years, months or days there are from one label to the next."""
    return next((step for step in steps if step * length >= need), steps[-1])
