"""A state where certain statuses count: its runs, and the days on which it is in doubt."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from cstocli.core.days import DAY, Days, Known, Overlaps, clip, without
from cstocli.core.model import NEXT, NOT_KNOWN, Dispute, Spell

first_day_of = attrgetter("first_day")


class Doubt(NamedTuple):
    """Days on which the ruling's status of a state is not certain, and what else it may be.

    A rival is one reason for doubt. A bound known only to the month or the year is another, and
    a status that is not known a third, without a dispute behind them; whatever asks for doubts
    need not know the difference.
    """

    first_day: dt.date
    last_day: dt.date | None
    status: str | None
    dispute: Dispute | None


class Run(NamedTuple):
    """An unbroken run of counted days under a basis, across statuses."""

    first_day: dt.date
    last_day: dt.date | None
    spells: tuple[Spell, ...]

    @property
    def first_known(self) -> Known:
        """The first day, as far as it is known."""
        return self.spells[0].first_known

    @property
    def last_known(self) -> Known | None:
        """The last day, as far as it is known; None while the run lasts."""
        return self.spells[-1].last_known


_run = partial(tuple.__new__, Run)
"""A run of its fields; called so, it is made in half the time, and there are many."""


class Standing(NamedTuple):
    """A state under a basis, on all days."""

    runs: tuple[Run, ...]
    """In order."""
    doubts: Overlaps[Doubt]
    """The doubts, on the days on which each would change the answer."""
    unknown: tuple[Run, ...]
    """The spells whose status is not known, each as a run, in order."""

    def run_on(self, day: dt.date) -> Run:
        """The run that a day lies in, or else the one that may have begun by then, or not ended.

        Some status on the day must be counted, or may be.
        """
        begun = [
            (runs, bisect_right(runs, day, key=first_day_of)) for runs in (self.runs, self.unknown)
        ]
        before = [runs[place - 1] for runs, place in begun if place]
        after = [runs[place] for runs, place in begun if place < len(runs)]
        within = [run for run in before if _end(run) >= day]
        within += [run for run in after if run.spells[0].may_begin[0] <= day]
        return (within or before)[0]

    def counted(self, days: Days) -> list[Days]:
        """The counted stretches among days, in order."""
        begun = bisect_right(self.runs, days[1], key=first_day_of)
        over = bisect_left(self.runs, days[0], hi=begun, key=_end)
        parts = (clip(run.first_day, run.last_day, days) for run in self.runs[over:begun])
        return [part for part in parts if part]


def _end(stretch: Run) -> dt.date:
    """The last day of a run; the last of all while it lasts."""
    return stretch.last_day or dt.date.max


def stand(spells: Sequence[Spell], doubts: Iterable[Doubt], counts: frozenset[str]) -> Standing:
    """A state of these spells and doubts where these statuses count."""
    unknown = (spell for spell in spells if spell.status == NOT_KNOWN)
    alone = tuple(Run(spell.first_day, spell.last_day, (spell,)) for spell in unknown)
    standing = Standing(_runs(spells, counts), Overlaps([]), alone)
    changed = [
        (first, last, doubt)
        for doubt in doubts
        for first, last in _changed(standing, doubt, counts)
    ]
    return standing._replace(doubts=Overlaps(changed)) if changed else standing


def _changed(standing: Standing, doubt: Doubt, counts: frozenset[str]) -> list[Days]:
    """The days on which a doubt would change the answer: those answered in another way."""
    stretch = doubt.first_day, doubt.last_day or dt.date.max
    if doubt.status == NOT_KNOWN:
        return [stretch]
    found = standing.counted(stretch)
    return without([stretch], found) if doubt.status in counts else found


def _runs(spells: Iterable[Spell], counts: frozenset[str]) -> tuple[Run, ...]:
    """The counted spells of a state, those that certainly meet joined into one run."""
    joined: list[list[Spell]] = []
    before = None
    for spell in spells:
        if spell.status in counts:
            if before is not None and _meet(before, spell):
                joined[-1].append(spell)
            else:
                joined.append([spell])
            before = spell
    return tuple(_run((run[0].first_day, run[-1].last_day, tuple(run))) for run in joined)


def _meet(spell: Spell, following: Spell) -> bool:
    """Whether no day can lie between two spells: a change that may have been is one to be told."""
    if spell.last_bound is None and following.first_bound is None:  # as nearly always
        last = spell.last_day
        return last is not None and last < following.first_day == last + DAY
    if spell.ended == NEXT and spell.last_day and spell.last_day + DAY == following.first_day:
        return True
    (earliest, latest), (begins, must_begin) = spell.may_end, following.may_begin
    return earliest == latest < dt.date.max and begins == must_begin == latest + DAY
