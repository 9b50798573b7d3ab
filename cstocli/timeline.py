"""The spells over time: as rows, and as the chart in the terminal, states in rows, years below.

It is drawn spell by spell; every spell has a cell at least.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from cstocli import wording
from cstocli.answers import Answer
from cstocli.bounds import Days, clip
from cstocli.dates import When
from cstocli.model import Basis, Records, clipped
from cstocli.queries import Named, always, answered, covered

NARROWEST = 40
"""The width, in columns, below which there is no chart, only lines."""

_GLYPHS = (("░", "-"), ("▄", "+"), ("▇", "="), ("▚", "x"), ("▤", "#"), ("▧", "%"), ("▨", "&"))
"""A glyph for each status, and one that ASCII has: first those counted under one basis,
under two, under all; then one for what is counted under none; then for what more there is.
Beyond these a status has a letter."""
_STYLES = ("yellow", "cyan", "green", "magenta", "blue", "red", "white")
STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
"""How many years may lie between two labels."""
DISPUTED, IMPRECISE, REMARK = "?", "~", "*"
"""The marks below a row: what is disputed, what is not known to the day, what is remarked."""
MARKS = (
    (DISPUTED, "disputed", "#b3261e", 20),
    (IMPRECISE, "not known to the day", "#b36b00", 20),
    (REMARK, "remark", "#444444", 24),
)
"""Each mark with what it means, and with its fill and how far it is below a row in the picture."""


class TimelineRow(NamedTuple):
    """A spell, as far as it lies in the days asked about."""

    state: str
    name: str
    status: str
    first_day: dt.date
    last_day: dt.date
    disputed: bool

    def __str__(self) -> str:
        disputed = ", disputed" if self.disputed else ""
        return f"{self.name}: {self.status} {self.first_day} to {self.last_day}{disputed}"


class Bar(NamedTuple):
    """A stretch of days in a lane: a spell by its status, or a mark; `text` says what it is."""

    first_day: dt.date
    last_day: dt.date
    what: str
    text: str


class Lane(NamedTuple):
    """A state with its spells, and the marks below them."""

    name: str
    spells: list[Bar]
    marks: list[Bar]


class Drawing(NamedTuple):
    """All that is drawn."""

    title: str
    days: Days
    statuses: tuple[str, ...]
    """In the order of their glyphs."""
    glyphs: tuple[int, ...]
    """The place of each status's glyph."""
    lanes: list[Lane]
    footer: str = ""
    """What it is drawn from."""


Segment = tuple[str, str]
"""A piece of text and its style."""


def timeline(
    records: Records, states: Sequence[Named], when: When | None, basis: Basis, today: When
) -> Answer[TimelineRow]:
    """The spells of some states or of all, cut to a period."""
    days, coverage = covered(records, when or always(records, today), today)
    chosen = _chosen(records, states)
    rows = []
    for state in chosen:
        for spell in records.spells_of(state.code):
            part = clip(spell.first_day, spell.last_day, days)
            if part:
                disputed = records.is_disputed(state.code, basis.counts, part)
                rows.append(TimelineRow(state.code, state.name, spell.status, *part, disputed))
    named = [(state.code, state.name) for state in chosen]
    marked = "Days on which a rival would change the answer are marked."
    notes = [
        *wording.never_notes(records, named),
        *wording.instrument_notes(records, basis, days),
        *wording.disputed_notes(records, named, basis, days),
        *wording.remark_notes(records, named, days),
        *coverage,
    ]
    return answered(
        records,
        "timeline",
        TimelineRow,
        rows,
        notes,
        title=f"{records.organisation.id}, {wording.period(days)}\n"
        + wording.rule(basis, marked if records.disputes else "First and last days included."),
        query={
            "states": [state.code for state in chosen],
            "basis": basis.basis,
            "first_day": days[0],
            "last_day": days[1],
        },
        days=days,
    )


