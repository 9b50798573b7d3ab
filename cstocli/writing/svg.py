"""The timeline as a picture: SVG, exact to the day, from the same lanes as the chart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cstocli.escape import printable
from cstocli.questions.drawing import IMPRECISE, Bar, Drawing, Lane
from cstocli.writing import palette
from cstocli.writing.lettering import width
from cstocli.writing.scale import Scale, draw_axis
from cstocli.writing.sheet import MARGIN, RIGHT, Sheet, badge_width
from cstocli.writing.wrapping import wrapped

_NAME = 300
"""How wide a column of names may be, in pixels; longer ones are broken into lines."""
_LANE, _LINE, _TRACK, _BARE = 27, 16, 15, 8
"""How high a lane is at least, a line of a name, and a track of marks with numbers or without."""
_LEAST = 1.5
"""How wide the shortest spell is drawn, so that it can be seen."""
_MANY = 16
"""Beyond how many lanes the years stand above them too."""

Notes = dict[tuple[str, str], int]
"""The number of each mark that has one, by what it is and says."""


class Mark(NamedTuple):
    """A mark with its place below a lane."""

    bar: Bar
    number: int | None
    x: float
    wide: float
    badge: float
    """Where its number stands."""
    top: float
    """How far below the lane."""


class Row(NamedTuple):
    """A lane as it is drawn."""

    lane: Lane
    name: list[str]
    marks: list[Mark]
    high: float


def picture(drawn: Drawing, *, title: str | None = None, theme: str = "light") -> str:
    """The picture: one document without any reference to what is outside of it."""
    sheet = Sheet(theme)
    heading, days = title or drawn.title, f"{drawn.days[0]} to {drawn.days[1]}"
    sheet.heading(heading, f"Day by day, {days}")
    place = dict(zip(drawn.statuses, drawn.glyphs, strict=True))
    _legend(sheet, drawn, place)
    names = [wrapped(printable(lane.name), _NAME, _width) for lane in drawn.lanes]
    widest = max((_width(line) for name in names for line in name), default=0)
    scale = Scale(drawn.days, round(MARGIN + widest + 14))
    notes = numbered(drawn.lanes)
    rows = [_row(scale, lane, name, notes) for lane, name in zip(drawn.lanes, names, strict=True)]
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


def _width(text: str) -> float:
    """How wide a name is, or what a legend says."""
    return width(text, 13)


def numbered(lanes: list[Lane]) -> Notes:
    """A number for each mark whose words stand below the picture, in order.

    What is not known to the day says so by its place alone.
    """
    notes: Notes = {}
    for lane in lanes:
        for bar in sorted(lane.marks):
            if bar.what != IMPRECISE:
                notes.setdefault((bar.what, bar.text), len(notes) + 1)
    return notes


def _row(scale: Scale, lane: Lane, name: list[str], notes: Notes) -> Row:
    """A lane with its marks laid out."""
    high = _TRACK if any(bar.what != IMPRECISE for bar in lane.marks) else _BARE
    marks = list(placed(scale, lane.marks, notes, high))
    below = max((mark.top + high for mark in marks), default=0)
    return Row(lane, name, marks, max(_LANE + below, len(name) * _LINE + 11))


def placed(scale: Scale, marks: list[Bar], notes: Notes, high: int) -> Iterator[Mark]:
    """Marks, each with its number beside it, in as many tracks as it takes to keep them apart."""
    ends: list[float] = []
    for bar in sorted(marks):
        x, wide = scale.stretch(bar.first_day, bar.last_day, 2)
        number = notes.get((bar.what, bar.text))
        badge, begins, end = x, x, x + wide
        if number:
            room = badge_width(number)
            badge = x + wide + 3
            if badge + room > RIGHT:
                badge = x - room - 3
            if badge < scale.left:
                badge = x + (wide - room) / 2
            begins, end = min(x, badge), max(end, badge + room)
        track = next((t for t, free in enumerate(ends) if free <= begins), len(ends))
        ends[track : track + 1] = [end + 4]
        yield Mark(bar, number, x, wide, badge, track * high)


def _draw(sheet: Sheet, scale: Scale, row: Row, place: dict[str, int]) -> None:
    """A state's name, its spells, and its marks below them."""
    top = sheet.bottom
    for index, line in enumerate(row.name):
        sheet.text(MARGIN, top + 15 + index * _LINE, line)
    for bar in sorted(row.lane.spells, key=lambda bar: bar.first_day - bar.last_day):
        high = palette.height(place[bar.what])
        x, wide = scale.stretch(bar.first_day, bar.last_day, _LEAST)
        sheet.rect(x, top + 20 - high, wide, high, sheet.filled(place[bar.what]), bar.text)
    for mark in row.marks:
        y = top + 23 + mark.top
        high = 5 if mark.number else 1
        sheet.mark(mark.bar.what, mark.x, y + high, mark.wide, mark.bar.text)
        if mark.number:
            sheet.badge(mark.bar.what, mark.number, mark.badge, y)
    sheet.bottom = top + row.high


def _legend(sheet: Sheet, drawn: Drawing, place: dict[str, int]) -> None:
    """What each fill and mark means, in as many lines as it takes."""
    shown = {bar.what for lane in drawn.lanes for bar in lane.marks}
    items = [(status, status) for status in drawn.statuses]
    items += [(mark, text) for mark, text in palette.MARKS if mark in shown]
    x: float = MARGIN
    for what, text in items:
        lines = wrapped(printable(text), RIGHT - MARGIN - 32, _width)
        wide = 32 + max(map(_width, lines))
        if x > MARGIN and x + wide > RIGHT:
            x = MARGIN
            sheet.bottom += 24
        y = sheet.bottom
        if what in place:
            high = palette.height(place[what])
            sheet.rect(x, y + 18 - high, 24, high, sheet.filled(place[what]))
        else:
            sheet.mark(what, x, y + 10, 24)
        for index, line in enumerate(lines):
            sheet.text(x + 32, y + 14 + index * _LINE, line)
        sheet.bottom += (len(lines) - 1) * _LINE
        x += wide + 16
    sheet.bottom += 24
