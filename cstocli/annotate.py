"""Membership joined to rows of a table: each row keeps its place and gets six columns.

Between two days of change an answer stays the same. So a row's answer is looked up, not
computed: the state by its text, then the day among the state's own days of change.
"""

from __future__ import annotations

import csv
import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

from cstocli import dates, names
from cstocli.bounds import DAY
from cstocli.bounds import Days as Stretch
from cstocli.dates import When
from cstocli.model import Basis, Doubt, Records, Refused, Spell
from cstocli.queries import covered, judged
from cstocli.tables import Table

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


_EXAMPLES = 5
"""How many problems the closing summary names."""
_MANY, _FEW = 50_000, 2_000
"""How many days, and how many names of states, are remembered at most, so that memory does not
grow with the rows. A century has fewer days; few files have as many names."""


class Problem(NamedTuple):
    """A row that cannot be answered: the number of its last line, and why."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


class Days(dict[str, int]):
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
        try:
            first_day, last_day = self.meant(text)
        except Refused:
            first_day, last_day = dt.date.min, dt.date.max
        self[text] = day = first_day.toordinal() if first_day == last_day else 0
        return day

    def meant(self, text: str) -> Stretch:
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

    code: str
    """Empty where there is no such state."""
    changes: list[int]
    """The ordinals of the days from which another answer may hold, in order."""
    cells: list[Cells]
    """The answer before the first of these days, and the one from each of them on."""


class States(dict[str, Answers]):
    """The answers about the state that each text of a column names."""

    def __init__(self, records: Records, basis: Basis, days: Days, delimiter: str) -> None:
        self._records = records
        self._basis = basis
        self._days = days
        self._line = csv_line(delimiter)
        self._during: dict[tuple[str, str], Cells] = {}

    def __missing__(self, text: str) -> Answers:
        try:
            if not text.strip():
                raise Refused("there is no state")
            answers = self._about(names.resolve(self._records, text).code)
        except Refused as refusal:
            answers = Answers("", [], [self.failed(str(refusal))])
        if len(self) >= _FEW:
            self.clear()
        if len(text) <= names.LONGEST:
            self[text] = answers
        return answers

    def failed(self, reason: str) -> Cells:
        """The cells of a row that cannot be answered."""
        return Cells(self._line(("", "", "", "", "", "", reason)), reason)

    def during(self, answers: Answers, text: str) -> Cells:
        """The cells for a text that means a period, or nothing."""
        if not answers.code:
            return answers.cells[0]
        known = self._during.get((answers.code, text))
        if known:
            return known
        try:
            cells = self._cells(answers.code, self._days.meant(text))
        except Refused as refusal:
            return self.failed(str(refusal))
        if len(self._during) >= _MANY:
            self._during.clear()
        self._during[answers.code, text] = cells
        return cells

    def _about(self, code: str) -> Answers:
        """Every answer about a state."""
        changes = _changes(self._records, code)
        cells = [self._cells(code, (day, day)) for day in (dt.date.min, *changes)]
        return Answers(code, [day.toordinal() for day in changes], cells)

    def _cells(self, code: str, days: Stretch) -> Cells:
        """The cells for days."""
        found = judged(self._records, code, self._basis, days)
        first_day = str(found.run.first_day) if found.run else ""
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


def _counted(number: int, word: str) -> str:
    """A number of things."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


class Annotation:
    """A table with the columns added, and what came of its rows."""

    def __init__(self, records: Records, basis: Basis, today: When, table: Table) -> None:
        self.problems = 0
        self.examples: list[Problem] = []
        """The first few of the problems."""
        self._read = 0
        self._blank = 0
        self._records = records
        self._table = table
        self._days = Days(records, today)
        self._states = States(records, basis, self._days, table.delimiter)
        self._line = csv_line(table.delimiter)

    @property
    def rows(self) -> int:
        """How many rows were read, blank lines left out."""
        return self._read - self._blank

    def header(self) -> str:
        """The first line."""
        return self._line((*self._table.header, *COLUMNS)) + "\n"

    def lines(self, state: int, date: int, *, fail_fast: bool = False) -> Iterator[str]:
        """Each row as a line of CSV, with the cells for the state and the date in two columns.

        Raises Refused where the table cannot be read, or at the first problem if `fail_fast`.
        """
        states, days, width = self._states, self._days, len(self._table.header)
        for row, text in self._table.rows():
            self._read += 1
            if len(row) == width:
                answers, day = states[row[state]], days[row[date]]
                if day:
                    added, error = answers[2][bisect_right(answers[1], day)]
                else:
                    added, error = states.during(answers, row[date])
                line = f"{text or self._line(row)}{added}\n"
            else:
                line, error = self._ragged(row, width)
            if error:
                self._note(Problem(self._table.line_num, error), fail_fast)
            yield line

    def _ragged(self, row: list[str], width: int) -> tuple[str, str]:
        """A row of another width than the header, and what is wrong with it; or a blank line.

        The cells added stand under their columns, and what the row has too many behind them.
        """
        if not row:
            self._blank += 1
            return "\n", ""
        error = f"{_counted(len(row), 'cell')} in place of {width}"
        filled = self._line([*row[:width], *[""] * (width - len(row))])
        added = self._states.failed(error).text
        more = self._line(["", *row[width:]]) if row[width:] else ""
        return f"{filled}{added}{more}\n", error

    def _note(self, problem: Problem, fail_fast: bool) -> None:
        """Count a problem, and keep it if it is among the first."""
        if fail_fast:
            raise Refused(str(problem))
        self.problems += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(problem)

    def summary(self) -> list[str]:
        """How many rows were answered, and what the first problems are."""
        answered = self.rows - self.problems
        rows = _counted(self.rows, "row")
        lines = [f"{rows}: {answered} answered, {self.problems} with a problem."]
        lines += [str(problem) for problem in self.examples]
        more = self.problems - len(self.examples)
        if more:
            lines.append(f"and {more} more, each with the reason in csto_error.")
        return lines + [f"Note: {note}" for note in self._days.notes]
