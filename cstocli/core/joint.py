"""What was found about several states, taken together: days on which all of them were counted.

No beats unknown, and unknown beats yes: where one is certainly not counted, all together are
not, whatever is known of the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import NamedTuple

from cstocli.core.days import Bound, Days, Known, common, part_of, united, without
from cstocli.core.finding import Finding, answer_of
from cstocli.core.records import Records


class Joint(NamedTuple):
    """What is found about several states on the same days."""

    days: Days
    answer: str
    """`yes`, `no`, `partly` or `unknown`."""
    first_day: Known | None
    """Of the run of days on which all were counted; of the last one among the days."""
    last_day: Known | None
    """None while it lasts, or where there is no such run."""
    certain: tuple[Days, ...]
    """The stretches on which all were certainly counted."""
    unsettled: tuple[Days, ...]
    """The stretches on which bounds leave it open, and none was certainly not counted."""
    disputed: bool
    """Whether rivals would change the answer on one of the days at least."""

    @property
    def part(self) -> str | None:
        """The part of the days on which all were certainly counted: `all`, stretches, or none."""
        return part_of(self.certain, self.days)

    @property
    def imprecise(self) -> bool:
        """Whether a bound known only to the month or the year leaves one of the days open."""
        return bool(self.unsettled)


def joint(records: Records, findings: Sequence[Finding]) -> Joint:
    """What follows from what was found about states, one at least, on the same days."""
    days = findings[0].days
    certain = _common(found.certain for found in findings)
    possible = _common((*found.certain, *found.unsettled) for found in findings)
    first_day, last_day = _run(records, findings, possible[-1][1]) if possible else (None, None)
    return Joint(
        days,
        answer_of(certain, possible, days),
        first_day,
        last_day,
        tuple(certain),
        tuple(without(possible, certain)),
        _is_disputed(findings),
    )


def _common(stretches: Iterable[Iterable[Days]]) -> list[Days]:
    """The days that all of some stretches share."""
    first, *others = map(united, stretches)
    return reduce(common, others, first)


def _run(records: Records, findings: Iterable[Finding], day: dt.date) -> tuple[Known, Known | None]:
    """The first and the last day of the run of common days that a day lies in, or may lie in.

    Where it begins for one state on a day that is not known, it is not known for all.
    """
    standings = (records.standing(found.code, found.basis.counts) for found in findings)
    around = [standing.run_on(day) for standing in standings]
    first = max(run.first_day for run in around)
    last = min((run.last_day for run in around if run.last_day), default=None)
    begun = [run.first_known for run in around if run.first_day == first]
    ended = [run.last_known for run in around if run.last_day == last]
    return min(begun, key=_is_day), min(ended, key=_is_day)


def _is_day(day: Known | None) -> bool:
    """Whether something is known to the day."""
    return not isinstance(day, Bound)


def _is_disputed(findings: Iterable[Finding]) -> bool:
    """Whether rivals would make all counted on a day when they are not, or the reverse."""
    found = list(findings)
    ours = _common(one.counted for one in found)
    theirs = _common((*one.counted, *one.contested) for one in found)
    contested = [days for one in found for days in one.contested]
    return bool(without(theirs, ours) or common(ours, contested))
