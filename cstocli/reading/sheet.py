"""A table of spells as it stands in a file: its columns, its rows, its organisations."""

from __future__ import annotations

import csv
import io
import os
from typing import NamedTuple

from cstocli.errors import Refused, broken
from cstocli.escape import printable, quoted
from cstocli.reading.shape import FORMULA
from cstocli.reading.tables import DELIMITERS, Lines, delimiter_of

_NEEDED = ("state", "first_day", "last_day")
_HEADER = 10_000
"""How many characters are looked at for what separates the names of the columns."""
_OPTIONAL = ("organisation", "status", "remark")
Line = tuple[int, list[str]]
"""The number of a row's last line, and its cells."""


class Sheet(NamedTuple):
    """The columns that matter and the rows of a file."""

    path: str
    columns: dict[str, int]
    width: int
    rows: list[Line]

    def place(self, column: str) -> int:
        """Where a column stands; behind all others where there is none."""
        return self.columns.get(column, self.width)


def line_place(number: int) -> str:
    """The place of a problem."""
    return f"line {number}"


def read(path: str, data: bytes) -> Sheet:
    """The table in a file's data, UTF-8 with or without a byte order mark.

    Raises BrokenDataset for everything else.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise broken(path, "not UTF-8 text; save it as UTF-8") from error
    delimiter = _delimiter(next(iter(text[:_HEADER].splitlines()), ""))
    lines = Lines(io.StringIO(text, newline=""))
    reader = csv.reader(lines if '"' in text else lines.all, delimiter=delimiter)
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
        found = lines.complete(reader) if '"' in text else reader
        rows = [(reader.line_num, row) for row in found if row]
    except csv.Error as error:
        raise broken(path, str(error), line_place(reader.line_num)) from error
    columns = {name: header.index(name) for name in (*_NEEDED, *_OPTIONAL) if name in header}
    for name in _NEEDED:
        if name not in columns:
            raise broken(
                path,
                f"there is no column {name}; a table of spells has the columns "
                f"{', '.join(_NEEDED)}, and may have {', '.join(_OPTIONAL)}",
            )
    for name in columns:
        if header.count(name) > 1:
            raise broken(path, f"the column {name} stands twice")
    return Sheet(path, columns, len(header), rows)


def _delimiter(first_line: str) -> str:
    """What separates the names of the columns: that by which the needed ones are found."""
    for delimiter in DELIMITERS:
        cells = next(csv.reader([first_line], delimiter=delimiter), [])
        if {*_NEEDED} <= {cell.strip().casefold() for cell in cells}:
            return delimiter
    return delimiter_of(first_line)


def choose(sheet: Sheet, wanted: str | None) -> tuple[str, list[Line]]:
    """The organisation asked about, and its rows.

    Raises Refused where there are several and none is asked about, or not the one that is.
    """
    found = dict(organisations(sheet))
    chosen = pick([name for name in found if name], wanted, sheet.path)
    return chosen, found[chosen]


def organisations(sheet: Sheet) -> list[tuple[str, list[Line]]]:
    """Each organisation of a file with its rows; a file without such a column is one itself."""
    column = sheet.columns.get("organisation")
    if column is None:
        return [(file_name(os.path.splitext(sheet.path)[0]), sheet.rows)]
    found: dict[str, list[Line]] = {}
    for line, row in sheet.rows:
        name = row[column].strip() if len(row) > column else ""
        found.setdefault(name, []).append((line, row))
    return list(found.items())


def file_name(path: str) -> str:
    """The name of a file, as far as no spreadsheet takes it for a formula."""
    return printable(os.path.basename(path)).lstrip("".join(FORMULA)) or "table"


def pick(organisations: list[str], wanted: str | None, path: str) -> str:
    """The organisation of that name, in any case, or the only one.

    Raises Refused, with suggestions, where there is none or it is not clear.
    """
    if wanted is None and len(organisations) == 1:
        return organisations[0]
    if wanted is not None:
        for same in (str, str.casefold):
            found = [name for name in organisations if same(name) == same(wanted.strip())]
            if len(found) == 1:
                return found[0]
    listing = ", ".join(printable(name) for name in organisations[:40])
    listing += f" and {len(organisations) - 40} more" if len(organisations) > 40 else ""
    if wanted is None:
        several = f"{len(organisations)} organisations" if organisations else "no organisation"
        raise Refused(f"{printable(path)} has {several}; choose one (--org NAME): {listing}")
    from difflib import get_close_matches

    folded = {name.casefold(): name for name in organisations}
    close = [folded[name] for name in get_close_matches(wanted.casefold(), folded)]
    advice = f"did you mean {' or '.join(map(printable, close))}?" if close else f"it has {listing}"
    raise Refused(f"{printable(path)} has no organisation {quoted(wanted)}; {advice}")
