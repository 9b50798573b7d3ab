"""From the rows of a table to the spells of an organisation, and to what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import compress, pairwise
from operator import attrgetter, itemgetter, lt
from typing import Any, NamedTuple

from cstocli.core.days import DAY, Bound, Known
from cstocli.core.model import LEFT, NEXT, Remark, Spell
from cstocli.core.order import clashes
from cstocli.errors import Problem
from cstocli.reading.cells import (
    Column,
    DayColumn,
    States,
    clean,
    first_day_in,
    last_day_in,
    status_in,
    verified_in,
)
from cstocli.reading.spell_file import Line, Sheet, line_place

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
    return Checked(by_state, remarks, through, sorted(problems, key=line_of))


def _verified(rows: Sequence[Line], column: Column) -> Iterator[tuple[int, dt.date]]:
    """The day in each row up to which its organisation was checked, if it has one."""
    if not any(column.values()):
        return
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
    if {*map(len, map(itemgetter(1), rows))} - {width}:
        raise ValueError("ragged")
    cells = [*zip(*(row for _, row in rows), strict=True)] or [()] * width
    cells.append(("",) * len(rows))
    read = (column.all_of(cells[column.place]) for column in columns)
    codes, statuses, firsts, lasts, remarks, _ = read
    first_days, first_bounds = _split(firsts, 0)
    last_days, last_bounds = _split(lasts, 1)
    ended = [last or dt.date.max for last in last_days] if None in last_days else last_days
    if any(map(lt, ended, first_days)):
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
    if Bound not in {*map(type, days)}:
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
    other_line, line = sorted(problems, key=line_of)
    return Problem(line.place, f"{why} {other_line.place}, of {spell.state}")


def line_of(problem: Problem) -> int:
    """The number of the line that a problem is on."""
    return int(problem.place.removeprefix("line "))
