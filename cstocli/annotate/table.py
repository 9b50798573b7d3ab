"""The rows of a CSV with membership added, line by line."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, TextIO

from cstocli.annotate.answers import COLUMNS, DayTexts, StateTexts, csv_line
from cstocli.annotate.summary import Summary, counted
from cstocli.core.days import When
from cstocli.core.model import Basis
from cstocli.core.records import Records
from cstocli.errors import Problem, Refused
from cstocli.reading import tables
from cstocli.reading.tables import Table
from cstocli.writing.progress import shown
from cstocli.writing.whole import written_whole

_ROWS, _BYTES = 500, 1_000_000
"""How many rows, or about how many bytes, are written at a time."""


class Annotation:
    """A table with the columns added."""

    def __init__(self, records: Records, basis: Basis, today: When, table: Table) -> None:
        self._table = table
        self._days = DayTexts(records, today)
        self._states = StateTexts(records, basis, self._days, table.delimiter)
        self._line = csv_line(table.delimiter)
        self.summary = Summary(self._days.notes)

    def lines(self, state: str, date: str, *, fail_fast: bool = False) -> Iterator[str]:
        """The header and each row as a line of CSV, with the cells for two columns.

        Raises Refused where the table cannot be read, does not have the columns or has one of
        those that are added, or at the first problem if `fail_fast`.
        """
        state_at, date_at = self._table.column(state), self._table.column(date)
        for name in COLUMNS:
            if name in self._table.header:
                raise Refused(
                    f"{self._table.name} has a column {name} already: rename it, or leave it out"
                )
        yield self._line((*self._table.header, *COLUMNS)) + "\n"
        states, days, width = self._states, self._days, len(self._table.header)
        summary = self.summary
        for row, text in self._table.rows():
            summary.rows += 1
            if len(row) == width:
                answers, day = states[row[state_at]], days[row[date_at]]
                if day:
                    added, error = answers[2][bisect_right(answers[1], day)]
                else:
                    added, error = states.during(answers, row[date_at])
                line = f"{text or self._line(row)}{added}\n"
            else:
                line, error = self._ragged(row, width)
            if error:
                problem = Problem(f"line {self._table.line_num}", error)
                if fail_fast:
                    raise Refused(str(problem))
                summary.note(problem)
            yield line

    def _ragged(self, row: list[str], width: int) -> tuple[str, str]:
        """A row of another width than the header, and what is wrong with it; or a blank line.

        The cells added stand under their columns, and what the row has too many behind them.
        """
        if not row:
            self.summary.rows -= 1
            return "\n", ""
        error = f"{counted(len(row), 'cell')} in place of {width}"
        filled = self._line([*row[:width], *[""] * (width - len(row))])
        added = self._states.failed(error).text
        more = self._line(["", *row[width:]]) if row[width:] else ""
        return f"{filled}{added}{more}\n", error


def annotate_file(
    records: Records,
    basis: Basis,
    today: When,
    path: str,
    output: str | None,
    *,
    state: str,
    date: str,
    delimiter: str | None,
    encoding: str,
    force: bool,
    fail_fast: bool,
    progress: TextIO | None,
) -> Summary:
    """Annotate the table in a file into another one, or to standard output."""
    with tables.opened(path, encoding, delimiter) as table:
        annotation = Annotation(records, basis, today, table)
        lines = annotation.lines(state, date, fail_fast=fail_fast)
        header = next(lines)
        bar = shown(progress, table.position, table.size)
        with _written_to(output, force=force) as out, bar as advance:
            out.write(header.encode())
            count = 1
            while size := _written(islice(lines, count), out):
                advance(annotation.summary.rows)
                count = min(_ROWS, max(1, _BYTES * count // size))
    return annotation.summary


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
