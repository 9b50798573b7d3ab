"""The number of states counted over time as a picture: a line with a step at each change, exact
to the day, and the names of those who joined and left.
"""

from __future__ import annotations

from functools import partial
from itertools import accumulate
from typing import NamedTuple

from cstocli.core.days import DAY
from cstocli.escape import printable
from cstocli.questions.drawing import Step, Steps
from cstocli.questions.phrases import listed
from cstocli.writing.canvas import MARGIN, RIGHT, Sheet, n
from cstocli.writing.flags import SIGN, Flag, hoisted
from cstocli.writing.lettering import width
from cstocli.writing.marks import below, draw_marks, legend, numbered, placed
from cstocli.writing.scale import Scale, draw_axis
from cstocli.writing.wrapping import wrapped

_SIZE, _ROW = 12, 15
"""How large the names are, and how high a row of them is."""
_WIDE, _NARROW = 250, 120
"""How wide names are before they are broken into lines, to the right of a staff and to the left."""
_ROWS, _FLAGS = 16, 150
"""Beyond how many rows or flags names do not stand above the line."""
_PLOT = 220
"""How high the line reaches."""
_LEVELS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
_GUTTER = 28
"""How far the two columns of a list are apart."""
_measure = partial(width, size=_SIZE)
Line = tuple[str, str]
"""Names, and the day as far as it is known."""


class Plot(NamedTuple):
    """Where days and numbers are drawn."""

    scale: Scale
    bottom: float
    top: int
    """The highest number."""
    levels: list[int]
    """How many are counted before the first step, and after each."""

    def y(self, counted: int) -> float:
        """How far down a number is."""
        return self.bottom - counted * _PLOT / self.top


class Label(NamedTuple):
    """What is said of a step, and where."""

    flag: Flag
    lines: list[Line]
    row: int


