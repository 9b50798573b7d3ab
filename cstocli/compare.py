"""The questions that compare: two days, several states, one period after another."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cstocli import wording
from cstocli.answers import Answer
from cstocli.bounds import DAY, Days, length
from cstocli.dates import When
from cstocli.model import Basis, Records, Refused
from cstocli.queries import Named, always, answered, covered


class DiffRow(NamedTuple):
    """What became of a state between two days."""

    state: str
    name: str
    change: str
    """`joined`, `left`, `status` (counted on both days or on neither), or `unchanged`."""
    before: str
    """The status on the first of the days."""
    after: str
    disputed: bool
    imprecise: bool
    """Whether a bound known only to the month or the year leaves one of the days open."""

    def __str__(self) -> str:
        disputed = ", disputed" if self.disputed else ""
        disputed += ", not certain" if self.imprecise else ""
        same = self.before == self.after
        statuses = self.after if same else f"{self.before} to {self.after}"
        return f"{self.name}: {_CHANGES[self.change]}{disputed} ({statuses})"


_CHANGES = {
    "joined": "joined",
    "left": "left",
    "status": "changed status",
    "unchanged": "unchanged",
}


class TogetherRow(NamedTuple):
    """A run of days on which all the states were counted."""

    first_day: dt.date
    last_day: dt.date | None
    """None while the run lasts."""
    days: int | None
    disputed: bool

    def __str__(self) -> str:
        disputed = ", disputed" if self.disputed else ""
        days = f", {self.days} days" if self.days else ""
        return f"{wording.span(self.first_day, self.last_day)}{days}{disputed}"


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


def diff(records: Records, one: When, two: When, basis: Basis, today: When) -> Answer[DiffRow]:
    """What became of each state between two days; states that never counted for it stay out.

    Raises Refused for a month or a year, and where the second day comes before the first.
    """
    for when in (one, two):
        if not when.is_day:
            raise Refused(
                f"two days can be compared, not periods; {when.text} has the first day "
                f"{when.first_day} and the last day {when.last_day}"
            )
    if one.first_day > two.first_day:
        raise Refused(f"{one.text} comes after {two.text}: type the earlier day first")
    (first, _), _ = covered(records, one, today)
    (last, _), coverage = covered(records, two, today)
    rows = []
    for code, state in records.states.items():
        before, after = (records.status_on(code, day) for day in (first, last))
        counted = tuple(status in basis.counts for status in (before, after))
        if any(counted) or before != after:
            days = [(first, first), (last, last)]
            disputed = any(records.is_disputed(code, basis.counts, day) for day in days)
            imprecise = any(records.unsettled(code, basis.counts, day) for day in days)
            change = _change(before, after, counted)
            rows.append(DiffRow(code, state.name, change, before, after, disputed, imprecise))
    notes = [_diff_sentence(rows, first, last), *_in_between(records, rows, basis, first, last)]
    notes += wording.instrument_notes(records, basis, (first, first))
    notes += wording.instrument_notes(records, basis, (last, last))
    for row in rows:
        for day in (first, last) if row.disputed or row.imprecise else ():
            notes += wording.disputed_notes(records, [(row.state, row.name)], basis, (day, day))
    return answered(
        records,
        "diff",
        DiffRow,
        rows,
        notes + coverage,
        title=f"From {first} to {last}\n{wording.rule(basis, 'The two days are compared.')}",
        query={"basis": basis.basis, "before": first, "after": last},
        days=(first, last),
    )


def _change(before: str, after: str, counted: tuple[bool, ...]) -> str:
    """The word for a change of status."""
    if counted == (False, True):
        return "joined"
    if counted == (True, False):
        return "left"
    return "unchanged" if before == after else "status"


def _in_between(
    records: Records, rows: Sequence[DiffRow], basis: Basis, first: dt.date, last: dt.date
) -> list[str]:
    """A note for each change between the days that the two days by themselves do not show."""
    notes = []
    for row in rows:
        runs = records.runs(row.state, basis.counts)
        changes = [("joined", run.first_day) for run in runs if first < run.first_day <= last]
        changes += [
            ("left", run.last_day) for run in runs if run.last_day and first <= run.last_day < last
        ]
        shown = 1 if row.change in ("joined", "left") else 0
        if len(changes) > shown:
            parts = [f"{what} ({day})" for what, day in sorted(changes, key=lambda c: c[1])]
            notes.append(f"In between {row.name} {wording.listed(parts)}.")
    return notes


def _diff_sentence(rows: Sequence[DiffRow], first: dt.date, last: dt.date) -> str:
    """What changed, in one sentence."""
    parts = []
    for change in ("joined", "left"):
        names = [row.name for row in rows if row.change == change]
        parts.append(f"{wording.listed(names) if names else 'nobody'} {change}")
    statuses: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row.change == "status":
            statuses.setdefault((row.before, row.after), []).append(row.name)
    parts += [
        f"{wording.listed(names)} changed from {before} to {after}"
        for (before, after), names in statuses.items()
    ]
    unchanged = sum(row.change == "unchanged" for row in rows)
    parts += [f"{unchanged} unchanged"] if unchanged else []
    return f"Between {first} and {last} {'; '.join(parts)}."


def together(
    records: Records, states: Sequence[Named], basis: Basis, today: When
) -> Answer[TogetherRow]:
    """The runs of days on which all of the states were counted; the gaps are notes.

    Raises Refused for fewer than two different states.
    """
    states = list({state.code: state for state in states}.values())
    if len(states) < 2:
        raise Refused("name at least two different states")
    days, coverage = covered(records, always(records, today), today)
    rows = []
    notes = []
    runs = [run for state in states for run in records.runs(state.code, basis.counts)]
    begun = {run.first_day: run.first_day for run in runs}
    ended = {run.last_day: run.last_day for run in runs if run.last_day}
    for stretch, missing in _stretches(records, states, basis, days):
        if missing:
            notes.append(f"{_open_span(stretch, days)}: without {wording.listed(missing)}.")
            continue
        first_day = begun[stretch[0]]
        last_day = ended.get(stretch[1])
        ends = [(stretch[0] - DAY, stretch[0])]
        if last_day:
            ends.append((last_day, last_day + DAY))
        disputed = any(
            records.is_disputed(state.code, basis.counts, end) for state in states for end in ends
        )
        rows.append(TogetherRow(first_day, last_day, length(first_day, last_day), disputed))
        named = [(state.code, state.name) for state in states]
        for end in ends:
            notes += wording.disputed_notes(records, named, basis, end)
    return answered(
        records,
        "together",
        TogetherRow,
        rows,
        notes + coverage,
        title=f"{wording.listed(state.name for state in states)}, counted together\n"
        + wording.rule(basis, "First and last days included."),
        query={"states": [state.code for state in states], "basis": basis.basis},
        days=days,
    )


def _open_span(stretch: Days, days: Days) -> str:
    """A stretch in words; one that reaches the last of the days lasts."""
    text = wording.span(stretch[0], None if stretch[1] == days[1] else stretch[1])
    return text[0].upper() + text[1:]


def _stretches(
    records: Records, states: Sequence[Named], basis: Basis, days: Days
) -> Iterator[tuple[Days, list[str]]]:
    """The days cut into stretches in which the same states are missing."""
    counted = {state.name: records.counted(state.code, basis.counts, days) for state in states}
    starts = {days[0]}
    for stretches in counted.values():
        starts |= {first for first, _ in stretches}
        starts |= {last + DAY for _, last in stretches if last < days[1]}
    ordered = sorted(starts)
    for first, last in zip(ordered, [*(day - DAY for day in ordered[1:]), days[1]], strict=True):
        missing = [
            name
            for name, stretches in counted.items()
            if not any(a <= first <= b for a, b in stretches)
        ]
        yield (first, last), missing


def series(
    records: Records, when: When | None, by: str, basis: Basis, today: When
) -> Answer[SeriesRow]:
    """How many states were counted on the last day of each `year` or `month`, and who came
    and went in it.
    """
    days, coverage = covered(records, when or always(records, today), today)
    changes = list(_changes(records, basis, days))
    members = sum(change.step for change in changes if change.day < days[0])
    during: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.day >= days[0]:
            during[_period(change.day, by)].append(change)
    rows = []
    for name, _, _ in _periods(days, by):
        members += sum(change.step for change in during[name])
        joined = tuple(change.code for change in during[name] if change.step > 0)
        left = tuple(change.code for change in during[name] if change.step < 0)
        rows.append(SeriesRow(name, members, joined, left))
    around = [(c.code, (c.day - DAY, c.day)) for c in changes if c.day >= days[0]]
    around += [
        (code, (last, last))
        for _, _, last in _periods(days, by)
        for code in records.states
        if records.doubts_of(code)
    ]
    notes = wording.instrument_notes(records, basis, days)
    for code, asked in sorted(around, key=lambda one: one[1]):
        named = [(code, records.states[code].name)]
        notes += wording.disputed_notes(records, named, basis, asked)
    if rows and days[1] < _period_end(days[1], by):
        notes.append(f"{rows[-1].period} is counted up to {days[1]}.")
    return answered(
        records,
        "series",
        SeriesRow,
        rows,
        notes + coverage,
        title=f"States counted on the last day of each {by}\n"
        + wording.rule(basis, f"Who joined or left, on a day of the {by}."),
        query={"basis": basis.basis, "by": by, "first_day": days[0], "last_day": days[1]},
        days=days,
    )


class Change(NamedTuple):
    """A state that is counted from a day on (a step of 1), or no longer (-1)."""

    day: dt.date
    code: str
    step: int


def _changes(records: Records, basis: Basis, days: Days) -> Iterator[Change]:
    """Every change up to the last of the days."""
    for code in records.states:
        for run in records.runs(code, basis.counts):
            if run.first_day <= days[1]:
                yield Change(run.first_day, code, 1)
            if run.last_day and run.last_day < days[1]:
                yield Change(run.last_day + DAY, code, -1)


def _period(day: dt.date, by: str) -> str:
    """The name of the year or month that a day lies in."""
    return dt.date.isoformat(day)[: 4 if by == "year" else 7]


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
    from calendar import monthrange

    if by == "year":
        return dt.date(day.year, 12, 31)
    return day.replace(day=monthrange(day.year, day.month)[1])
