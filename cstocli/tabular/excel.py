"""Workbooks of Excel, read by calamine, which knows values and not formulas.

A cell has a sort of its own. Where a column must have one, that of all its cells is looked for.
"""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.tabular.extras import FILES, needed
from cstocli.tabular.fields import MOMENT, NUMBER, Batch, Field, Source, sort_of, text_of
from cstocli.tabular.header import folded

_ROWS = 10_000
"""How many rows are handed on at a time."""
_PIECE, _LONGEST = 1 << 20, 1 << 14
"""How many bytes of a sheet are looked at together, and how many of a cell at most."""
_EMPTY = {
    "Cells with an error, such as #N/A or #DIV/0!, were read as empty.": re.compile(b' t="e"'),
    "Cells with a formula that nothing has calculated were read as empty; save the workbook in "
    "Excel first.": re.compile(rb"(?:</f>|<f[^>]*/>)(?:<v ?/>|<v></v>)?</c>"),
}
"""What calamine takes for an empty cell, by what is to be said."""
Table = tuple[tuple[int, int], list[list[Any]]]
"""Where the cells of a sheet begin, counted from 0, and their rows."""


class ExcelSource(Source):
    """The rows of a sheet: the one that is told, or the only one with the columns asked for."""

    kind = ".xlsx"

    def __init__(self, path: str, sheet: str | None, columns: Iterable[str]) -> None:
        with needed(FILES, f"{self.kind} files"):
            import python_calamine
        self.name = path
        try:
            book = python_calamine.CalamineWorkbook.from_path(path)
            self.sheet, table = self._chosen(book, sheet, {*map(folded, columns)})
        except python_calamine.CalamineError as error:
            raise Refused(f"cannot read {quoted(path)}: {error}") from None
        self.begins, (header, *self._rows) = table
        self.count = len(self._rows)
        columns_of = zip(*self._rows, strict=True) if self._rows else [()] * len(header)
        self.fields = [
            Field(text_of(name), _sort(cells), more={"head": name})
            for name, cells in zip(header, columns_of, strict=True)
        ]

    def _chosen(self, book: Any, sheet: str | None, columns: set[str]) -> tuple[str, Table]:
        """The sheet that is meant; raises Refused where it is not clear."""
        names: list[str] = book.sheet_names
        if sheet is not None and sheet not in names:
            raise Refused(f"{quoted(self.name)} has no sheet {quoted(sheet)}; it has "
                          f"{', '.join(map(quoted, names))}")  # fmt: skip
        found = {name: _table(book, name) for name in ([sheet] if sheet else names)}
        filled = {name: table for name, table in found.items() if table[1]}
        fitting = [
            name
            for name, (_, rows) in filled.items()
            if columns <= {folded(text_of(cell)) for cell in rows[0]}
        ]
        if len(fitting) > 1:
            said = " or ".join(f"--sheet {quoted(name)}" for name in fitting[:10])
            raise Refused(f"{quoted(self.name)} has these columns in several sheets; say {said}")
        if not filled:
            raise Refused(f"{quoted(self.name)} is empty: a first row must name the columns")
        chosen = (fitting or [*filled])[0]
        others = [name for name in names if name != chosen]
        told = [f"The sheet {chosen} was read, and not {', '.join(others[:10])}."] if others else []
        self.notes = told + _empty(self.name)
        return chosen, filled[chosen]

    def batches(self, places: Sequence[int] | None = None) -> Iterator[Batch]:
        for start in range(0, self.count, _ROWS):
            rows = self._rows[start : start + _ROWS]
            columns = zip(self.fields, zip(*rows, strict=True), strict=True)
            values = [[_value(cell, field.sort) for cell in cells] for field, cells in columns]
            first = self.begins[0] + 2 + start
            yield Batch(dict(enumerate(values)), range(first, first + len(rows)))


def _table(book: Any, name: str) -> Table:
    """The cells of a sheet."""
    sheet = book.get_sheet_by_name(name)
    return sheet.start or (0, 0), sheet.to_python()


def _empty(path: str) -> list[str]:
    """What to say where a workbook has cells that calamine takes for empty ones."""
    from zipfile import BadZipFile, ZipFile

    found = set()
    try:
        with ZipFile(path) as book:
            for name in book.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    with book.open(name) as sheet:
                        found |= _empty_in(sheet)
    except (BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise Refused(f"cannot read {quoted(path)}: {error}") from None
    return sorted(found)


def _empty_in(sheet: IO[bytes]) -> set[str]:
    """The same of a sheet."""
    found, end = set(), b""
    while piece := sheet.read(_PIECE):
        found |= {note for note, cell in _EMPTY.items() if cell.search(end + piece)}
        end = piece[-_LONGEST:]
    return found


def _sort(cells: Sequence[Any]) -> str:
    """The sort of a column."""
    return sort_of([None if cell == "" else cell for cell in cells])


def _value(cell: Any, sort: str) -> Any:
    """What a cell holds, as the sort of its column has it."""
    if cell == "":
        return None
    if sort == NUMBER:
        return int(cell)
    if sort == MOMENT and not isinstance(cell, dt.datetime):
        return dt.datetime.combine(cell, dt.time())
    return cell