def picture(drawn: Steps, *, title: str | None = None, theme: str = "light") -> str:
    """The picture: one document without any reference to what is outside of it."""
    sheet = Sheet(theme)
    heading, days = title or drawn.title, f"{drawn.days[0]} to {drawn.days[1]}"
    sheet.heading(heading, f"States counted, day by day, {days}")
    levels = list(accumulate((s.step * len(s.names) for s in drawn.steps), initial=drawn.before))
    kinds = [kind for kind in (1, -1) if any(step.step == kind for step in drawn.steps)]
    samples = [
        ("joined" if kind > 0 else "left", 9, partial(_sample, sheet, kind)) for kind in kinds
    ]
    legend(sheet, samples, drawn.marks)
    between = next((level for level in _LEVELS if max(levels) <= 6 * level), _LEVELS[-1])
    top = max(-(-max(levels) // between), 1) * between
    scale = Scale(drawn.days, round(MARGIN + width(str(top), 12) + 10))
    labels, apart = _labels(scale, drawn.steps)
    upper = sheet.bottom + _rows(labels) * _ROW + 30
    plot = Plot(scale, upper + _PLOT, top, levels)
    notes = numbered([drawn.marks])
    marks = list(placed(scale, drawn.marks, notes))
    bottom = plot.bottom + 4 + below(marks)
    draw_axis(sheet, scale, upper - 6, bottom, twice=False)
    numbers = _draw_line(sheet, plot, drawn, between)
    _hoist(sheet, plot, labels, drawn.steps, upper)
    for x, y, level, size in numbers:
        sheet.text(x, y, level, size=size, bold=True)
    said = [f"{each}, {after} counted" for each, after in zip(drawn.steps, levels[1:], strict=True)]
    for each, after, tip in zip(drawn.steps, levels[1:], said, strict=True):
        _sign(sheet, each.step, scale.x(each.day), plot.y(after), vague=bool(each.bound), tip=tip)
    draw_marks(sheet, marks, plot.bottom + 4)
    sheet.bottom = bottom + 28
    if apart:
        _list(sheet, drawn.steps)
    sheet.notes(list(notes))
    sheet.footer(f"{drawn.rule} {drawn.footer}")
    words = [f"{drawn.before} counted before {drawn.days[0]}", *said]
    words += [mark.text for mark in drawn.marks]
    return sheet.document(f"{heading}, {days}", ". ".join(words) + ".")


def _labels(scale: Scale, steps: list[Step]) -> tuple[list[Label], bool]:
    """What stands above the line: names; or, where they are too many, their numbers, or nothing;
    and whether the names are listed below instead.
    """
    for numbers in (False, True) if len(steps) <= _FLAGS else ():
        flags, texts = [], []
        for index, step in enumerate(steps):
            x = scale.x(step.day)
            room = min(_WIDE, RIGHT - x - SIGN)
            longest = max(map(_measure, (*" ".join(step.names).split(), step.known)))
            back = longest > room
            lines = [(str(index + 1), "")] if numbers else _lines(step, _NARROW if back else room)
            wide = max(_measure(f"{text} {tail}") for text, tail in lines)
            flags.append(Flag(index, x, wide, len(lines), wide > RIGHT - x - SIGN))
            texts.append(lines)
        labels = list(map(Label, flags, texts, hoisted(flags)))
        if _rows(labels) <= _ROWS:
            return labels, numbers
    return [], bool(steps)


def _rows(labels: list[Label]) -> int:
    """How many rows labels take."""
    return max((label.row + label.flag.high for label in labels), default=0)


def _lines(step: Step, room: float) -> list[Line]:
    """Who joined or left, and when, in lines that have room."""
    *most, last = wrapped(printable(listed(step.names)), room, _measure)
    if _measure(f"{last} {step.known}") <= room:
        return [*((line, "") for line in most), (last, step.known)]
    return [*((line, "") for line in (*most, last)), ("", step.known)]


def _draw_line(
    sheet: Sheet, plot: Plot, drawn: Steps, between: int
) -> list[tuple[float, float, str, int]]:
    """The line and what is below it; returned are its numbers that have room, where they stand and
    how large.
    """
    scale = plot.scale
    for level in range(0, plot.top + 1, between):
        y = plot.y(level)
        sheet.line(f"M{n(scale.left)} {n(y)}H{RIGHT}", "rule" if level else "soft")
        sheet.text(scale.left - 8, y + 4, str(level), size=12, role="soft", anchor="end")
    starts = [drawn.days[0], *(step.day for step in drawn.steps)]
    ends = [*starts[1:], drawn.days[1] + DAY]
    treads = [
        (scale.x(start), scale.x(end), plot.y(level), str(level))
        for start, end, level in zip(starts, ends, plot.levels, strict=True)
    ]
    path = "".join(
        f"{'V' if i else f'M{n(x)} '}{n(y)}H{n(end)}" for i, (x, end, y, _) in enumerate(treads)
    )
    sheet.shape(f"{path}V{n(plot.bottom)}H{n(scale.left)}z", sheet.paint(fill="area"))
    sheet.line(path, "line", ' stroke-width="2.5"')
    numbers = [
        (x + 8, y - 6, number, 12)
        for x, end, y, number in treads[:-1]
        if end - x > width(number, 12, bold=True) + 8
    ]
    _, end, y, number = treads[-1]
    return [*numbers, (end + 3, y + 4, number, 12 if len(number) < 3 else 10)]


def _hoist(sheet: Sheet, plot: Plot, labels: list[Label], steps: list[Step], upper: float) -> None:
    """Names with a sign, on a staff that stands on the line; words hide what is behind them."""
    tops = [upper - 24 - (label.row + label.flag.high - 1) * _ROW for label in labels]
    for (flag, _, _), top in zip(labels, tops, strict=True):
        foot = plot.y(max(plot.levels[flag.number : flag.number + 2]))
        sheet.line(f"M{n(flag.x)} {n(top)}V{n(foot)}", "soft", ' stroke-dasharray="1.5 2"')
    ground = sheet.paint(fill="ground")
    for (flag, lines, _), top in zip(labels, tops, strict=True):
        _sign(sheet, steps[flag.number].step, flag.x, top - 4, vague=bool(steps[flag.number].bound))
        x = flag.x - SIGN if flag.back else flag.x + SIGN
        for row, (text, tail) in enumerate(lines):
            wide = _measure(f"{text} {tail}")
            y = top + row * _ROW
            sheet.rect(x - wide * flag.back, y - 11, wide, 14, ground)
            sheet.text(x, y, text, size=_SIZE, anchor="end" if flag.back else "", tail=tail)


def _sample(sheet: Sheet, kind: int, x: float, y: float) -> None:
    """A sample of a sign."""
    _sign(sheet, kind, x + 4.5, y + 10)


def _sign(
    sheet: Sheet, kind: int, x: float, y: float, *, vague: bool = False, tip: str | None = None
) -> None:
    """A triangle: up for who joins, down for who leaves, hollow where the day is not known."""
    role = "joined" if kind > 0 else "left"
    look = sheet.paint(fill="ground" if vague else role, stroke=role)
    up = kind * 4
    sheet.shape(f"M{n(x - 4.5)} {n(y + up)}h9L{n(x)} {n(y - up)}z", look, tip)


def _list(sheet: Sheet, steps: list[Step]) -> None:
    """The names by their numbers, in two columns."""
    wide = (RIGHT - MARGIN - _GUTTER) / 2
    number = _measure(str(len(steps)))
    items = [_lines(step, wide - number - 20) for step in steps]
    half = sum(map(len, items)) / 2
    x, top, said = float(MARGIN), sheet.bottom, 0
    y = lowest = top
    for index, (step, lines) in enumerate(zip(steps, items, strict=True)):
        if x == MARGIN and said >= half:
            x, y = MARGIN + wide + _GUTTER, top
        sheet.text(x + number, y + 12, str(index + 1), size=_SIZE, bold=True, anchor="end")
        _sign(sheet, step.step, x + number + 10, y + 8, vague=bool(step.bound))
        for text, tail in lines:
            sheet.text(x + number + 20, y + 12, text, size=_SIZE, tail=tail)
            y += _ROW
        y += 2
        said += len(lines)
        lowest = max(lowest, y)
    sheet.bottom = lowest + 8
