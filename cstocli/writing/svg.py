"""The timeline as a picture: SVG, exact to the day, from the same lanes as the chart."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from cstocli.escape import printable
from cstocli.questions.drawing import Drawing, Lane
from cstocli.writing import palette
from cstocli.writing.canvas import MARGIN, Sheet
from cstocli.writing.marks import SWATCH, Mark, below, draw_marks, legend, numbered, placed, wide_13
from cstocli.writing.scale import Scale, draw_axis
from cstocli.writing.wrapping import wrapped

_NAME = 300
"""How wide a column of names may be, in pixels; longer ones are broken into lines."""
_LANE, _LINE = 27, 16
"""How high a lane is at least, and a line of a name."""
_LEAST = 1.5
"""How wide the shortest spell is drawn, so that it can be seen."""
_MANY = 16
"""Beyond how many lanes the years stand above them too."""


class Row(NamedTuple):
    """A lane as it is drawn."""

    lane: Lane
    name: list[str]
    marks: list[Mark]

    @property
    def high(self) -> float:
        """How high it is."""
        return max(_LANE + below(self.marks), len(self.name) * _LINE + 11)


def picture(drawn: Drawing, *, title: str | None = None, theme: str = "light") -> str:
    """The picture: one document without any reference to what is outside of it."""
    sheet = Sheet(theme)
    heading, days = title or drawn.title, f"{drawn.days[0]} to {drawn.days[1]}"
    sheet.heading(heading, f"Day by day, {days}")
    place = dict(zip(drawn.statuses, drawn.glyphs, strict=True))
    samples = [
        (status, SWATCH, partial(_sample, sheet, place[status])) for status in drawn.statuses
    ]
    legend(sheet, samples, [mark for lane in drawn.lanes for mark in lane.marks])
    names = [wrapped(printable(lane.name), _NAME, wide_13) for lane in drawn.lanes]
    widest = max((wide_13(line) for name in names for line in name), default=0)
    scale = Scale(drawn.days, round(MARGIN + widest + 14))
    notes = numbered(lane.marks for lane in drawn.lanes)
    rows = [
        Row(lane, name, list(placed(scale, lane.marks, notes)))
        for lane, name in zip(drawn.lanes, names, strict=True)
    ]
    twice = len(rows) > _MANY
    top = sheet.bottom + (30 if twice else 10)
    bottom = top + sum(row.high for row in rows) + 4
    draw_axis(sheet, scale, top, bottom, twice=twice)
    sheet.bottom = top + 4
    for row in rows:
        _draw(sheet, scale, row, place)
    sheet.bottom = bottom + 28
    sheet.notes(list(notes))
    sheet.footer(drawn.footer)
    bars = [bar.text for lane in drawn.lanes for bar in (*lane.spells, *lane.marks)]
    return sheet.document(f"{heading}, {days}", ". ".join(bars) + ".")


def _draw(sheet: Sheet, scale: Scale, row: Row, place: dict[str, int]) -> None:
    """A state's name, its spells, and its marks below them."""
    top = sheet.bottom
    for index, line in enumerate(row.name):
        sheet.text(MARGIN, top + 15 + index * _LINE, line)
    for bar in sorted(row.lane.spells, key=lambda bar: bar.first_day - bar.last_day):
        high = palette.height(place[bar.what])
        x, wide = scale.stretch(bar.first_day, bar.last_day, _LEAST)
        sheet.rect(x, top + 20 - high, wide, high, sheet.filled(place[bar.what]), bar.text)
    draw_marks(sheet, row.marks, top + 23)
    sheet.bottom = top + row.high


def _sample(sheet: Sheet, place: int, x: float, y: float) -> None:
    """A sample of a bar."""
    high = palette.height(place)
    sheet.rect(x, y + 18 - high, SWATCH, high, sheet.filled(place))
