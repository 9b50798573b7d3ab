"""The rows of a CSV with membership added, block by block."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, TextIO, cast

from cstocli.annotate.answers import COLUMNS, DayTexts, StateTexts, csv_line
from cstocli.annotate.summary import Summary, counted
from cstocli.core.days import When
from cstocli.core.model import Basis
from cstocli.core.records import Records
from cstocli.errors import Problem, Refused
from cstocli.reading import tables
from cstocli.reading.rows import Block, Odd
from cstocli.reading.tables import Table
from cstocli.writing.progress import shown
from cstocli.writing.whole import written_whole


class Annotation:
    """A table with the columns added.

    Raises Refused where the table does not have the columns asked for, or has one of those that
    are added.
    """

    def __init__(
        self, records: Records, basis: Basis, today: When, table: Table, state: str, date: str
    ) -> None:
        self._table = table
        self._state_at, self._date_at = table.column(state), table.column(date)
        for name in COLUMNS:
            if name in table.header:
                raise Refused(
                    f"{table.name} has a column {name} already: rename it, or leave it out"
                )
        self._days = DayTexts(records, today)
        self._states = StateTexts(records, basis, self._days, table.delimiter)
        self.summary = Summary(self._days.notes)
        table.refuse_swallowed(table.head, self._is_row)
        self.head = f"{table.before}{table.head_text}{csv_line(table.delimiter)(['', *COLUMNS])}\n"
        """The names of the columns as a line of CSV, and what stands before them."""

    def lines(self, block: Block, *, fail_fast: bool = False) -> Iterator[str]:
        """Each row of a block as a line of CSV that begins with its text.

        Raises Refused where one cannot be read, or at the first problem if `fail_fast`.
        """
        states, days, odd = self._states, self._days, block.odd
        state_at, date_at, width = self._state_at, self._date_at, len(self._table.header)
        self.summary.rows += len(block.rows)
        for row, text, line in zip(block.rows, block.texts, block.lines, strict=True):
            if not row and line in odd:
                row = self._whole(odd[line])
            if len(row) == width:
                answers, day = states[row[state_at]], days[row[date_at]]
                if day:
                    added, error = answers[2][bisect_right(answers[1], day)]
                else:
                    added, error = states.during(answers, row[date_at])
                annotated = f"{text}{added}\n"
            else:
                annotated, error = self._ragged(row, text, odd.get(line))
            if error:
                problem = Problem(f"line {line}", error)
                if fail_fast:
                    raise Refused(str(problem))
                self.summary.note(problem)
            yield annotated

    def _whole(self, row: Odd) -> list[str]:
        """The cells of a row of several lines, or none if it is not CSV."""
        self._table.refuse_swallowed(row, self._is_row)
        return [] if row.fault else row.cells

    def _is_row(self, cells: list[str]) -> bool:
        """Whether cells are those of a row that is answered."""
        if len(cells) != len(self._table.header):
            return False
        answers = self._states[cells[self._state_at]]
        return not self._states.during(answers, cells[self._date_at]).error

    def _ragged(self, row: list[str], text: str, odd: Odd | None) -> tuple[str, str]:
        """A row that is not CSV or has another width than the header, and what is wrong with it;
        or a blank line.

        The cells added stand under their columns, and what the row has too many behind them; what
        is not CSV has no cells to be told apart and stays as it is.
        """
        if odd:
            row = odd.cells
        elif not row:
            self.summary.rows -= 1
            return "\n", ""
        width = len(self._table.header)
        end = len(text)
        if odd and odd.fault:
            error = odd.fault
        else:
            error = f"{counted(len(row), 'cell')} in place of {width}"
            end = self._table.end_of(text, width)
        missing = self._table.delimiter * (width - len(row))
        added = self._states.failed(error).text
        return f"{text[:end]}{missing}{added}{text[end:]}\n", error


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
    with tables.opened(path, encoding, delimiter, (state, date)) as table:
        annotation = Annotation(records, basis, today, table, state, date)
        bar = shown(progress, table.position, table.size)
        with _written_to(output, force=force) as out, bar as advance:
            _write([annotation.head], out)
            for block in table.blocks():
                _write(annotation.lines(block, fail_fast=fail_fast), out)
                advance(annotation.summary.rows)
    return annotation.summary


@contextmanager
def _written_to(path: str | None, *, force: bool) -> Iterator[IO[bytes]]:
    """Where the rows go: standard output, or a file that is written whole or not at all, and
    compressed where its name ends in `.gz`.
    """
    if path is None or path == "-":
        sys.stdout.flush()
        yield sys.stdout.buffer
        return
    with written_whole(path, force=force) as file:
        if not path.casefold().endswith(".gz"):
            yield file
            return
        from gzip import GzipFile

        with GzipFile("", "wb", 6, file, mtime=0) as packed:
            yield cast(IO[bytes], packed)


def _write(lines: Iterable[str], out: IO[bytes]) -> None:
    """Write lines in UTF-8, those before a problem too.

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
