"""Where days are drawn in a picture, exact to the day, and the axis below."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from cstocli.core.days import DAY, Days
from cstocli.writing.axis import Axis, axis_of
from cstocli.writing.canvas import RIGHT, WIDTH, Sheet, n
from cstocli.writing.lettering import width

_APART = 36
"""How many pixels labels of the axis are apart at least."""
_CLOSE = 12
"""How many pixels lines are apart at least: where they would be closer there are none."""


class Scale(NamedTuple):
    """The days that are drawn, and how far to the right the first of them begins."""

    days: Days
    left: float

    def x(self, day: dt.date) -> float:
        """Where a day begins."""
        total = (self.days[1] - self.days[0]).days + 1
        return self.left + (day - self.days[0]).days * (RIGHT - self.left) / total

    def stretch(self, first_day: dt.date, last_day: dt.date, least: float) -> tuple[float, float]:
        """Where days begin, and how wide they are; so wide at least that they can be seen."""
        x, end = self.x(first_day), self.x(last_day + DAY)
        wide = max(end - x, least)
        return min(x, RIGHT - wide), wide

    def axis(self) -> Axis:
        """What is marked and named below."""
        return axis_of(self.days, RIGHT - self.left, lambda label: width(label, 12) + _APART)


def draw_axis(sheet: Sheet, scale: Scale, top: float, bottom: float, *, twice: bool) -> None:
    """A line down from the first day of each year or month, and the labels that fit.

    The labels stand below, or `twice`, above too.
    """
    axis = scale.axis()
    lines = [scale.x(day) for day in axis.lines]
    named = [(scale.x(tick.day), tick.label) for tick in axis.ticks]
    if len(lines) > 1 and lines[1] - lines[0] < _CLOSE:
        lines = [x for x, _ in named]
    if lines:
        sheet.line("".join(f"M{n(x)} {n(top)}V{n(bottom)}" for x in lines), "rule")
    free = 0.0
    for x, label in named:
        half = width(label, 12) / 2
        if x - half < free or x + half > WIDTH:
            continue
        free = x + half + 8
        for y in (bottom + 16, *([top - 6] if twice else [])):
            sheet.text(x, y, label, size=12, role="soft", anchor="middle")
