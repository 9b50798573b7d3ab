"""What rows of text get, looked up and not computed: by the states, then by the day.

Between two days of change an answer stays the same. So the states are looked up by their text,
and the answer among those from each of their own days of change on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cstocli.annotate.join import Join, Row
from cstocli.errors import Refused
from cstocli.reading import dates, folding
from cstocli.reading.columns import Hint, StateCell
from cstocli.writing.formats import plain_value

_MANY, _FEW = 50_000, 20_000
"""How many days, and how many names of states, are remembered at most, so that memory does not
grow with the rows. A century has fewer days; few files have as many names."""

Texts = str | tuple[str, ...]
"""What stands in a column, or in several."""


class Cells(NamedTuple):
    """The cells of the columns that a row gets."""

    text: str
    """As they stand in a CSV, behind the other cells."""
    error: str
    missing: bool
    hints: tuple[Hint, ...]
    said: bool
    """Whether something must be counted or said of the row."""


class Answers(NamedTuple):
    """The answers about states."""

    states: tuple[StateCell, ...]
    """None where a cell says nothing, or names no state."""
    changes: list[int]
    """The ordinals of the days from which another answer may hold, in order."""
    cells: dict[int, Cells]
    """By place: the answer before the first of these days, and the one from each of them on."""


class DayTexts(dict[Texts, int]):
    """The day that each text means, as an ordinal; 0 where it means a period, or no day."""

    def __init__(self, join: Join) -> None:
        self._join = join

    def __missing__(self, text: Texts) -> int:
        if len(self) >= _MANY:
            self.clear()
        try:
            days = self._join.when(several(text))
        except Refused:
            days = None
        day = days[0].toordinal() if days and days[0] == days[1] else 0
        if len("".join(several(text))) <= 2 * dates.LONGEST:
            self[text] = day
        return day


class Stretches(dict[int, Cells]):
    """The cells about states from each of their days of change on, by its place among them; they
    are found when a row first has such a day, for most files have few of these days.
    """

    def __init__(self, days: Sequence[dt.date], cells_on: Callable[[dt.date], Cells]) -> None:
        self._days = days
        self._cells_on = cells_on

    def __missing__(self, place: int) -> Cells:
        cells = self[place] = self._cells_on(self._days[place])
        return cells


class StateTexts(dict[Texts, Answers]):
    """The answers about the states that each text names."""

    def __init__(self, join: Join, line: Callable[[Sequence[str]], str]) -> None:
        self._join = join
        self._line = line
        self._during: dict[tuple[Texts, Texts], Cells] = {}

    def __missing__(self, text: Texts) -> Answers:
        if len(self) >= _FEW:
            self.clear()
        answers = self._about(several(text))
        if len("".join(several(text))) <= 2 * folding.LONGEST:
            self[text] = answers
        return answers

    def during(self, text: Texts, answers: Answers, when: Texts) -> Cells:
        """The cells for texts that mean a period, or no day."""
        known = self._during.get((text, when))
        if known:
            return known
        try:
            days = self._join.when(several(when))
        except Refused as refusal:
            return answers.cells[0] if answers.cells[0].error else self._failed(text, str(refusal))
        if not answers.states:
            return answers.cells[0]
        if days is None:
            return self._cells(self._join.without_answer(answers.states))
        if len(self._during) >= _MANY:
            self._during.clear()
        cells = self._cells(self._join.answer(answers.states, days))
        self._during[text, when] = cells
        return cells

    def _about(self, texts: tuple[str, ...]) -> Answers:
        """Every answer about the states that texts name."""
        try:
            cells = self._join.who(texts)
        except Refused as refusal:
            return Answers((), [], {0: self._cells(self._join.unknown(texts, str(refusal)))})
        states = tuple(cell for cell in cells if cell)
        if len(states) < len(cells):
            return Answers((), [], {0: self._cells(self._join.without_answer(cells))})
        changes = self._join.changes(states)
        cells_on = Stretches(
            (dt.date.min, *changes),
            lambda day: self._cells(self._join.answer(states, (day, day))),
        )
        return Answers(states, [day.toordinal() for day in changes], cells_on)

    def _failed(self, text: Texts, error: str) -> Cells:
        """The cells of a row whose days cannot be read."""
        states = self[text].states
        return self._cells(self._join.without_answer(states, error))

    def ragged(self, error: str) -> Cells:
        """The cells of a row that is no row of the table."""
        return self._cells(self._join.without_answer((), error))

    def _cells(self, row: Row) -> Cells:
        """The cells of a row, behind a separator."""
        text = self._line(("", *map(plain_value, row.values)))
        said = bool(row.error or row.missing or row.hints)
        return Cells(text, row.error, row.missing, row.hints, said)


def several(text: Texts) -> tuple[str, ...]:
    """What stands in each column."""
    return (text,) if isinstance(text, str) else text
