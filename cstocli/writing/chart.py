"""The timeline as a chart in the terminal, states in rows, years below.

It is drawn spell by spell; every spell has a cell at least.
"""

from __future__ import annotations

import datetime as dt
from unicodedata import combining, east_asian_width

from cstocli.core.days import Days
from cstocli.questions.drawing import REMARK, Bar, Drawing, Lane
from cstocli.writing.palette import GLYPHS, MARKS, STEPS, STYLES, of

NARROWEST = 40
"""The width, in columns, below which there is no chart, only lines."""
Segment = tuple[str, str]
"""A piece of text and its style."""


def _glyph(place: int, *, unicode: bool) -> str:
    """The glyph of a place in the palette."""
    if place < len(GLYPHS):
        return GLYPHS[place][0 if unicode else 1]
    return chr(ord("a") + (place - len(GLYPHS)) % 26)


def chart(drawn: Drawing, columns: int, *, unicode: bool) -> list[list[Segment]] | None:
    """The lines of the chart, each in pieces with a style; None where it has no room.

    It has no room below 40 columns, or where a state has more spells than there are cells.
    """
    label = max((_width_of(lane.name) for lane in drawn.lanes), default=0) + 2
    cells = columns - label
    if columns < NARROWEST or cells < 10:
        return None
    if any(len(lane.spells) > cells for lane in drawn.lanes):
        return None
    place = dict(zip(drawn.statuses, drawn.glyphs, strict=True))
    lines = []
    for lane in drawn.lanes:
        row: list[Segment] = [(" ", "")] * cells
        for bar, (first, last) in zip(lane.spells, cell_ranges(drawn, lane, cells), strict=True):
            glyph = _glyph(place[bar.what], unicode=unicode)
            row[first : last + 1] = [(glyph, of(STYLES, place[bar.what]))] * (last + 1 - first)
        lines.append([(lane.name + " " * (label - _width_of(lane.name)), ""), *row])
        for mark, *_ in MARKS:
            marked = _marks(drawn, lane, mark, cells)
            if marked:
                lines.append([(" " * label + marked, "")])
    lines += [[(" " * label + text, "")] for text in _axis(drawn.days, cells, unicode=unicode)]
    return [*lines, *_legend(drawn, columns, unicode=unicode)]


def _width_of(text: str) -> int:
    """How many columns a text takes in a terminal."""
    wide = sum(east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(combining, text)))


def cell_ranges(drawn: Drawing, lane: Lane, cells: int) -> list[tuple[int, int]]:
    """The first and last cell of each spell of a lane.

    A spell has the cells that its days lie in, less what its neighbours need to have one
    each: so none disappears, and their order is kept.
    """
    natural = [_cells_of(drawn.days, bar, cells) for bar in lane.spells]
    if not natural:
        return []
    starts: list[int] = []
    for first, _ in natural:
        starts.append(max(first, starts[-1] + 1) if starts else first)
    for index in range(len(starts) - 1, -1, -1):
        after = starts[index + 1] if index + 1 < len(starts) else cells
        starts[index] = min(starts[index], after - 1)
    ends = [*(start - 1 for start in starts[1:]), cells - 1]
    return [
        (start, min(max(last, start), end))
        for start, end, (_, last) in zip(starts, ends, natural, strict=True)
    ]


def _cells_of(days: Days, bar: Bar, cells: int) -> tuple[int, int]:
    """The first and last cell that the days of a bar lie in."""
    total = (days[1] - days[0]).days + 1
    first = (bar.first_day - days[0]).days * cells // total
    last = ((bar.last_day - days[0]).days + 1) * cells // total - 1
    return first, max(first, last)


def _marks(drawn: Drawing, lane: Lane, mark: str, cells: int) -> str:
    """The line of marks of one sort below a row; empty where there are none."""
    row = [" "] * cells
    for bar in lane.marks:
        if bar.what == mark:
            first, last = _cells_of(drawn.days, bar, cells)
            row[first : last + 1] = mark * (last + 1 - first)
    return "".join(row).rstrip()


def _axis(days: Days, cells: int, *, unicode: bool) -> list[str]:
    """A line of ticks, and one of years centred under their ticks as far as they fit."""
    total = (days[1] - days[0]).days + 1
    years = {
        year: (dt.date(year, 1, 1) - days[0]).days * cells // total
        for year in range(days[0].year + 1, days[1].year + 1)
    }
    step = next((s for s in STEPS if cells / max(len(years) / s, 1) >= 6), STEPS[-1])
    ticks = ["─" if unicode else "-"] * cells
    labels = [" "] * cells
    free = 0
    for year, cell in years.items():
        start = cell - 2
        if year % step or start < free or start + 4 > cells:
            continue
        ticks[cell] = "┬" if unicode else "+"
        labels[start : start + 4] = f"{year:>4}"
        free = start + 5
    return ["".join(ticks), "".join(labels)]


def _legend(drawn: Drawing, columns: int, *, unicode: bool) -> list[list[Segment]]:
    """What each glyph and mark means, in as many lines as it takes."""
    items: list[list[Segment]] = [
        [(_glyph(place, unicode=unicode), of(STYLES, place)), (f" {status}", "")]
        for status, place in zip(drawn.statuses, drawn.glyphs, strict=True)
    ]
    marks = {bar.what for lane in drawn.lanes for bar in lane.marks}
    items += [
        [(f"{mark} {text}{', see below' if mark == REMARK else ''}", "")]
        for mark, text, *_ in MARKS
        if mark in marks
    ]
    lines: list[list[Segment]] = [[]]
    room = columns
    for item in items:
        length = sum(len(text) for text, _ in item)
        if lines[-1] and room < length + 3:
            lines.append([])
            room = columns
        if lines[-1]:
            item = [("   ", ""), *item]
            length += 3
        lines[-1] += item
        room -= length
    return [[], *lines]
