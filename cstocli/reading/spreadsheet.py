"""From a CSV or TSV of spells to records: any organisation's membership, as people keep it.

The first line names the columns, in any order: `state`, `first_day` and `last_day` (empty while
the spell lasts), and if there are such, `organisation`, `status` (`member` where it is empty,
`unknown` where it is not known whether the state is counted), `remark`, and `verified_through`,
which is one day for an organisation. Further columns are ignored. Days are `YYYY-MM-DD`; a bound
known only to the month or the year is `YYYY-MM` or `YYYY`. A state is a country by any of its
names and letters, or else the exact text; or else what its code means in a scheme.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import compress, pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from cstocli.core.days import DAY, Bound, Known
from cstocli.core.model import (
    LEFT,
    NEXT,
    NOT_KNOWN,
    Basis,
    Organisation,
    Remark,
    Spell,
    State,
    Status,
)
from cstocli.core.order import clashes
from cstocli.core.records import Records
from cstocli.errors import BrokenDataset, Problem, broken
from cstocli.reading.cells import (
    DOUBTFUL,
    MEMBER,
    Column,
    DayColumn,
    States,
    clean,
    first_day_in,
    last_day_in,
    status_in,
    verified_in,
)
from cstocli.reading.coded import states_under
from cstocli.reading.sheet import Line, Sheet, choose, file_name, line_place, organisations, read

RULES = (
    "Every row has a cell for each column, and a state.",
    "Every first and last day is a day, a month or a year of the calendar, none a sentinel.",
    "No spell ends before it begins.",
    "The spells of a state neither overlap nor share a day, and their order is known.",
    "No control or bidirectional character, and no cell that a spreadsheet takes for a formula.",
)
"""What a table of spells keeps."""


def is_table(path: str, data: bytes) -> bool:
    """Whether a file holds a table, and not a JSON document."""
    start = data[:100].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return not path.casefold().endswith(".json") and start not in (b"{", b"[")


def load(
    path: str,
    data: bytes,
    organisation: str | None,
    states: Iterable[State],
    state_code: str = "auto",
) -> Records:
    """The spells of one organisation in a file's data; `states` are known by more names, and
    `state_code` is the scheme by which they are read.

    Raises BrokenDataset where the file or a row is not right, and Refused where it is not
    clear which organisation is asked about.
    """
    sheet = read(path, data)
    chosen, rows = choose(sheet, organisation)
    nowhere = _nowhere(sheet)
    if nowhere:
        raise BrokenDataset(path, nowhere)
    return _organisation(sheet, chosen, rows, states_under(state_code, states))


def load_all(
    path: str, data: bytes, states: Iterable[State], state_code: str = "auto"
) -> Iterator[Records]:
    """The spells of every organisation in a file's data; raises BrokenDataset as `load` does."""
    sheet = read(path, data)
    known = states_under(state_code, states)
    nowhere = _nowhere(sheet)
    if nowhere:
        raise BrokenDataset(path, nowhere)
    for name, rows in organisations(sheet):
        yield _organisation(sheet, name, rows, known)


def _organisation(sheet: Sheet, name: str, rows: Sequence[Line], known: States) -> Records:
    """The spells of one organisation."""
    found = check(sheet, rows, known)
    found.problems[:0] = _wrongly_called(name, rows)
    if found.problems:
        raise BrokenDataset(sheet.path, found.problems)
    if not found.spells:
        raise broken(sheet.path, "no spell")
    return _records(sheet, name, found, known)


def validate(
    path: str,
    data: bytes,
    organisation: str | None,
    states: Iterable[State],
    state_code: str = "auto",
) -> tuple[dict[str, int], list[Problem], list[str]]:
    """What is in a file, every problem of its rows, and what to look at: of one organisation, or
    of all.
    """
    try:
        sheet = read(path, data)
    except BrokenDataset as error:
        return {}, list(error.problems), []
    chosen = [choose(sheet, organisation)] if organisation else organisations(sheet)
    known = states_under(state_code, states)
    counts = {"organisations": len(chosen), "states": 0, "spells": 0}
    problems = []
    statuses: dict[str, int] = {}
    doubtful: dict[str, int] = {}
    for name, rows in chosen:
        if not name:
            continue
        found = check(sheet, rows, known)
        problems += found.problems
        counts["spells"] += sum(map(len, found.spells.values()))
        for spell in (spell for spells in found.spells.values() for spell in spells):
            statuses[spell.status] = statuses.get(spell.status, 0) + 1
            for day in {str(spell.first_known), str(spell.last_known)} & {*DOUBTFUL}:
                doubtful[day] = doubtful.get(day, 0) + 1
        problems += _wrongly_called(name, rows)
    problems += _nowhere(sheet)
    counts["states"] = len(known.named)
    if not counts["spells"] and not problems:
        problems = [Problem("line 1", "no spell follows")]
    return counts, sorted(problems, key=_line), _to_look_at(statuses, doubtful, known)


