"""The rows of a CSV, each with its very text, read as strictly as CSV is written.

A cell that begins with a quotation mark ends with one, and each one inside it is doubled; in
any other cell a quotation mark is a character like others (`5" pipe`). A line that breaks this
but leaves no cell open is a row that cannot be read, and the next line begins anew. A cell that
is open at the end of its line goes on in the next one; where it is never closed as it must be,
or where a line inside it is a row by itself, its quotation mark is a stray one that would take
whole rows into a cell, and nothing after it can be read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import NamedTuple

LONGEST = 16 * 1024 * 1024
"""How many characters a cell has at most; a line may have twice as many."""
MISPLACED = "a quotation mark is out of place; inside a quoted cell it is written twice"
NOT_CLOSED = "a quotation mark is not closed"


class Unreadable(ValueError):
    """What ends the reading of a CSV, and the line that it is on."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason


class Fault(NamedTuple):
    """A line that is no CSV."""

    cells: list[str]
    """Its cells as a lenient reader takes them."""
    reason: str


class Block(NamedTuple):
    """Rows that follow each other."""

    rows: list[list[str]]
    """Their cells; none for a blank line, and for one that is no CSV."""
    texts: list[str]
    """Their text as it stands in the file, without the end of the line."""
    lines: Sequence[int]
    """The number of the last line of each."""
    faults: dict[int, Fault]
    """The lines that are no CSV, by that number."""
    spread: Sequence[int]
    """The places of the rows that took several lines."""


