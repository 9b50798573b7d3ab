"""A table of spells as it stands in a file: its columns, its rows, its organisations."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple

from cstocli.core.days import known
from cstocli.errors import BrokenDataset, Problem, Refused, broken
from cstocli.escape import printable, quoted
from cstocli.reading.files import gunzipped
from cstocli.reading.head import head
from cstocli.reading.rows import Rows, Unreadable
from cstocli.reading.shape import FORMULA
from cstocli.reading.signatures import kind_of, utf_16
from cstocli.tabular.header import folded
from cstocli.tabular.kinds import kind_of as kind_of_columns

_NEEDED = ("state", "first_day", "last_day")
_PIECE = 256 * 1024
"""How many characters are read at a time, so that no file of blank lines takes much memory."""
_OPTIONAL = ("organisation", "status", "remark", "verified_through")
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
    """The table in a file's data, UTF-8 with or without a byte order mark; gunzipped where the
    name of the file ends in `.gz`, and of typed columns where its suffix says so.

    Raises BrokenDataset for everything else.
    """
    if kind_of_columns(path):
        from cstocli.reading import typed_columns

        try:
            return _sheet(path, *typed_columns.table(path, _NEEDED))
        except Refused as refusal:
            raise broken(path, str(refusal)) from None
    if path.casefold().endswith(".gz"):
        data = gunzipped(path, data)
    kind = kind_of(data)
    if kind:
        raise broken(path, f"{kind.name}; {kind.advice}")
    if utf_16(data):
        raise broken(path, "not UTF-8 text but UTF-16; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise broken(path, "not UTF-8 text; save it as UTF-8") from error
    (_, names), *rows = _rows(path, text) or [(1, [])]
    return _sheet(path, names, rows)


def _sheet(path: str, names: list[str], rows: list[Line]) -> Sheet:
    """The columns that matter among those of these names, and the rows.

    Raises BrokenDataset where one is not there, or there twice.
    """
    header = [folded(name) for name in names]
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


def _rows(path: str, text: str) -> list[Line]:
    """The rows, of which the first names the columns; raises BrokenDataset for what is no CSV."""
    begun = head(text, _NEEDED)
    if not begun:
        return []
    reader = Rows(begun.delimiter, len(begun.before))
    at = sum(map(len, begun.before))
    rows: list[Line] = []
    problems: list[Problem] = []
    try:
        while at < len(text):
            piece = text[at : at + max(_PIECE, len(reader.rest))]
            at += len(piece)
            for block in reader.read(piece, last=at == len(text)):
                lines = zip(block.lines, block.rows, strict=True)
                rows += [line for line in lines if line[1]]
                problems += [Problem(line_place(n), f.reason) for n, f in block.faults.items()]
                for place in block.spread:
                    reader.refuse_swallowed(block, place, _spells_of(rows[0][1]))
    except Unreadable as error:
        problems.append(Problem(line_place(error.line), error.reason))
    if problems:
        raise BrokenDataset(path, problems)
    return rows


def _spells_of(names: list[str]) -> Callable[[list[str]], bool]:
    """What says whether cells are those of a spell, in a table with columns of these names."""
    header = [folded(name) for name in names]
    places = [header.index(name) for name in _NEEDED if name in header]

    def is_spell(cells: list[str]) -> bool:
        if len(cells) != len(header) or len(places) != len(_NEEDED):
            return False
        state, first_day, last_day = (cells[place].strip() for place in places)
        try:
            known(first_day)
            return bool(state and (not last_day or known(last_day)))
        except ValueError:
            return False

    return is_spell


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
        return [(own_name(sheet.path), sheet.rows)]
    found: dict[str, list[Line]] = {}
    for line, row in sheet.rows:
        name = row[column].strip() if len(row) > column else ""
        found.setdefault(name, []).append((line, row))
    return list(found.items())


def own_name(path: str) -> str:
    """The name of the organisation of a file that names none: that of the file."""
    path = path[:-3] if path.casefold().endswith(".gz") else path
    return file_name(os.path.splitext(path)[0])


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
