"""The rows of a user's table, whatever its shape."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from cstocli.errors import Problem, Refused
from cstocli.escape import quoted
from cstocli.reading import csv_stream
from cstocli.reading.csv_stream import Table
from cstocli.reading.shapes.said import Memberships, Wanted
from cstocli.tabular.header import folded


@contextmanager
def opened(wanted: Wanted, names: Collection[str]) -> Iterator[Table]:
    """The table in a file, by the names of columns that it must have."""
    with csv_stream.opened(wanted.path, wanted.encoding, wanted.delimiter, names) as table:
        yield table


def rows(table: Table, memberships: Memberships) -> Iterator[tuple[str, list[str]]]:
    """The place and the cells of each row; one of another width is a problem."""
    width = len(table.header)
    for block in table.blocks(lambda cells: _is_row(cells, width)):
        for row, line in zip(block.rows, block.lines, strict=True):
            fault = block.faults.get(line)
            if not row and not fault:
                continue
            memberships.rows += 1
            place = f"line {line}"
            if not fault and len(row) == width:
                yield place, row
            else:
                reason = fault.reason if fault else f"{len(row)} cells in place of {width}"
                memberships.problems.append(Problem(place, reason))


def _is_row(cells: list[str], width: int) -> bool:
    """Whether cells look like those of a row by themselves: as many, and with a number."""
    return len(cells) == width and any(re.fullmatch("[0-9][0-9./-]*", cell) for cell in cells)


def columns(table: Table, shape: str, names: tuple[str, ...]) -> list[int]:
    """The places of the columns that a shape has; raises Refused for a table of another shape."""
    known = [folded(name) for name in table.header]
    for name in names:
        if name not in known:
            raise Refused(
                f"{quoted(table.name)} has no column {name}: it is not of the shape {shape}, whose "
                f"columns are {', '.join(names)} and more"
            )
    return [table.column(name) for name in names]


def place_of(table: Table, name: str) -> int | None:
    """The place of a column that need not be there."""
    known = [folded(one) for one in table.header]
    return known.index(name) if name in known else None
