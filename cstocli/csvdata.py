"""From a CSV or TSV of spells to records: any organisation's membership, as people keep it.

The first line names the columns, in any order: `state`, `first_day` and `last_day` (empty while
the spell lasts), and if there are such, `organisation`, `status` (`member` where it is empty)
and `remark`. Further columns are ignored. Days are `YYYY-MM-DD`; a bound known only to the month
or the year is `YYYY-MM` or `YYYY`. A state is a country by any of its names and codes, or else
the exact text.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

from cstocli import names
from cstocli.bounds import DAY, first_bound, last_bound, meet, turn
from cstocli.escape import printable, quoted
from cstocli.files import BrokenDataset, UnreadableFile, read_bytes
from cstocli.model import (
    LEFT,
    NEXT,
    Basis,
    Organisation,
    Records,
    Refused,
    Remark,
    Spell,
    State,
    Status,
)
from cstocli.rules import FORMULA, SENTINELS, Problem

MEMBER = "member"
"""The status that counts, and that of a spell which names none."""
_NEEDED = ("state", "first_day", "last_day")
_OPTIONAL = ("organisation", "status", "remark")
_DELIMITERS = (",", "\t", ";")
_MONTH_OR_YEAR = "[0-9]{4}(-[0-9]{2})?"
RULES = (
    "Every row has a cell for each column, and a state.",
    "Every first and last day is a day, a month or a year of the calendar, none a sentinel.",
    "No spell ends before it begins.",
    "The spells of a state neither overlap nor share a day.",
    "No control or bidirectional character, and no cell that a spreadsheet takes for a formula.",
)
"""What a table of spells keeps."""


Line = tuple[int, list[str]]
"""The number of a row's last line, and its cells."""


class Sheet(NamedTuple):
    """The columns that matter and the rows of a file."""

    path: str
    columns: dict[str, int]
    width: int
    rows: list[Line]


class Found(NamedTuple):
    """A spell as a row has it, and the row's line."""

    state: str
    first_day: dt.date
    last_day: dt.date | None
    status: str
    remark: str
    line: int


def is_table(path: str, data: bytes) -> bool:
    """Whether a file holds a table, and not a JSON document."""
    start = data[:100].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return not path.casefold().endswith(".json") and start not in (b"{", b"[")


def load(path: str, organisation: str | None, states: Iterable[State]) -> Records:
    """The spells of one organisation; `states` are those known by more names than a country.

    Raises BrokenDataset where the file or a row is not right, and Refused where it is not
    clear which organisation is asked about.
    """
    sheet = read(path)
    chosen, rows = choose(sheet, organisation)
    known = States(states)
    spells, problems = check(sheet, rows, known)
    if problems:
        more = f" (and {len(problems) - 1} more problems)" if len(problems) > 1 else ""
        raise BrokenDataset(f"{printable(path)}: {problems[0]}{more}")
    if not spells:
        raise BrokenDataset(f"{printable(path)}: no spell")
    return _records(sheet, chosen, spells, known)


def validate(
    path: str, organisation: str | None, states: Iterable[State]
) -> tuple[dict[str, int], list[Problem]]:
    """What is in a file, and every problem of its rows: of one organisation, or of all."""
    try:
        sheet = read(path)
    except UnreadableFile:
        raise
    except BrokenDataset as error:
        return {}, [Problem("", str(error).removeprefix(f"{printable(path)}: "))]
    chosen = [choose(sheet, organisation)] if organisation else organisations(sheet)
    known = States(states)
    counts = {"organisations": len(chosen), "states": 0, "spells": 0}
    problems = []
    for _, rows in chosen:
        spells, found = check(sheet, rows, known)
        problems += found
        counts["spells"] += sum(map(len, spells.values()))
    counts["states"] = len(known.states)
    return counts, sorted(problems, key=lambda problem: int(problem.place.split()[1]))


