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
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import compress, pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from cstocli import names
from cstocli.bounds import DAY, first_bound, last_bound
from cstocli.escape import printable, quoted
from cstocli.files import BrokenDataset
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
from cstocli.ruling import clashes
from cstocli.tables import DELIMITERS, Lines, delimiter_of

MEMBER = "member"
"""The status that counts, and that of a spell which names none."""
_NEEDED = ("state", "first_day", "last_day")
_HEADER = 10_000
"""How many characters are looked at for what separates the names of the columns."""
_OPTIONAL = ("organisation", "status", "remark")
RULES = (
    "Every row has a cell for each column, and a state.",
    "Every first and last day is a day, a month or a year of the calendar, none a sentinel.",
    "No spell ends before it begins.",
    "The spells of a state neither overlap nor share a day, and their order is known.",
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


def is_table(path: str, data: bytes) -> bool:
    """Whether a file holds a table, and not a JSON document."""
    start = data[:100].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return not path.casefold().endswith(".json") and start not in (b"{", b"[")


def load(path: str, data: bytes, organisation: str | None, states: Iterable[State]) -> Records:
    """The spells of one organisation in a file's data; `states` are known by more names.

    Raises BrokenDataset where the file or a row is not right, and Refused where it is not
    clear which organisation is asked about.
    """
    sheet = read(path, data)
    chosen, rows = choose(sheet, organisation)
    known = States(states)
    found = check(sheet, rows, known)
    found.problems[:0] = [*_wrongly_called(chosen, rows), *_nowhere(sheet)]
    if found.problems:
        more = f" ({len(found.problems)} problems in all)" if found.problems[1:] else ""
        raise BrokenDataset(f"{printable(path)}: {found.problems[0]}{more}")
    if not found.spells:
        raise BrokenDataset(f"{printable(path)}: no spell")
    return _records(sheet, chosen, found, known)


def validate(
    path: str, data: bytes, organisation: str | None, states: Iterable[State]
) -> tuple[dict[str, int], list[Problem], list[str]]:
    """What is in a file, every problem of its rows, and what to look at: of one organisation, or
    of all.
    """
    try:
        sheet = read(path, data)
    except BrokenDataset as error:
        return {}, [Problem("", str(error).removeprefix(f"{printable(path)}: "))], []
    chosen = [choose(sheet, organisation)] if organisation else organisations(sheet)
    known = States(states)
    counts = {"organisations": len(chosen), "states": 0, "spells": 0}
    problems = []
    statuses: dict[str, int] = {}
    for name, rows in chosen:
        if not name:
            continue
        found = check(sheet, rows, known)
        problems += found.problems
        counts["spells"] += sum(map(len, found.spells.values()))
        for spell in (spell for spells in found.spells.values() for spell in spells):
            statuses[spell.status] = statuses.get(spell.status, 0) + 1
        problems += _wrongly_called(name, rows)
    problems += _nowhere(sheet)
    counts["states"] = len(known.named)
    if not counts["spells"] and not problems:
        problems = [Problem("line 1", "no spell follows")]
    return counts, sorted(problems, key=_line), _to_look_at(statuses, known)


def _nowhere(sheet: Sheet) -> list[Problem]:
    """The rows that belong to no organisation."""
    rows = dict(organisations(sheet)).get("", [])
    return [Problem(_place(line), "there is no organisation") for line, _ in rows]


def _wrongly_called(name: str, rows: Sequence[Line]) -> list[Problem]:
    """What is wrong with the name of an organisation, at its first row."""
    try:
        clean(name)
    except ValueError as error:
        return [Problem(_place(rows[0][0]), str(error))]
    return []


def _to_look_at(statuses: dict[str, int], states: States) -> list[str]:
    """What may be a slip, though no rule is broken: statuses, and states that are no country."""
    notes = [
        f"Status {status}: {count} spells, {'counted' if status == MEMBER else 'not counted'}."
        for status, count in statuses.items()
        if len(statuses) > 1 or status != MEMBER
    ]
    if states.others:
        notes.append(f"No country, kept by their text: {', '.join(states.others)}.")
    return notes


def read(path: str, data: bytes) -> Sheet:
    """The table in a file's data, UTF-8 with or without a byte order mark.

    Raises BrokenDataset for everything else.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenDataset(f"{printable(path)}: not UTF-8 text; save it as UTF-8") from error
    delimiter = _delimiter(next(iter(text[:_HEADER].splitlines()), ""))
    lines = Lines(io.StringIO(text, newline=""))
    reader = csv.reader(lines if '"' in text else lines.all, delimiter=delimiter)
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
        found = lines.complete(reader) if '"' in text else reader
        rows = [(reader.line_num, row) for row in found if row]
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
        name = printable(os.path.splitext(os.path.basename(sheet.path))[0])
        return [(name.lstrip("".join(FORMULA)) or "table", sheet.rows)]
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


class States:
    """The states that rows name."""

    def __init__(self, known: Iterable[State]) -> None:
        self.named: dict[str, State] = {}
        """Those named by a row, by code."""
        self.others: list[str] = []
        """Those that are no country."""
        self._known = {
            names.looked_up(form): state for state in known for form in names.forms(state)
        }

    def code(self, name: str) -> str:
        """The code of the state that a text means."""
        state = self._known.get(names.looked_up(name)) or self._state(name)
        self.named.setdefault(state.code, state)
        return state.code

    def _state(self, name: str) -> State:
        """The country of that name, or else what is called so."""
        if not name:
            raise ValueError("there is no state")
        if len(name) > names.LONGEST:
            raise ValueError(f"{quoted(name)} is too long for the name of a state")
        clean(name)
        country = names.country(name)
        if not country and name not in self.named:
            self.others.append(name)
        code, called = country or (name, name)
        return State(code, None, None, None, None, called, called, called, called, (), ())


def clean(text: str) -> str:
    """The text, if every character of it shows and no spreadsheet takes it for a formula."""
    if printable(text) != text:
        raise ValueError(f"{quoted(text)} holds a character that does not show")
    if text.startswith(FORMULA):
        raise ValueError(f"{quoted(text)} begins like a formula")
    return text


class Column(dict[str, Any]):
    """What each cell of a column means; each text is read once."""

    def __init__(self, sheet: Sheet, name: str, read: Callable[[str], Any]) -> None:
        self.place = sheet.columns.get(name, sheet.width)
        """Where the column stands; behind all others where there is none."""
        self.read = read

    def __missing__(self, text: str) -> Any:
        value = self[text] = self.read(text.strip())
        return value


class DayColumn(Column):
    """A column of days; one that is known to the day is read in half the time."""

    bounds = False
    """Whether a month or a year was read."""

    def __missing__(self, text: str) -> Any:
        if len(text) == len("YYYY-MM-DD") and text[4] == text[7] == "-" and text not in SENTINELS:
            try:
                day = self[text] = dt.date.fromisoformat(text)
            except ValueError:
                return super().__missing__(text)
            return day
        self.bounds |= bool(text.strip())
        return super().__missing__(text)


_spell = partial(tuple.__new__, Spell)
"""A spell of its fields; called so, it is made in half the time, and there are many."""


class Checked(NamedTuple):
    """The spells of an organisation by state and in order, their remarks, and the problems."""

    spells: dict[str, list[Spell]]
    remarks: list[Remark]
    problems: list[Problem]


def check(sheet: Sheet, rows: Sequence[Line], states: States) -> Checked:
    """What the rows of one organisation say; a problem is named by the row's line.

    Rows without a problem, as nearly all are, are read a column at a time, which takes a third
    of the time; only where that fails, row by row.
    """
    columns = (
        Column(sheet, "state", states.code),
        Column(sheet, "status", _status),
        DayColumn(sheet, "first_day", _first_day),
        DayColumn(sheet, "last_day", _last_day),
        Column(sheet, "remark", clean),
    )
    problems: list[Problem] = []
    try:
        spells, remarks = _spells(rows, sheet.width, columns)
    except ValueError:
        problems = list(_problems(rows, sheet.width, columns))
        bad = {problem.place for problem in problems}
        good = [line for line in rows if _place(line[0]) not in bad]
        spells, remarks = _spells(good, sheet.width, columns)
    by_state: dict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        by_state[spell.state].append(spell)
    known = not any(isinstance(column, DayColumn) and column.bounds for column in columns)
    for of_state in by_state.values():
        of_state.sort(key=attrgetter("first_day"))
        problems += _connect(of_state, known)
    return Checked(by_state, remarks, sorted(problems, key=_line))


def _place(line: int) -> str:
    """The place of a problem."""
    return f"line {line}"


def _spells(
    rows: Sequence[Line], width: int, columns: Iterable[Column]
) -> tuple[list[Spell], list[Remark]]:
    """The spells and the remarks in rows.

    Raises ValueError where a row is not right.
    """
    if any(len(row) != width for _, row in rows):
        raise ValueError("ragged")
    cells = [*zip(*(row for _, row in rows), strict=True)] or [()] * width
    cells.append(("",) * len(rows))
    read = (list(map(column.__getitem__, cells[column.place])) for column in columns)
    codes, statuses, first_days, last_days, remarks = read
    if any(last and last < first for first, last in zip(first_days, last_days, strict=True)):
        raise ValueError("reversed")
    ids = [f"line-{line}" for line, _ in rows]
    ended = [LEFT if last else None for last in last_days]
    none = [None] * len(rows)
    fields = zip(ids, codes, statuses, first_days, last_days, none, none, ended, none, strict=True)
    spells = list(map(_spell, fields))
    remarked = compress(zip(spells, remarks, strict=True), remarks)
    return spells, [
        Remark(spell.id, spell.state, spell.first_day, spell.last_day, remark, ())
        for spell, remark in remarked
    ]


def _problems(rows: Iterable[Line], width: int, columns: Iterable[Column]) -> Iterator[Problem]:
    """What is wrong with rows, one problem a row."""
    for line, row in rows:
        try:
            if len(row) != width:
                raise ValueError(f"{len(row)} cells in place of {width}")
            cells = [*row, ""]
            _, _, first, last, _ = (column[cells[column.place]] for column in columns)
            if last and last < first:
                raise ValueError(f"last_day {last} is before first_day {first}")
        except ValueError as error:
            yield Problem(_place(line), str(error))


def _connect(of_state: list[Spell], known: bool) -> Iterator[Problem]:
    """Say which spells of a state end in the next one, and which cannot follow another."""
    if not known:
        stretches = [(spell.first_day, spell.last_day) for spell in of_state]
        for later, earlier, why in clashes(stretches):
            yield _clash(of_state[later], of_state[earlier], why)
    for index, (spell, following) in enumerate(pairwise(of_state)):
        last_day, first_day = spell.last_day, following.first_day
        if last_day is None or last_day >= first_day:
            if known:
                yield _clash(following, spell, "shares days with")
        elif last_day + DAY == first_day and _to_the_day(spell, following):
            of_state[index] = spell._replace(ended=NEXT)


def _to_the_day(spell: Spell, following: Spell) -> bool:
    """Whether it is known to the day when one spell ends and the other begins."""
    return type(spell.last_day) is type(following.first_day) is dt.date


def _clash(spell: Spell, other: Spell, why: str) -> Problem:
    """Two spells that cannot follow each other, told of the one that stands later in the file."""
    problems = [Problem(one.id.replace("-", " "), "") for one in (spell, other)]
    other_line, line = sorted(problems, key=_line)
    return Problem(line.place, f"{why} {other_line.place}, of {spell.state}")


def _line(problem: Problem) -> int:
    """The number of the line that a problem is on."""
    return int(problem.place.removeprefix("line "))


def _status(text: str) -> str:
    """The status of a cell, `member` where it is empty."""
    if "{" in text:
        raise ValueError(f"{quoted(text)} is no status: it holds a brace")
    return MEMBER if text.casefold() in ("", MEMBER) else clean(text)


def _first_day(text: str) -> dt.date:
    """The first day in a cell."""
    if not text:
        raise ValueError("there is no first_day")
    return _bound(first_bound, text)


def _last_day(text: str) -> dt.date | None:
    """The last day in a cell; none while the spell lasts."""
    return _bound(last_bound, text) if text else None


def _bound(read: Callable[[str], dt.date], text: str) -> dt.date:
    """A day, month or year of the calendar."""
    if text in SENTINELS:
        raise ValueError(f"{text} stands for an unknown day; leave the cell empty")
    return read(text)


def _records(sheet: Sheet, organisation: str, found: Checked, states: States) -> Records:
    """The records of one organisation."""
    spells = [spell for of_state in found.spells.values() for spell in of_state]
    statuses = {MEMBER: None, **dict.fromkeys(spell.status for spell in spells)}
    return Records(
        release=printable(os.path.basename(sheet.path)),
        verified_through=None,
        licence="",
        organisation=Organisation(organisation, organisation, None, None, None, ()),
        statuses=map(_described, statuses),
        bases=[Basis(MEMBER, True, frozenset({MEMBER}), "the status member", None, None, None)],
        kinds=(),
        states=sorted((states.named[code] for code in found.spells), key=attrgetter("name")),
        acts=(),
        spells=spells,
        disputes=(),
        remarks=found.remarks,
        open_questions=(),
        sources=(),
    )


def _described(status: str) -> Status:
    """A status in words."""
    if status == MEMBER:
        return Status(status, "counted", "was a member", "is a member")
    return Status(status, "not counted", f"had the status {status}", f"has the status {status}")
