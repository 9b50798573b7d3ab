"""The rows of CSV text, against what the csv module makes of it."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Sequence
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cstocli.reading.rows import Rows, Unreadable

TEXTS = st.text('ab,;""\n\n\r', max_size=40)


class Read(NamedTuple):
    """A row that was read."""

    cells: list[str]
    fault: str
    text: str
    line: int


def read(pieces: Sequence[str]) -> tuple[list[Read], tuple[int, str] | None]:
    """The rows in the pieces of a text, and what ended the reading."""
    reader, found = Rows(","), []
    try:
        for number, piece in enumerate((*pieces, "")):
            for block in reader.read(piece, last=number == len(pieces)):
                for row, text, line in zip(block.rows, block.texts, block.lines, strict=True):
                    fault = block.faults.get(line)
                    assert not (fault and row)
                    found.append(Read(*(fault or (row, "")), text, line))
                spread = [place for place, text in enumerate(block.texts) if {*text} & {*"\r\n"}]
                assert [*block.spread] == spread
    except Unreadable as stop:
        return found, (stop.line, stop.reason)
    return found, None


def strict(text: str) -> list[list[str]] | None:
    """The rows of a text, None if it is no CSV."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return None


@given(text=TEXTS)
@example('a,"b"c\n')
@example('"a\n"b\n')
@example('a"b\n"\r\n",\r')
def test_what_is_csv_is_read_as_the_csv_module_reads_it_and_nothing_else_is(text: str) -> None:
    rows, stop = read([text])
    if strict(text) is None:
        assert stop or any(row.fault for row in rows)
    else:
        assert stop is None
        assert [row.cells for row in rows] == strict(text)
        assert not any(row.fault for row in rows)


@given(text=TEXTS)
@example('a"b,\r\n\r"a\r"')
def test_the_texts_of_rows_are_the_text_and_their_lines_those_of_an_editor(text: str) -> None:
    rows, stop = read([text])
    lines = io.StringIO(text, newline="").readlines()
    taken = 0
    for row in rows:
        whole = "".join(lines[taken : row.line])
        assert whole.removeprefix(row.text) in ("\n", "\r\n", "\r", "")
        assert whole.startswith(row.text)
        taken = row.line
    assert stop or taken == len(lines)
    assert not stop or '"' in lines[stop[0] - 1]


@given(text=TEXTS)
def test_a_line_is_refused_alone_where_a_lenient_reader_ends_it_and_strict_reading_fails(
    text: str,
) -> None:
    for row in read([text])[0]:
        if row.fault:
            assert strict(row.text) is None
            assert list(csv.reader([row.text, "next"])) == [row.cells, ["next"]]


@given(text=TEXTS, cuts=st.lists(st.integers(0, 40), max_size=5))
@example('"a\r\nb",\n', [3, 5])
@example("a\r\nb", [2])
def test_a_text_in_pieces_is_read_as_the_whole(text: str, cuts: list[int]) -> None:
    ends = [0, *sorted(cuts), len(text)]
    pieces = [text[first:last] for first, last in itertools.pairwise(ends)]
    assert read(pieces) == read([text])


@pytest.mark.parametrize(("cells", "end"), [(1, 5), (2, 10), (3, 12), (4, 15), (5, 15)])
def test_cells_end_where_a_delimiter_stands_in_the_text(cells: int, end: int) -> None:
    assert Rows(",").end_of('"a,b","""",c,""', cells) == end
