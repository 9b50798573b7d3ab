"""The rows of a user's table, whatever its shape."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from cstocli.errors import Problem, Refused
from cstocli.escape import printable, quoted
from cstocli.reading import tables
from cstocli.reading.shapes.said import Memberships, Wanted
from cstocli.reading.shape import FORMULA
from cstocli.reading.tables import Table


@contextmanager
def opened(wanted: Wanted) -> Iterator[Table]:
    """The table in a file."""
    with tables.opened(wanted.path, wanted.encoding, wanted.delimiter) as table:
        yield table


def rows(table: Table, memberships: Memberships) -> Iterator[tuple[str, list[str]]]:
    """The place and the cells of each row; one of another width is a problem."""
    width = len(table.header)
    for row, _ in table.rows():
        if not row:
            continue
        memberships.rows += 1
        place = f"line {table.line_num}"
        if len(row) == width:
            yield place, row
        else:
            memberships.problems.append(Problem(place, f"{len(row)} cells in place of {width}"))


def columns(table: Table, shape: str, names: tuple[str, ...]) -> list[int]:
    """The places of the columns that a shape has; raises Refused for a table of another shape."""
    folded = [name.strip().casefold() for name in table.header]
    for name in names:
        if name not in folded:
            raise Refused(
                f"{quoted(table.name)} has no column {name}: it is not of the shape {shape}, whose "
                f"columns are {', '.join(names)} and more"
            )
    return [table.column(name) for name in names]


def place_of(table: Table, name: str) -> int | None:
    """The place of a column that need not be there."""
    folded = [one.strip().casefold() for one in table.header]
    return folded.index(name) if name in folded else None


def file_name(path: str) -> str:
    """The name of an organisation in a file that names none: that of the file."""
    name = printable(os.path.splitext(os.path.basename(path))[0])
    return name.lstrip("".join(FORMULA)) or "table"