def _nowhere(sheet: Sheet) -> list[Problem]:
    """The rows that belong to no organisation."""
    rows = dict(organisations(sheet)).get("", [])
    return [Problem(line_place(line), "there is no organisation") for line, _ in rows]


def _wrongly_called(name: str, rows: Sequence[Line]) -> list[Problem]:
    """What is wrong with the name of an organisation, at its first row."""
    try:
        clean(name)
    except ValueError as error:
        return [Problem(line_place(rows[0][0]), str(error))]
    return []


def _to_look_at(statuses: dict[str, int], doubtful: dict[str, int], states: States) -> list[str]:
    """What may be a slip, though no rule is broken: statuses, days that stand for others in many
    files, and states that are no country.
    """
    notes = [
        f"Status {status}: {count} spells, {_described(status).text}."
        for status, count in statuses.items()
        if len(statuses) > 1 or status != MEMBER
    ]
    notes += [
        f"Day {day}: {count} spells; in many files it stands for a day that is not known."
        for day, count in doubtful.items()
    ]
    if states.others:
        notes.append(f"No country, kept by their text: {', '.join(states.others)}.")
    return notes


_spell = partial(tuple.__new__, Spell)
"""A spell of its fields; called so, it is made in half the time, and there are many."""


class Checked(NamedTuple):
    """The spells of an organisation by state and in order, their remarks, and the problems."""

    spells: dict[str, list[Spell]]
    remarks: list[Remark]
    verified_through: dt.date | None
    problems: list[Problem]


def check(sheet: Sheet, rows: Sequence[Line], states: States) -> Checked:
    """What the rows of one organisation say; a problem is named by the row's line.

    Rows without a problem, as nearly all are, are read a column at a time, which takes a third
    of the time; only where that fails, row by row.
    """
    columns = (
        Column(sheet.place("state"), states.code),
        Column(sheet.place("status"), status_in),
        DayColumn(sheet.place("first_day"), first_day_in),
        DayColumn(sheet.place("last_day"), last_day_in),
        Column(sheet.place("remark"), clean),
        Column(sheet.place("verified_through"), verified_in),
    )
    problems: list[Problem] = []
    try:
        spells, remarks = _spells(rows, sheet.width, columns, states)
    except ValueError:
        problems = list(_problems(rows, sheet.width, columns, states))
        bad = {problem.place for problem in problems}
        good = [line for line in rows if line_place(line[0]) not in bad]
        spells, remarks = _spells(good, sheet.width, columns, states)
    by_state: dict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        by_state[spell.state].append(spell)
    to_the_day = not any(isinstance(column, DayColumn) and column.bounds for column in columns)
    for of_state in by_state.values():
        of_state.sort(key=attrgetter("first_day"))
        problems += _connect(of_state, to_the_day)
    verified = list(_verified(rows, columns[-1]))
    problems += _at_odds(verified)
    through = verified[0][1] if verified else None
    return Checked(by_state, remarks, through, sorted(problems, key=_line))


def _verified(rows: Sequence[Line], column: Column) -> Iterator[tuple[int, dt.date]]:
    """The day in each row up to which its organisation was checked, if it has one."""
    for line, row in rows:
        text = row[column.place] if column.place < len(row) else ""
        if column.get(text):
            yield line, column[text]


def _at_odds(verified: Sequence[tuple[int, dt.date]]) -> Iterator[Problem]:
    """The rows that give another day than the first up to which the organisation was checked."""
    for line, day in verified:
        first, through = verified[0]
        if day != through:
            said = f"verified_through is {day}, and {through} in {line_place(first)}"
            yield Problem(line_place(line), f"{said}: it is one day for an organisation")


