"""The rows of a CSV with membership added, line by line."""

from __future__ import annotations

import csv
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from operator import itemgetter
from types import SimpleNamespace
from typing import IO, Any, TextIO

from cstocli.annotate.answers import Cells, DayTexts, StateTexts
from cstocli.annotate.join import Join
from cstocli.annotate.summary import Summary, counted
from cstocli.errors import Problem, Refused
from cstocli.reading import tables
from cstocli.reading.tables import Table
from cstocli.writing.progress import shown
from cstocli.writing.whole import written_whole

_LOOKED_AT = 1000
"""How many rows are looked at for numbers that no scheme is said of."""
_ROWS, _BYTES = 500, 1_000_000
"""How many rows, or about how many bytes, are written at a time."""


class Annotation:
    """A table with the columns added."""

    def __init__(self, join: Join, table: Table) -> None:
        self._join = join
        self._table = table
        self._line = csv_line(table.delimiter)
        self._states = StateTexts(join, self._line)
        self._days = DayTexts(join)
        self.summary = Summary(join.notes)

    def lines(
        self, states: Sequence[str], dates: Sequence[str], *, fail_fast: bool = False
    ) -> Iterator[str]:
        """The header and each row as a line of CSV, with the cells for columns of states and days.

        Raises Refused where the table cannot be read, does not have the columns or has one of
        those that are added, where states are numbers and no scheme says whose, or at the first
        problem if `fail_fast`.
        """
        who = itemgetter(*map(self._table.column, states))
        when = itemgetter(*map(self._table.column, dates))
        added = [f"csto_{name}" for name in self._join.columns]
        for name in added:
            if name in self._table.header:
                raise Refused(
                    f"{self._table.name} has a column {name} already: rename it, or leave it out"
                )
        rows = self._table.rows()
        width = len(self._table.header)
        first = list(islice(rows, _LOOKED_AT))
        for state in map(self._table.column, states):
            self._join.refuse_numbers(row[state] for row, _ in first if len(row) == width)
        yield self._line((*self._table.header, *added)) + "\n"
        found_states, found_days, summary = self._states, self._days, self.summary
        for row, text in chain(first, rows):
            summary.rows += 1
            if len(row) != width:
                yield self._ragged(row, width, fail_fast)
                continue
            answers, day = found_states[who(row)], found_days[when(row)]
            if day:
                cells = answers.cells[bisect_right(answers.changes, day)]
            else:
                cells = found_states.during(who(row), answers, when(row))
            if cells.said:
                self._note(cells, fail_fast)
            yield f"{text or self._line(row)}{cells.text}\n"

    def _note(self, cells: Cells, fail_fast: bool) -> None:
        """Count a row that is missing or a problem, or of which something must be said."""
        if cells.error:
            problem = Problem(f"line {self._table.line_num}", cells.error)
            if fail_fast:
                raise Refused(str(problem))
            self.summary.note(problem)
        self.summary.missing += cells.missing
        self.summary.take_hints(cells.hints)

    def _ragged(self, row: list[str], width: int, fail_fast: bool) -> str:
        """A row of another width than the header, with what is wrong; or a blank line.

        The cells added stand under their columns, and what the row has too many behind them.
        """
        if not row:
            self.summary.rows -= 1
            return "\n"
        cells = self._states.ragged(f"{counted(len(row), 'cell')} in place of {width}")
        self._note(cells, fail_fast)
        filled = self._line([*row[:width], *[""] * (width - len(row))])
        more = self._line(["", *row[width:]]) if row[width:] else ""
        return f"{filled}{cells.text}{more}\n"


def annotate_file(
    join: Join,
    path: str,
    output: str | None,
    *,
    states: Sequence[str],
    dates: Sequence[str],
    delimiter: str | None,
    encoding: str,
    force: bool,
    fail_fast: bool,
    progress: TextIO | None,
) -> Summary:
    """Annotate the table in a file into another one, or to standard output."""
    with tables.opened(path, encoding, delimiter) as table:
        annotation = Annotation(join, table)
        lines = annotation.lines(states, dates, fail_fast=fail_fast)
        header = next(lines)
        bar = shown(progress, table.position, table.size)
        with _written_to(output, force=force) as out, bar as advance:
            out.write(header.encode())
            count = 1
            while size := _written(islice(lines, count), out):
                advance(annotation.summary.rows)
                count = min(_ROWS, max(1, _BYTES * count // size))
    return annotation.summary


def csv_line(delimiter: str) -> Callable[[Sequence[str]], str]:
    """What makes a row a line of CSV, without its end."""
    echo: Any = SimpleNamespace(write=str)
    end = "\r\n"  # with none, Python before 3.13 leaves a cell with a line break unquoted
    write = csv.writer(echo, delimiter=delimiter, lineterminator=end).writerow
    return lambda row: str(write(row))[: -len(end)]


@contextmanager
def _written_to(path: str | None, *, force: bool) -> Iterator[IO[bytes]]:
    """Where the rows go: a file, written whole or not at all, or standard output."""
    if path is None or path == "-":
        sys.stdout.flush()
        yield sys.stdout.buffer
    else:
        with written_whole(path, force=force) as file:
            yield file


def _written(lines: Iterable[str], out: IO[bytes]) -> int:
    """Write lines in UTF-8, those before a problem too; how many bytes they are.

    Raises Refused for half a surrogate pair, which UTF-8 does not have.
    """
    taken: list[str] = []
    try:
        taken.extend(lines)
    finally:
        try:
            data = "".join(taken).encode()
        except UnicodeEncodeError:
            raise Refused("a character is half of a pair, which UTF-8 does not have") from None
        out.write(data)
    out.flush()
    return len(data)
