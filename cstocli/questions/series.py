"""How many states were counted over time, and who came and went?"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from cstocli.core.days import DAY, Bound, Days, When, month_end
from cstocli.core.finding import find
from cstocli.core.model import Basis, State
from cstocli.core.records import Records
from cstocli.questions import notes, phrases
from cstocli.questions.answer import Answer, always, answered, covered
from cstocli.questions.drawing import Step, Steps, doubtful, footer, subject


class SeriesRow(NamedTuple):
    """A year or a month."""

    period: str
    members: int
    """How many states were counted on its last day."""
    joined: tuple[str, ...]
    """Who was counted on a day of it and not on the day before."""
    left: tuple[str, ...]
    """Who was not counted on a day of it, but on the day before."""

    def __str__(self) -> str:
        joined = f", joined: {' '.join(self.joined)}" if self.joined else ""
        left = f", left: {' '.join(self.left)}" if self.left else ""
        return f"{self.period}: {self.members}{joined}{left}"


STEPS = ("year", "month")
"""By what a series goes."""
COLUMNS = {"period": "Period", "members": "Counted", "joined": "Joined", "left": "Left"}


class Change(NamedTuple):
    """A state that is counted from a day on (a step of 1), or no longer (-1)."""

    day: dt.date
    state: State
    step: int
    bound: Bound | None
    """How far the day is known, where it is not known to the day."""


def series(
    records: Records, when: When | None, by: str, basis: Basis, today: When
) -> Answer[SeriesRow]:
    """How many states were counted on the last day of each `year` or `month`, and who came
    and went in it. Raises Refused for days that have not come yet.
    """
    asked = when or always(records, today)
    days, coverage = covered(records, asked, today)
    changes = list(_changes(records, basis, days))
    members = sum(change.step for change in changes if change.day < days[0])
    during: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.day >= days[0]:
            during[_period(change.day, by)].append(change)
    rows = []
    for name, _, _ in _periods(days, by):
        members += sum(change.step for change in during[name])
        joined = tuple(change.state.code for change in during[name] if change.step > 0)
        left = tuple(change.state.code for change in during[name] if change.step < 0)
        rows.append(SeriesRow(name, members, joined, left))
    around = [(c.state, (c.day - DAY, c.day)) for c in changes if c.day >= days[0]]
    around += [
        (state, (last, last))
        for code, state in records.states.items()
        if records.doubts_on(code, days)
        for _, _, last in _periods(days, by)
    ]
    said = []
    for state, part in sorted(around, key=lambda one: one[1]):
        said += notes.disputed_notes(records, [find(records, state, basis, part)])
    if rows and days[1] < _period_end(days[1], by):
        said.append(f"{rows[-1].period} is counted up to {days[1]}.")
    return answered(
        records,
        "series",
        SeriesRow,
        rows,
        said + coverage,
        asides=notes.instrument_notes(records, basis, days),
        title=f"States counted on the last day of each {by}\n" + phrases.rule(basis),
        query={"basis": basis.basis, "by": by, "first_day": days[0], "last_day": days[1]},
        days=days,
        columns=COLUMNS,
        drawing=_steps(records, basis, days, changes),
        cut=asked.last_day > days[1],
    )


def _steps(records: Records, basis: Basis, days: Days, changes: list[Change]) -> Steps:
    """What a picture shows of the changes."""
    grouped: dict[tuple[dt.date, int, Bound | None], list[str]] = defaultdict(list)
    for change in changes:
        if change.day >= days[0]:
            grouped[change.day, change.step, change.bound].append(change.state.name)
    order = sorted(grouped, key=lambda one: (one[0], -one[1], str(one[2])))
    return Steps(
        subject(records),
        f"Basis {basis.basis}: {basis.text}.",
        days,
        sum(change.step for change in changes if change.day < days[0]),
        [Step(*key, tuple(grouped[key])) for key in order],
        [
            mark
            for code, state in records.states.items()
            if records.doubts_on(code, days)
            for mark in doubtful(records, find(records, state, basis, days))
        ],
        footer(records, basis),
    )


def _changes(records: Records, basis: Basis, days: Days) -> Iterator[Change]:
    """Every change up to the last of the days."""
    for code, state in records.states.items():
        for run in records.standing(code, basis.counts).runs:
            if run.first_day <= days[1]:
                yield Change(run.first_day, state, 1, run.spells[0].first_bound)
            if run.last_day and run.last_day < days[1]:
                yield Change(run.last_day + DAY, state, -1, run.spells[-1].last_bound)


def _period(day: dt.date, by: str) -> str:
    """The name of the year or month that a day lies in."""
    return day.isoformat()[: 4 if by == "year" else 7]


def _periods(days: Days, by: str) -> Iterator[tuple[str, dt.date, dt.date]]:
    """The name, first and last day of each year or month, cut to the days asked about."""
    first = days[0]
    while True:
        last = min(_period_end(first, by), days[1])
        yield _period(first, by), first, last
        if last == days[1]:
            return
        first = last + DAY


def _period_end(day: dt.date, by: str) -> dt.date:
    """The last day of the year or month that a day lies in."""
    return dt.date(day.year, 12, 31) if by == "year" else month_end(day)