def _spells(
    rows: Sequence[Line], width: int, columns: Iterable[Column], states: States
) -> tuple[list[Spell], list[Remark]]:
    """The spells and the remarks in rows.

    Raises ValueError where a row is not right.
    """
    if any(len(row) != width for _, row in rows):
        raise ValueError("ragged")
    cells = [*zip(*(row for _, row in rows), strict=True)] or [()] * width
    cells.append(("",) * len(rows))
    read = (list(map(column.__getitem__, cells[column.place])) for column in columns)
    codes, statuses, firsts, lasts, remarks, _ = read
    first_days, first_bounds = _split([*firsts], 0)
    last_days, last_bounds = _split([*lasts], 1)
    if any(last and last < first for first, last in zip(first_days, last_days, strict=True)):
        raise ValueError("reversed")
    codes = [*states.settled(codes, first_days, last_days)]
    ids = [f"line-{line}" for line, _ in rows]
    ended = [LEFT if last else None for last in last_days]
    none = [None] * len(rows)
    days, bounds = (first_days, last_days), (first_bounds, last_bounds)
    fields = zip(ids, codes, statuses, *days, none, none, ended, none, *bounds, strict=True)
    spells = list(map(_spell, fields))
    remarked = compress(zip(spells, remarks, strict=True), remarks)
    return spells, [
        Remark(spell.id, spell.state, spell.first_day, spell.last_day, remark, ())
        for spell, remark in remarked
    ]


def _split(days: list[Known | None], end: int) -> tuple[list[Any], list[Bound | None]]:
    """The days that count, and how far they are known: of a bound, its first day or its last."""
    if not any(isinstance(day, Bound) for day in days):
        return days, [None] * len(days)
    bounds = [day if isinstance(day, Bound) else None for day in days]
    ends = [(bound.earliest, bound.latest)[end] if bound else None for bound in bounds]
    return [counted or day for counted, day in zip(ends, days, strict=True)], bounds


def _problems(
    rows: Iterable[Line], width: int, columns: Iterable[Column], states: States
) -> Iterator[Problem]:
    """What is wrong with rows, one problem a row."""
    for line, row in rows:
        try:
            if len(row) != width:
                raise ValueError(f"{len(row)} cells in place of {width}")
            cells = [*row, ""]
            code, _, first, last, *_ = (column[cells[column.place]] for column in columns)
            (begun,), (ended,) = _split([first], 0)[0], _split([last], 1)[0]
            if ended and ended < begun:
                raise ValueError(f"last_day {last} is before first_day {first}")
            states.settled([code], [begun], [ended])
        except ValueError as error:
            yield Problem(line_place(line), str(error))


def _connect(of_state: list[Spell], to_the_day: bool) -> Iterator[Problem]:
    """Say which spells of a state end in the next one, and which cannot follow another."""
    if not to_the_day:
        stretches = [(spell.may_begin, spell.may_end) for spell in of_state]
        for later, earlier, why in clashes(stretches):
            yield _clash(of_state[later], of_state[earlier], why)
    for index, (spell, following) in enumerate(pairwise(of_state)):
        last_day, first_day = spell.last_day, following.first_day
        if last_day is None or last_day >= first_day:
            if to_the_day:
                yield _clash(following, spell, "shares days with")
        elif last_day + DAY == first_day and _meet(spell, following):
            of_state[index] = spell._replace(ended=NEXT)


def _meet(spell: Spell, following: Spell) -> bool:
    """Whether it is known to the day when one spell ends and the other begins."""
    return spell.last_bound is None and following.first_bound is None


def _clash(spell: Spell, other: Spell, why: str) -> Problem:
    """Two spells that cannot follow each other, told of the one that stands later in the file."""
    problems = [Problem(one.id.replace("-", " "), "") for one in (spell, other)]
    other_line, line = sorted(problems, key=_line)
    return Problem(line.place, f"{why} {other_line.place}, of {spell.state}")


def _line(problem: Problem) -> int:
    """The number of the line that a problem is on."""
    return int(problem.place.removeprefix("line "))


def _records(sheet: Sheet, organisation: str, found: Checked, states: States) -> Records:
    """The records of one organisation."""
    spells = [spell for of_state in found.spells.values() for spell in of_state]
    statuses = {MEMBER: None, **dict.fromkeys(spell.status for spell in spells)}
    return Records(
        release=file_name(sheet.path),
        verified_through=found.verified_through,
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
    if status == NOT_KNOWN:
        said = "a status that is not known"
        return Status(status, "not known", f"had {said}", f"has {said}")
    return Status(status, "not counted", f"had the status {status}", f"has the status {status}")
