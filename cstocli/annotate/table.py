"""The rows of a CSV with membership added, block by block."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from operator import itemgetter
from types import SimpleNamespace
from typing import IO, Any, TextIO, cast

from cstocli.annotate.join import Join, Row
from cstocli.annotate.places import Places
from cstocli.annotate.summary import Summary, counted
from cstocli.errors import Refused
from cstocli.reading import csv_stream
from cstocli.reading.csv_stream import Table
from cstocli.reading.rows import Block, Fault
from cstocli.writing.formats import plain_value
from cstocli.writing.progress import shown
from cstocli.writing.whole import written_whole

_LOOKED_AT = 1000
"""How many rows are looked at for numbers that no scheme is said of."""


class Ends(Places):
    """The distinct answers found so far, with their cells as they stand behind those of a row."""

    def __init__(self, join: Join, line: Callable[[Sequence[str]], str]) -> None:
        self._line = line
        super().__init__(join)

    def _forget(self) -> None:
        self.texts: list[str] = []
        """The cells of each answer, behind a separator."""
        super()._forget()

    def add(self, rows: Sequence[Row]) -> int:
        self.texts += map(self._end, rows)
        return super().add(rows)

    def put(self, place: int, row: Row) -> None:
        self.texts[place] = self._end(row)
        super().put(place, row)

    def _end(self, row: Row) -> str:
        """The cells of an answer."""
        return self._line(("", *map(plain_value, row.values)))


class Annotation:
    """A table with the columns added, read from columns of states and days.

    Raises Refused where the table cannot be read, does not have the columns or has one of those
    that are added, where states are numbers and no scheme says whose, or at the first problem if
    `fail_fast`.
    """

    def __init__(
        self,
        join: Join,
        table: Table,
        states: Sequence[str],
        dates: Sequence[str],
        *,
        fail_fast: bool = False,
    ) -> None:
        self._join = join
        self._table = table
        self._fail_fast = fail_fast
        self._state_places = [table.column(name) for name in states]
        self._who = itemgetter(*self._state_places)
        self._when = itemgetter(*map(table.column, dates))
        added = [f"csto_{name}" for name in join.columns]
        for name in added:
            if name in table.header:
                raise Refused(
                    f"{table.name} has a column {name} already: rename it, or leave it out"
                )
        line = csv_line(table.delimiter)
        self._found = Ends(join, line)
        self.summary = Summary(join.notes)
        self.head = f"{table.before}{table.head}{line(['', *added])}\n"
        """The names of the columns as a line of CSV, and what stands before them."""

    def blocks(self) -> Iterator[Block]:
        """The rows of the table, once it is known that their states are not mere numbers."""
        blocks = self._table.blocks(self._is_row)
        first: list[Block] = []
        unsaid, seen = self._state_places, 0
        while unsaid and seen < _LOOKED_AT and (block := next(blocks, None)):
            first.append(block)
            seen += len(block.rows)
            unsaid = [place for place in unsaid if not self._says(place, block)]
        return chain(first, blocks)

    def _says(self, place: int, block: Block) -> bool:
        """Whether a cell of a column of states says anything in a block."""
        width = len(self._table.header)
        cells = (row[place] for row in block.rows if len(row) == width)
        return self._join.refuse_numbers(islice(cells, _LOOKED_AT))

    def lines(self, block: Block) -> Iterator[str]:
        """Each row of a block as a line of CSV that begins with its text."""
        found, width = self._found, len(self._table.header)
        rows = [row for row in block.rows if len(row) == width]
        places = found.of(list(map(self._who, rows)), list(map(self._when, rows)))
        if len(rows) < len(block.rows) or self._fail_fast:
            yield from self._one_by_one(block, iter(places))
            return
        self._count(places, block.lines)
        ends = found.texts
        yield from (f"{text}{ends[p]}\n" for text, p in zip(block.texts, places, strict=True))

    def _count(self, places: Sequence[int], lines: Sequence[int]) -> None:
        """Count rows by the places of their answers."""
        self.summary.take(self._found.rows, places, lines, "line", fail_fast=self._fail_fast)

    def _one_by_one(self, block: Block, places: Iterator[int]) -> Iterator[str]:
        """The same of a block with rows of another width than the header, or up to a problem."""
        width = len(self._table.header)
        for row, text, line in zip(block.rows, block.texts, block.lines, strict=True):
            if len(row) == width:
                place = next(places)
                self._count([place], [line])
                yield f"{text}{self._found.texts[place]}\n"
            else:
                yield self._ragged(row, text, line, block.faults.get(line))

    def _is_row(self, row: list[str]) -> bool:
        """Whether cells are those of a row that is answered."""
        if len(row) != len(self._table.header):
            return False
        (place,) = self._found.of([self._who(row)], [self._when(row)])
        answer = self._found.rows[place]
        return not (answer.error or answer.missing)

    def _ragged(self, row: list[str], text: str, line: int, fault: Fault | None) -> str:
        """A row that is not CSV or has another width than the header, with what is wrong; or a
        blank line.

        The cells added stand under their columns, and what the row has too many behind them; what
        is not CSV has no cells to be told apart and stays as it is.
        """
        width = len(self._table.header)
        if fault:
            row, reason, end = fault.cells, fault.reason, len(text)
        elif row:
            reason = f"{counted(len(row), 'cell')} in place of {width}"
            end = self._table.end_of(text, width)
        else:
            return "\n"
        place = self._found.pass_by(self._join.without_answer((), reason), {}, "")
        self._count([place], [line])
        missing = self._table.delimiter * (width - len(row))
        return f"{text[:end]}{missing}{self._found.texts[place]}{text[end:]}\n"


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
    with csv_stream.opened(path, encoding, delimiter, (*states, *dates)) as table:
        annotation = Annotation(join, table, states, dates, fail_fast=fail_fast)
        blocks = annotation.blocks()
        bar = shown(progress, table.position, table.size)
        with written_to(output, force=force) as out, bar as advance:
            write_lines([annotation.head], out)
            for block in blocks:
                write_lines(annotation.lines(block), out)
                advance(annotation.summary.rows)
    return annotation.summary


def csv_line(delimiter: str) -> Callable[[Sequence[str]], str]:
    """What makes a row a line of CSV, without its end."""
    echo: Any = SimpleNamespace(write=str)
    end = "\r\n"  # with none, Python before 3.13 leaves a cell with a line break unquoted
    write = csv.writer(echo, delimiter=delimiter, lineterminator=end).writerow
    return lambda row: str(write(row))[: -len(end)]


@contextmanager
def written_to(path: str | None, *, force: bool) -> Iterator[IO[bytes]]:
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


def write_lines(lines: Iterable[str], out: IO[bytes]) -> None:
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