def read(path: str) -> Sheet:
    """The table in a regular file of UTF-8, with or without a byte order mark.

    Raises BrokenDataset for everything else.
    """
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenDataset(f"{printable(path)}: not UTF-8 text") from error
    first_line = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        raise BrokenDataset(f"{printable(path)}: line {reader.line_num}: {error}") from error
    columns = {name: header.index(name) for name in (*_NEEDED, *_OPTIONAL) if name in header}
    for name in _NEEDED:
        if name not in columns:
            raise BrokenDataset(
                f"{printable(path)}: there is no column {name}; a table of spells has the columns "
                f"{', '.join(_NEEDED)}, and may have {', '.join(_OPTIONAL)}"
            )
    for name in columns:
        if header.count(name) > 1:
            raise BrokenDataset(f"{printable(path)}: the column {name} stands twice")
    return Sheet(path, columns, len(header), rows)


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
        return [(os.path.splitext(os.path.basename(sheet.path))[0], sheet.rows)]
    found: dict[str, list[Line]] = {}
    for line, row in sheet.rows:
        name = row[column].strip() if len(row) > column else ""
        found.setdefault(name, []).append((line, row))
    return list(found.items())


def pick(organisations: list[str], wanted: str | None, path: str) -> str:
    """The organisation of that name, in any case, or the only one.

    Raises Refused, with suggestions, where there is none or it is not clear.
    """
    if wanted is None and len(organisations) == 1:
        return organisations[0]
    for name in organisations:
        if wanted is not None and name.casefold() == wanted.strip().casefold():
            return name
    listing = ", ".join(printable(name) for name in organisations[:40])
    listing += f" and {len(organisations) - 40} more" if len(organisations) > 40 else ""
    if wanted is None:
        several = f"{len(organisations)} organisations" if organisations else "no organisation"
        raise Refused(f"{printable(path)} has {several}; choose one with --org: {listing}")
    from difflib import get_close_matches

    folded = {name.casefold(): name for name in organisations}
    close = [folded[name] for name in get_close_matches(wanted.casefold(), folded)]
    advice = (
        f"did you mean {' or '.join(map(printable, close))}?" if close else f"there is {listing}"
    )
    raise Refused(f"{printable(path)} has no organisation {quoted(wanted)}; {advice}")


class States(dict[str, str]):
    """The code of the state that each text means, found when it is first asked for."""

    def __init__(self, known: Iterable[State]) -> None:
        self.states: dict[str, State] = {}
        self._known = {names.fold(form): state for state in known for form in names.forms(state)}

    def __missing__(self, text: str) -> str:
        name = text.strip()
        state = self._known.get(names.fold(name)) or _state(name)
        self.states.setdefault(state.code, state)
        self[text] = state.code
        return state.code


def _state(name: str) -> State:
    """The country of that name, or else what is called exactly so."""
    if not name:
        raise ValueError("there is no state")
    clean(name)
    code, called = names.country(name) or (name, name)
    return State(code, None, None, None, None, called, called, called, called, (), ())


def clean(text: str) -> str:
    """The text, if every character of it shows and no spreadsheet takes it for a formula."""
    if printable(text) != text:
        raise ValueError(f"{quoted(text)} holds a character that does not show")
    if text.startswith(FORMULA):
        raise ValueError(f"{quoted(text)} begins like a formula")
    return text


