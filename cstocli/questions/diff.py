"""What became of each state between two days?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from cstocli.core.days import DAY, Days, When
from cstocli.core.finding import find
from cstocli.core.model import Basis
from cstocli.core.records import Records
from cstocli.errors import Refused
from cstocli.questions import notes, phrases
from cstocli.questions.answer import Answer, answered, covered


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


COLUMNS = {"name": "State", "change": "Change", "before": "Before", "after": "After"}
_CHANGES = {
    "joined": "joined",
    "left": "left",
    "status": "changed status",
    "unchanged": "unchanged",
}


def diff(
    records: Records, one: When, two: When, basis: Basis, today: When, *, everyone: bool = False
) -> Answer[DiffRow]:
    """What became of each state between two days, or of `everyone` what stayed as it was too;
    states that were certainly not counted on either, and of one status, stay out.

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
    doubtful = []
    for state in records.states.values():
        ends = [find(records, state, basis, (day, day)) for day in (first, last)]
        before, after = (records.status_on(state.code, day) for day in (first, last))
        counted = tuple(bool(end.counted) for end in ends)
        disputed, imprecise = any(e.disputed for e in ends), any(e.imprecise for e in ends)
        if any(counted) or before != after or imprecise:
            change = _change(before, after, counted)
            rows.append(DiffRow(state.code, state.name, change, before, after, disputed, imprecise))
            doubtful += [notes.disputed_notes(records, [end]) for end in ends]
    said = [_sentence(rows, first, last), *_in_between(records, rows, basis, first, last)]
    for more in doubtful:
        said += more
    return answered(
        records,
        "diff",
        DiffRow,
        [row for row in rows if everyone or row.change != "unchanged"],
        said + coverage,
        asides=[
            note
            for day in (first, last)
            for note in notes.instrument_notes(records, basis, (day, day))
        ],
        title=f"From {first} to {last}\n{phrases.rule(basis)}",
        query={"basis": basis.basis, "before": first, "after": last},
        days=(first, last),
        columns=COLUMNS,
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
    said = []
    for row in rows:
        changes = _changes(records, row.state, basis, first, last)
        shown = 1 if row.change in ("joined", "left") else 0
        if len(changes) > shown:
            around = [find(records, records.states[row.state], basis, days) for days, _ in changes]
            parts = [
                f"{what}, not certain)" if found.imprecise else f"{what})"
                for (_, what), found in zip(changes, around, strict=True)
            ]
            said.append(f"In between {row.name} {phrases.listed(parts)}.")
            said += notes.disputed_notes(records, around)
    return said


def _changes(
    records: Records, code: str, basis: Basis, first: dt.date, last: dt.date
) -> list[tuple[Days, str]]:
    """Each change of a state between two days, by the two days around it, in order."""
    runs = records.standing(code, basis.counts).runs
    changes = [
        ((run.last_day, run.last_day + DAY), f"left ({run.last_known}")
        for run in runs
        if run.last_day and first <= run.last_day < last
    ]
    changes += [
        ((run.first_day - DAY, run.first_day), f"joined ({run.first_known}")
        for run in runs
        if first < run.first_day <= last
    ]
    return sorted(changes, key=lambda change: change[0])


def _sentence(rows: Sequence[DiffRow], first: dt.date, last: dt.date) -> str:
    """What changed, in one sentence."""
    parts = []
    for change in ("joined", "left"):
        names = [row.name for row in rows if row.change == change]
        parts.append(f"{phrases.listed(names) if names else 'nobody'} {change}")
    statuses: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row.change == "status":
            statuses.setdefault((row.before, row.after), []).append(row.name)
    parts += [
        f"{phrases.listed(names)} changed from {before} to {after}"
        for (before, after), names in statuses.items()
    ]
    stayed = [row for row in rows if row.change == "unchanged"]
    unsure = sum(row.imprecise for row in stayed)
    parts += [f"{len(stayed) - unsure} unchanged"] if len(stayed) > unsure else []
    parts += [f"{unsure} not certain"] if unsure else []
    return f"Between {first} and {last} {'; '.join(parts)}."
