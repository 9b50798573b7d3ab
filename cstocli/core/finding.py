"""What a dataset says about one state on days under a basis: found once for each question."""

from __future__ import annotations

from typing import NamedTuple

from cstocli.core.days import Days, Known, part_of, united, without
from cstocli.core.model import Basis, Named, Spell
from cstocli.core.records import Records
from cstocli.core.standing import Doubt, Run

YES, NO, PARTLY, UNKNOWN = "yes", "no", "partly", "unknown"
"""The answers: counted on every day, on none, certainly on one and certainly not on another;
and all else."""


class Finding(NamedTuple):
    """What is found; rows, notes, titles and exit statuses follow from it."""

    state: Named
    basis: Basis
    days: Days
    answer: str
    """Judged by the days that are certain: `yes`, `no`, `partly` or `unknown`."""
    status: str
    """On the last day that is counted, or may be; on the last of all where none is."""
    spell: Spell | None
    """The spell of that day."""
    run: Run | None
    """The run of that day."""
    counted: tuple[Days, ...]
    """The stretches that the ruling counts, in order."""
    certain: tuple[Days, ...]
    """Those of their days that are not left open."""
    unsettled: tuple[Days, ...]
    """The days on which bounds known to the month or year, or a status that is not known, leave
    open what is counted."""
    contested: tuple[Days, ...]
    """The days on which a rival would change the answer."""
    doubts: tuple[Doubt, ...]
    """The doubts that would change the answer on one of the days at least."""
    other_doubts: tuple[Doubt, ...]
    """Those about a status on one of the days that would change no answer."""

    @property
    def code(self) -> str:
        """The code of the state."""
        return self.state.code

    @property
    def name(self) -> str:
        """The name of the state."""
        return self.state.name

    @property
    def part(self) -> str | None:
        """The part of the days that is certainly counted: `all`, the stretches, or none."""
        return part_of(self.certain, self.days)

    @property
    def status_since(self) -> Known | None:
        """Since when the state has that status, if it has a spell."""
        return self.spell.first_known if self.spell else None

    @property
    def disputed(self) -> bool:
        """Whether a rival would change the answer on one of the days at least."""
        return bool(self.contested)

    @property
    def imprecise(self) -> bool:
        """Whether one of the days is open: for a bound known only to the month or the year, or a
        status that is not known.
        """
        return bool(self.unsettled)


def find(records: Records, state: Named, basis: Basis, days: Days) -> Finding:
    """What the dataset says about a state on days."""
    standing = records.standing(state.code, basis.counts)
    doubts = standing.doubts.on(days)
    changing = dict.fromkeys(doubt for _, doubt in doubts)
    others = (doubt for _, doubt in records.doubts_on(state.code, days))
    counted = united(standing.counted(days))
    unsettled = united(part for part, doubt in doubts if not doubt.dispute)
    certain = without(counted, unsettled) if unsettled else counted
    possible = counted[-1:] + unsettled[-1:]
    last_day = max(last for _, last in possible) if possible else days[1]
    return Finding(
        state,
        basis,
        days,
        answer_of(certain, [*counted, *unsettled], days),
        records.status_on(state.code, last_day),
        records.spell_on(state.code, last_day),
        standing.run_on(last_day) if possible else None,
        tuple(counted),
        tuple(certain),
        tuple(unsettled),
        tuple(united(part for part, doubt in doubts if doubt.dispute)),
        tuple(changing),
        tuple(doubt for doubt in others if doubt not in changing),
    )


def answer_of(certain: list[Days], possible: list[Days], days: Days) -> str:
    """The answer about days of which some are certainly counted, and others possibly."""
    if certain == [days]:
        return YES
    if not possible:
        return NO
    return PARTLY if certain and without([days], possible) else UNKNOWN