class Rows:
    """The rows in the text of a CSV, which may come in pieces."""

    def __init__(self, delimiter: str, line: int = 0) -> None:
        self.delimiter = delimiter
        self.line = line
        """How many lines were read."""
        self.rest = ""
        """The text of the row that has begun and not ended."""
        self._plain = True
        """Whether each row was one line, when rows were last read."""
        other = f"[^{re.escape(delimiter)}]"
        self._cell = re.compile(f'(?:"(?:[^"]+|"")*+("?))?+({other}*+)')

    def read(self, text: str, *, last: bool = False) -> Iterator[Block]:
        """The rows that a piece of text completes.

        Raises Unreadable for what is too long, or takes other rows into its quotation marks.
        """
        text = self.rest + text
        end = len(text) if last else whole_lines(text)
        self.rest = text[end:]
        if end:
            yield from self._blocks(text[:end], last)
        if len(self.rest) > 2 * LONGEST:
            raise Unreadable(self.line + 1, f"a line of more than {2 * LONGEST} characters")

    def _blocks(self, text: str, last: bool) -> Iterator[Block]:
        """The rows in whole lines: all at once where each row is one line, as nearly always."""
        ended = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        lines = ended.removesuffix("\n").split("\n")
        rows = self._at_once(lines) if self._plain else []
        if len(rows) == len(lines):
            numbers = range(self.line + 1, self.line + len(lines) + 1)
            self.line += len(lines)
            yield Block(rows, lines, numbers, {}, ())
            return
        with long_cells():
            block, stop = self._one_by_one(text, lines, last)
        self._plain = not (block.faults or block.spread)
        if block.rows:
            yield block
        if stop:
            raise stop

    def _at_once(self, lines: Sequence[str]) -> list[list[str]]:
        """The rows in lines; as many as these only where each is one line, and is CSV."""
        try:
            with long_cells():
                return list(csv.reader(lines, delimiter=self.delimiter, strict=True))
        except csv.Error:
            return []

    def _one_by_one(
        self, text: str, ended: Sequence[str], last: bool
    ) -> tuple[Block, Unreadable | None]:
        """The rows in whole lines, which are given without their ends too, and what ends the
        reading.
        """
        lines = io.StringIO(text, newline="").readlines()
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        rows: list[list[str]] = []
        ends = [0]
        faults: dict[int, Fault] = {}
        stop = None
        while ends[-1] < len(lines) and not stop:
            try:
                for row in reader:
                    rows.append(row)
                    ends.append(reader.line_num)
            except csv.Error:
                raw = "".join(lines[ends[-1] : reader.line_num])
                wrong, is_open, open_at_end = self._fault(raw)
                if is_open and reader.line_num == len(lines) and not last:
                    self.rest = raw + self.rest
                    break
                if wrong < 0:
                    reason = f"a cell of more than {LONGEST} characters"
                    stop = Unreadable(self.line + reader.line_num, reason)
                elif reader.line_num - ends[-1] > 1 or open_at_end:
                    line = self.line + ends[-1] + 1 + breaks(raw[:wrong])
                    stop = Unreadable(line, NOT_CLOSED)
                else:
                    rows.append([])
                    ends.append(reader.line_num)
                    cells = next(csv.reader([raw], delimiter=self.delimiter))
                    faults[self.line + reader.line_num] = Fault(cells, MISPLACED)
        spread = [at for at, (first, end) in enumerate(pairwise(ends)) if end - first > 1]
        texts = [ended[end - 1] for end in ends[1:]]
        for at in spread:
            texts[at] = _without_end("".join(lines[ends[at] : ends[at + 1]]))
        block = Block(rows, texts, [self.line + end for end in ends[1:]], faults, spread)
        self.line += ends[-1]
        return block, stop

    def _fault(self, text: str) -> tuple[int, bool, bool]:
        """Where the first cell begins that is not written as CSV, or -1; whether that one is
        open at the end; and whether any is, as a lenient reader takes the text.
        """
        wrong, is_open, closed = -1, False, None
        for cell in self._cells(_without_end(text)):
            closed, more = cell.groups()
            if wrong < 0 and (closed == "" or (closed and more)):
                wrong, is_open = cell.start(), closed == ""
        return wrong, is_open, closed == ""

    def _cells(self, text: str) -> Iterator[re.Match[str]]:
        """The cells of a row as a lenient reader takes them: the closing quotation mark, and what
        follows it or is not quoted at all.
        """
        at = 0
        while at <= len(text) and (cell := self._cell.match(text, at)):
            yield cell
            at = cell.end() + 1

    def end_of(self, text: str, cells: int) -> int:
        """Where so many cells of a row end in its text."""
        ends = (cell.end() for cell in self._cells(text))
        return next((end for number, end in enumerate(ends, 1) if number == cells), len(text))

    def refuse_swallowed(
        self, block: Block, place: int, is_row: Callable[[list[str]], bool]
    ) -> None:
        """Raise Unreadable where a line inside a cell of a row is a row by itself: then it was
        one, before a stray quotation mark took it in.
        """
        cells = block.rows[place]
        if block.texts[place].count(self.delimiter) < 2 * (len(cells) - 1):
            return
        for number, cell in enumerate(cells):
            if "\n" not in cell and "\r" not in cell:
                continue
            for further, inner in enumerate(re.split("\r\n|\r|\n", cell)[1:], 1):
                if inner.count(self.delimiter) < len(cells) - 1:
                    continue
                if is_row(next(csv.reader([inner], delimiter=self.delimiter))):
                    line = block.lines[place] - breaks(block.texts[place])
                    line += sum(map(breaks, cells[:number]))
                    reason = f"{NOT_CLOSED}: line {line + further} would be part of its cell"
                    raise Unreadable(line, reason)


def whole_lines(text: str) -> int:
    """How much of a text is lines that have ended; after a last carriage return, a line feed may
    still come.
    """
    return 1 + max(text.rfind("\n"), text.rfind("\r", 0, -1))


def breaks(text: str) -> int:
    """How many lines end in a text."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _without_end(line: str) -> str:
    """A row's text without the end of its last line."""
    return line.removesuffix("\n").removesuffix("\r")


@contextmanager
def long_cells() -> Iterator[None]:
    """Where the csv module takes cells of the length that is allowed here, and no longer ones.

    Its limit is one for the whole process, which is not ours.
    """
    before = csv.field_size_limit(LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)
