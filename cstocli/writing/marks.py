"""Marks in a picture, with the numbers of the notes that say what they mean, and the legend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from cstocli.escape import printable
from cstocli.questions.drawing import IMPRECISE, Bar
from cstocli.writing.canvas import MARGIN, RIGHT, Sheet, badge_width
from cstocli.writing.lettering import width
from cstocli.writing.palette import MARKS
from cstocli.writing.scale import Scale
from cstocli.writing.wrapping import wrapped

_LINE, _TRACK, _BARE = 16, 15, 8
"""How high a line of text is, and a track of marks with numbers or without."""
SWATCH, _BETWEEN = 24, 16
"""How wide most samples of the legend are, and how far one is from the words before."""
Notes = dict[tuple[str, str], int]
"""The number of each mark that has one, by what it is and says."""
Sample = tuple[str, int, Callable[[float, float], None]]
"""What something in a picture is called, how wide a sample of it is, and what draws it."""
wide_13 = partial(width, size=13)


class Mark(NamedTuple):
    """A mark with its place below what it is about."""

    bar: Bar
    number: int | None
    x: float
    wide: float
    badge: float
    """Where its number stands."""
    top: float
    """How far below."""
    bottom: float


def numbered(lanes: Iterable[Sequence[Bar]]) -> Notes:
    """A number for each mark whose words stand below the picture, in order.

    What is not known to the day says so by its place alone.
    """
    notes: Notes = {}
    for marks in lanes:
        for bar in sorted(marks):
            if bar.what != IMPRECISE:
                notes.setdefault((bar.what, bar.text), len(notes) + 1)
    return notes


def placed(scale: Scale, marks: Sequence[Bar], notes: Notes) -> Iterator[Mark]:
    """Marks, each with its number beside it, in as many tracks as it takes to keep them apart."""
    high = _BARE if all(bar.what == IMPRECISE for bar in marks) else _TRACK
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
        yield Mark(bar, number, x, wide, badge, track * high, (track + 1) * high)


def below(marks: Sequence[Mark]) -> float:
    """How far down marks reach."""
    return max((mark.bottom for mark in marks), default=0)


def draw_marks(sheet: Sheet, marks: Sequence[Mark], top: float) -> None:
    """Draw marks below what they are about."""
    for mark in marks:
        y = top + mark.top
        sheet.mark(mark.bar.what, mark.x, y + (5 if mark.number else 1), mark.wide, mark.bar.text)
        if mark.number:
            sheet.badge(mark.bar.what, mark.number, mark.badge, y)


def legend(sheet: Sheet, samples: Iterable[Sample], marks: Iterable[Bar]) -> None:
    """What each thing and mark means, in as many lines as it takes."""
    shown = {bar.what for bar in marks}
    items = [*samples]
    for what, text in MARKS:
        if what in shown:
            items.append((text, SWATCH, partial(_line, sheet, what)))
    x: float = MARGIN
    for text, swatch, draw in items:
        indent = swatch + 8
        lines = wrapped(printable(text), RIGHT - MARGIN - indent, wide_13)
        wide = indent + max(map(wide_13, lines))
        if x > MARGIN and x + wide > RIGHT:
            x = MARGIN
            sheet.bottom += 24
        draw(x, sheet.bottom)
        for index, line in enumerate(lines):
            sheet.text(x + indent, sheet.bottom + 14 + index * _LINE, line)
        sheet.bottom += (len(lines) - 1) * _LINE
        x += wide + _BETWEEN
    sheet.bottom += 24 if items else 0


def _line(sheet: Sheet, what: str, x: float, y: float) -> None:
    """A sample of a mark."""
    sheet.mark(what, x, y + 9, SWATCH)
