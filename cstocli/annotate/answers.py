"""Membership joined to rows of a table: each row keeps its place and gets six columns.

Between two days of change an answer stays the same. So a row's answer is looked up, not
computed: the state by its text, then the day among the state's own days of change.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, NamedTuple

from cstocli.core.days import DAY, Days, When
from cstocli.core.finding import find
from cstocli.core.model import Basis, Named, Spell
from cstocli.core.records import Doubt, Records
from cstocli.errors import Refused
from cstocli.questions.answer import covered
from cstocli.reading import dates, folding, names

COLUMNS = (
    "csto_member",
    "csto_status",
    "csto_first_day",
    "csto_part",
    "csto_disputed",
    "csto_error",
)
"""The columns that a row gets: `yes`, `no`, `partly` or `unknown`; the status; the first day of
the run; the part of a period that is counted; whether it is disputed; or why there is no answer."""
_MANY, _FEW = 50_000, 2_000
"""How many days, and how many names of states, are remembered at most, so that memory does not
grow with the rows. A century has fewer days; few files have as many names."""


class DayTexts(dict[str, int]):
    """The day that each text of a date column means, as an ordinal; 0 where it means none."""

    def __init__(self, records: Records, today: When) -> None:
        self._records = records
        self._today = today
        self.notes: dict[str, None] = {}
        """What must be said about the days: which period was cut, and what was not checked."""

    def __missing__(self, text: str) -> int:
        if len(self) >= _MANY:
            self.clear()
        if len(text) > dates.LONGEST:
            return 0
        day = self._plain(text)
        if day:
            self[text] = day
            return day
        try:
            first_day, last_day = self.meant(text)
        except Refused:
            first_day, last_day = dt.date.min, dt.date.max
        self[text] = day = first_day.toordinal() if first_day == last_day else 0
        return day

    def _plain(self, text: str) -> int:
        """The day of a text like nearly all: `YYYY-MM-DD`, and of it there is nothing to be said.

        That is found in a tenth of the time, which counts where most rows have another day.
        """
        if len(text) == len("YYYY-MM-DD") and text[4] == text[7] == "-":
            checked = self._records.verified_through or self._today.first_day
            with suppress(ValueError):
                day = dt.date.fromisoformat(text)
                if self._records.first_day <= day <= min(checked, self._today.first_day):
                    return day.toordinal()
        return 0

    def meant(self, text: str) -> Days:
        """The first and the last day that a text means; raises Refused where it means none."""
        if not text.strip():
            raise Refused("there is no date")
        when = dates.parse(text, self._today.first_day)
        days, notes = covered(self._records, when, self._today)
        if when.last_day >= self._records.first_day:
            self.notes |= dict.fromkeys(notes)
        return days


class Cells(NamedTuple):
    """The cells of the columns that a row gets."""

    text: str
    """As they stand in a CSV, behind the other cells."""
    error: str


class Answers(NamedTuple):
    """The answers about a state."""

    state: Named | None
    """None where there is no such state."""
    changes: list[int]
    """The ordinals of the days from which another answer may hold, in order."""
    cells: list[Cells]
    """The answer before the first of these days, and the one from each of them on."""


class StateTexts(dict[str, Answers]):
    """The answers about the state that each text of a column names."""

    def __init__(self, records: Records, basis: Basis, days: DayTexts, delimiter: str) -> None:
        self._records = records
        self._basis = basis
        self._days = days
        self._line = csv_line(delimiter)
        self._names = names.Names(records.states)
        self._during: dict[tuple[str, str], Cells] = {}

    def __missing__(self, text: str) -> Answers:
        try:
            if not text.strip():
                raise Refused("there is no state")
            answers = self._about(self._names.resolve(text))
        except Refused as refusal:
            answers = Answers(None, [], [self.failed(str(refusal))])
        if len(self) >= _FEW:
            self.clear()
        if len(text) <= folding.LONGEST:
            self[text] = answers
        return answers

    def failed(self, reason: str) -> Cells:
        """The cells of a row that cannot be answered."""
        return Cells(self._line(("", "", "", "", "", "", reason)), reason)

    def during(self, answers: Answers, text: str) -> Cells:
        """The cells for a text that means a period, or nothing."""
        if not answers.state:
            return answers.cells[0]
        key = answers.state.code, text
        known = self._during.get(key)
        if known:
            return known
        try:
            cells = self._cells(answers.state, self._days.meant(text))
        except Refused as refusal:
            return self.failed(str(refusal))
        if len(self._during) >= _MANY:
            self._during.clear()
        self._during[key] = cells
        return cells

    def _about(self, state: Named) -> Answers:
        """Every answer about a state."""
        changes = _changes(self._records, state.code)
        cells = [self._cells(state, (day, day)) for day in (dt.date.min, *changes)]
        return Answers(state, [day.toordinal() for day in changes], cells)

    def _cells(self, state: Named, days: Days) -> Cells:
        """The cells for days."""
        found = find(self._records, state, self._basis, days)
        first_day = str(found.run.first_known) if found.run else ""
        disputed = "true" if found.disputed else "false"
        row = ("", found.answer, found.status, first_day, found.part or "", disputed, "")
        return Cells(self._line(row), "")


def csv_line(delimiter: str) -> Callable[[Sequence[str]], str]:
    """What makes a row a line of CSV, without its end."""
    echo: Any = SimpleNamespace(write=str)
    end = "\r\n"  # with none, Python before 3.13 leaves a cell with a line break unquoted
    write = csv.writer(echo, delimiter=delimiter, lineterminator=end).writerow
    return lambda row: str(write(row))[: -len(end)]


def _changes(records: Records, code: str) -> list[dt.date]:
    """The days from which another answer about a state may hold."""
    stretches: list[Spell | Doubt] = [*records.spells_of(code), *records.doubts_of(code)]
    changes = {stretch.first_day for stretch in stretches}
    changes |= {stretch.last_day + DAY for stretch in stretches if stretch.last_day}
    return sorted(changes)