def drawing(
    records: Records, states: Sequence[Named], when: When | None, basis: Basis, today: When
) -> Drawing:
    """What is to be drawn of some states or of all."""
    days, _ = covered(records, when or always(records, today), today)
    chosen = _chosen(records, states)
    shown = [
        spell.status
        for state in chosen
        for spell in records.spells_of(state.code)
        if clip(spell.first_day, spell.last_day, days)
    ]
    statuses = tuple(status for status in records.statuses if status in shown)
    through = records.verified_through
    checked = f", verified through {through}" if through else ""
    disputed = f"; disputed under the basis {basis.basis}" if records.disputes else ""
    return Drawing(
        f"{_subject(records)}, {days[0]} to {days[1]}",
        days,
        statuses,
        _places(records, statuses),
        [_lane(records, state, basis, days) for state in chosen],
        f"Dataset {records.release}{checked}{disputed}.",
    )


def _chosen(records: Records, states: Sequence[Named]) -> list[Named]:
    """The states asked for, each once, or all."""
    return list({state.code: state for state in states or records.states.values()}.values())


def _subject(records: Records) -> str:
    """Whose membership is drawn: the organisation, and the treaty that it grew out of."""
    organisation = records.organisation
    return (
        f"{organisation.treaty} and {organisation.id}" if organisation.treaty else organisation.name
    )


def _places(records: Records, statuses: Sequence[str]) -> tuple[int, ...]:
    """A place in the palette for each status, by how many bases count it; no place twice."""
    bases = [basis.counts for basis in records.bases.values()]
    taken: list[int] = []
    for status in statuses:
        under = sum(status in counts for counts in bases)
        wanted = 3 if not under else 2 if under >= min(len(bases), 3) else under - 1
        free = (place for place in (wanted, *range(4, len(statuses) + 4)) if place not in taken)
        taken.append(next(free))
    return tuple(taken)


def _glyph(place: int, *, unicode: bool) -> str:
    """The glyph of a place in the palette."""
    if place < len(_GLYPHS):
        return _GLYPHS[place][0 if unicode else 1]
    return chr(ord("a") + (place - len(_GLYPHS)) % 26)


def of(palette: Sequence[str], place: int) -> str:
    """The style or fill of a place in a palette, its last one for all places beyond."""
    return palette[min(place, len(palette) - 1)]


def _lane(records: Records, state: Named, basis: Basis, days: Days) -> Lane:
    """A state's spells and marks, cut to the days."""
    spells = []
    for spell in records.spells_of(state.code):
        part = clip(spell.first_day, spell.last_day, days)
        if part:
            opened = f"; {records.acts[spell.opened_by].title}" if spell.opened_by else ""
            stretch = wording.span(spell.first_day, spell.last_day)
            text = f"{state.name}: {spell.status} {stretch}{opened}"
            spells.append(Bar(*part, spell.status, text))
    marks = []
    for doubt in records.doubts(state.code, basis.counts, days):
        mark, how = (DISPUTED, "disputed") if doubt.dispute else (IMPRECISE, "not certain")
        text = f"{state.name} is {how}: {wording.doubted(records, state.code, doubt)}"
        marks += [Bar(*part, mark, text) for part in clipped([doubt], days)]
    for remark in records.remarks_on(state.code, days):
        text = f"{state.name}: {remark.text}"
        marks += [Bar(*part, REMARK, text) for part in clipped([remark], days)]
    return Lane(state.name, spells, marks)


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
            row[first : last + 1] = [(glyph, of(_STYLES, place[bar.what]))] * (last + 1 - first)
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
        labels[start : start + 4] = str(year)
        free = start + 5
    return ["".join(ticks), "".join(labels)]


def _legend(drawn: Drawing, columns: int, *, unicode: bool) -> list[list[Segment]]:
    """What each glyph and mark means, in as many lines as it takes."""
    items: list[list[Segment]] = [
        [(_glyph(place, unicode=unicode), of(_STYLES, place)), (f" {status}", "")]
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
