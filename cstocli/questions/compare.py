"""On which days do another dataset and this one disagree?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cstocli.core.days import Days, When, common, without
from cstocli.core.finding import Finding, find
from cstocli.core.model import Basis, Named
from cstocli.core.records import Records
from cstocli.questions import phrases
from cstocli.questions.answer import Answer, always, answered, covered

COUNTED, NOT = "counted", "not"


class CompareRow(NamedTuple):
    """A stretch of days on which two datasets certainly disagree about a state."""

    state: str
    name: str
    first_day: dt.date
    last_day: dt.date
    days: int
    ours: str
    """`counted` or `not`."""
    theirs: str

    def __str__(self) -> str:
        stretch = phrases.span(self.first_day, self.last_day)
        return f"{self.name}: {self.ours} here, {self.theirs} there, {stretch}, {self.days} days"


COLUMNS = {
    "name": "State",
    "first_day": "First day",
    "last_day": "Last day",
    "days": "Days",
    "ours": "Ours",
    "theirs": "Theirs",
}


class Sides(NamedTuple):
    """What two datasets say about one state on the same days."""

    state: Named
    ours: Finding
    theirs: Finding

    @property
    def decided(self) -> list[Days]:
        """The days that neither leaves open."""
        return without([self.ours.days], [*self.ours.unsettled, *self.theirs.unsettled])

    def differences(self) -> Iterator[tuple[Days, str, str]]:
        """The stretches on which they disagree, with what each says."""
        ours, theirs = self.ours.counted, self.theirs.counted
        for stretch in common(without(ours, theirs), self.decided):
            yield stretch, COUNTED, NOT
        for stretch in common(without(theirs, ours), self.decided):
            yield stretch, NOT, COUNTED


def compare(
    ours: Records,
    theirs: Records,
    when: When | None,
    basis: Basis,
    their_basis: Basis,
    today: When,
) -> Answer[CompareRow]:
    """The stretches of days on which two datasets certainly disagree about a state.

    Days that either leaves open are left out, and those after the last check of either.
    """
    asked = when or _all_days(ours, theirs, today)
    (first, last), _ = covered(ours, asked, today)
    through = [through for one in (ours, theirs) if (through := one.verified_through)]
    last = min([last, *through])
    sides = [*_sides(ours, theirs, basis, their_basis, (first, last))] if first <= last else []
    rows = sorted(row for one in sides for row in _rows(one))
    said = [_account(sides)]
    if last < asked.last_day:
        why = "up to then both were checked" if last in through else "they have not come"
        said.append(f"Days after {last} are left out: {why}.")
    return answered(
        ours,
        "compare",
        CompareRow,
        rows,
        said,
        title=f"Ours beside {theirs.organisation.name} of {theirs.release}, "
        f"{phrases.period((first, max(first, last)))}\n"
        f"Basis {basis.basis}, theirs {their_basis.basis}. Days that either leaves open are left "
        "out.",
        query={
            "basis": basis.basis,
            "first_day": first,
            "last_day": last,
            "theirs": theirs.release,
            "organisation": theirs.organisation.name,
            "their_basis": their_basis.basis,
        },
        days=(first, last),
        columns=COLUMNS,
    )


def _all_days(ours: Records, theirs: Records, today: When) -> When:
    """Every day that either dataset is about."""
    first = min(ours.first_day, theirs.first_day)
    return always(ours, today)._replace(first_day=first)


def _sides(
    ours: Records, theirs: Records, basis: Basis, their_basis: Basis, days: Days
) -> Iterator[Sides]:
    """Each state of either dataset, as both see it."""
    for state in {**theirs.states, **ours.states}.values():
        yield Sides(state, find(ours, state, basis, days), find(theirs, state, their_basis, days))


def _rows(sides: Sides) -> Iterator[CompareRow]:
    """The stretches on which the two disagree about a state."""
    for (first, last), ours, theirs in sides.differences():
        days = (last - first).days + 1
        yield CompareRow(sides.state.code, sides.state.name, first, last, days, ours, theirs)


def _account(sides: Iterable[Sides]) -> str:
    """How many days agree, disagree, and are left open, those of each state by themselves."""
    agree = disagree = left_open = 0
    for one in sides:
        decided = _number(one.decided)
        different = sum(_number([days]) for days, _, _ in one.differences())
        agree += decided - different
        disagree += different
        left_open += _number([one.ours.days]) - decided
    said = f"Each state by itself, {agree} days agree and {disagree} disagree"
    return f"{said}; {left_open} are not decided and left out." if left_open else f"{said}."


def _number(stretches: Iterable[Days]) -> int:
    """How many days stretches have."""
    return sum((last - first).days + 1 for first, last in stretches)
