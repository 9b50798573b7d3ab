"""The timeline as a chart in the terminal, states in rows, years below.

It is drawn spell by spell; every spell has a cell at least.
"""

from __future__ import annotations

from rich.cells import cell_len

from cstocli.core.days import Days
from cstocli.escape import printable
from cstocli.questions.drawing import REMARK, Bar, Drawing, Lane
from cstocli.writing.axis import axis_of
from cstocli.writing.palette import MARKS, STYLES, glyph, of
from cstocli.writing.wrapping import wrapped

NARROWEST = 40
"""The width, in columns, below which there is no chart, only lines."""
Segment = tuple[str, str]
"""A piece of text and its style."""


def chart(drawn: Drawing, columns: int, *, unicode: bool) -> list[list[Segment]] | None:
    """The lines of the chart, each in pieces with a style; None where it has no room.

    It has no room below 40 columns, or where a state has more spells than there are cells.
    """
    names = [printable(lane.name) for lane in drawn.lanes]
    label = max(map(cell_len, names), default=0) + 2
    cells = columns - label
    if columns < NARROWEST or cells < 10:
        return None
    if any(len(lane.spells) > cells for lane in drawn.lanes):
        return None
    place = dict(zip(drawn.statuses, drawn.glyphs, strict=True))
    lines = []
    for lane, name in zip(drawn.lanes, names, strict=True):
        row: list[Segment] = [(" ", "")] * cells
        for bar, (first, last) in zip(lane.spells, cell_ranges(drawn, lane, cells), strict=True):
            cell = (glyph(place[bar.what], unicode=unicode), of(STYLES, place[bar.what]))
            row[first : last + 1] = [cell] * (last + 1 - first)
        lines.append([(name + " " * (label - cell_len(name)), ""), *row])
        for mark, *_ in MARKS:
            marked = _marks(drawn, lane, mark, cells)
            if marked:
                lines.append([(" " * label + marked, "")])
    lines += [[(" " * label + text, "")] for text in _axis(drawn.days, cells, unicode=unicode)]
    return [*lines, *_legend(drawn, columns, unicode=unicode)]


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
    """A line of ticks, and one of labels centred under their ticks as far as they fit."""
    total = (days[1] - days[0]).days + 1
    line = ["─" if unicode else "-"] * cells
    labels = ""
    for day, label in axis_of(days, cells, lambda label: len(label) + 2).ticks:
        cell = (day - days[0]).days * cells // total
        start = cell - len(label) // 2
        if start >= len(labels) + bool(labels) and start + len(label) <= cells and start >= 0:
            line[cell] = "┬" if unicode else "+"
            labels = labels.ljust(start) + label
    return ["".join(line), labels]


def _legend(drawn: Drawing, columns: int, *, unicode: bool) -> list[list[Segment]]:
    """What each glyph and mark means, in as many lines as it takes."""
    items = [
        ((glyph(place, unicode=unicode), of(STYLES, place)), status)
        for status, place in zip(drawn.statuses, drawn.glyphs, strict=True)
    ]
    shown = {bar.what for lane in drawn.lanes for bar in lane.marks}
    items += [
        ((mark, ""), f"{text}, see below" if mark == REMARK else text)
        for mark, text in MARKS
        if mark in shown
    ]
    lines: list[list[Segment]] = [[]]
    used = 0
    for sign, text in items:
        first, *more = wrapped(printable(text), columns - 2, cell_len)
        if used and used + 5 + cell_len(first) > columns:
            lines.append([])
            used = 0
        lines[-1] += [("   " if used else "", ""), sign, (f" {first}", "")]
        used += cell_len(first) + (5 if used else 2)
        for line in more:
            lines.append([(f"  {line}", "")])
            used = cell_len(line) + 2
    return [[], *lines]