def check(
    sheet: Sheet, rows: Iterable[Line], states: States
) -> tuple[dict[str, list[Found]], list[Problem]]:
    """The spells in rows, by state and in order, and the problems, each with its line."""
    spells: dict[str, list[Found]] = {}
    problems = []
    cells = _cells(sheet)
    for line, row in rows:
        try:
            if len(row) != sheet.width:
                raise ValueError(f"{len(row)} cells in place of {sheet.width}")
            state, first, last, status, remark = cells(row)
            found = Found(
                states[state],
                _bound(first_bound, first.strip()),
                _bound(last_bound, last.strip()) if last.strip() else None,
                _status(status),
                clean(remark.strip()),
                line,
            )
            _forwards(found)
        except ValueError as error:
            problems.append(Problem(f"line {line}", str(error)))
        else:
            spells.setdefault(found.state, []).append(found)
    for of_state in spells.values():
        of_state.sort(key=lambda found: turn(found.first_day, found.last_day))
        problems += (
            Problem(f"line {after.line}", f"shares days with line {before.line}, of {before.state}")
            for before, after in pairwise(of_state)
            if meet(before.first_day, before.last_day, after.first_day)
        )
    return spells, problems


def _cells(sheet: Sheet) -> Callable[[list[str]], Iterable[str]]:
    """From a row to the cells of the columns that matter; empty where there is no column."""
    at = [sheet.columns.get(name, -1) for name in (*_NEEDED, "status", "remark")]
    return lambda row: [row[column] if column >= 0 else "" for column in at]


def _status(text: str) -> str:
    """The status of a cell, `member` where it is empty."""
    status = clean(text.strip())
    return MEMBER if status.casefold() in ("", MEMBER) else status


def _bound(read: Callable[[str], dt.date], text: str) -> dt.date:
    """The first or last day in a cell."""
    if not text:
        raise ValueError("there is no first_day")
    if text in SENTINELS:
        raise ValueError(f"{text} stands for an unknown day; leave the cell empty")
    if len(text) == len("YYYY-MM-DD") and text[4] == text[7] == "-":
        return dt.date.fromisoformat(text)
    if not re.fullmatch(_MONTH_OR_YEAR, text):
        raise ValueError(f"{quoted(text)} is no day; type YYYY-MM-DD, or YYYY-MM or YYYY")
    return read(text)


def _forwards(found: Found) -> None:
    """Refuse a spell that ends before it begins."""
    if found.last_day and found.last_day < found.first_day:
        raise ValueError(f"last_day {found.last_day} is before first_day {found.first_day}")


def _records(
    sheet: Sheet, organisation: str, found: dict[str, list[Found]], states: States
) -> Records:
    """The records of one organisation."""
    statuses = dict.fromkeys(spell.status for spells in found.values() for spell in spells)
    return Records(
        release=printable(os.path.basename(sheet.path)),
        verified_through=None,
        licence="",
        organisation=Organisation(organisation, organisation, None, None, None, ()),
        statuses=[_described(status) for status in {MEMBER: None, **statuses}],
        bases=[Basis(MEMBER, True, frozenset({MEMBER}), "the status member", None, None, None)],
        kinds=(),
        states=sorted((states.states[code] for code in found), key=lambda state: state.name),
        acts=(),
        spells=[spell for spells in found.values() for spell in _spells(spells)],
        disputes=(),
        remarks=[
            Remark(f"line-{spell.line}", code, spell.first_day, spell.last_day, spell.remark, ())
            for code, spells in found.items()
            for spell in spells
            if spell.remark
        ],
        open_questions=(),
        sources=(),
    )


def _described(status: str) -> Status:
    """A status in words."""
    if status == MEMBER:
        return Status(status, "counted", "was a member", "is a member")
    return Status(status, "not counted", f"had the status {status}", f"has the status {status}")


def _spells(of_state: list[Found]) -> Iterable[Spell]:
    """The spells of a state; one ends in the next status where that begins on the next day."""
    for found, following in zip(of_state, [*of_state[1:], None], strict=True):
        ended = None
        if found.last_day:
            next_day = following.first_day if following else None
            known = type(found.last_day) is type(next_day) is dt.date
            ended = NEXT if known and next_day == found.last_day + DAY else LEFT
        yield Spell(
            f"{found.state}-{found.first_day}",
            found.state,
            found.status,
            found.first_day,
            found.last_day,
            None,
            None,
            ended,
            None,
        )
