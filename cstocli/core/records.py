"""Everything that one dataset says, and what follows from it for a day."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType

from cstocli.core.days import DAY, Bound, Days, Overlaps, clip
from cstocli.core.model import (
    FORMER,
    JOINED,
    NEVER,
    NEXT,
    NOT_KNOWN,
    NOT_YET,
    OUTSIDE,
    Act,
    Basis,
    Dispute,
    Kind,
    OpenQuestion,
    Organisation,
    Remark,
    Source,
    Spell,
    State,
    Status,
)
from cstocli.core.standing import Doubt, Standing, first_day_of, stand

_first_bound, _last_bound = attrgetter("first_bound"), attrgetter("last_bound")


class Records:
    """Everything that one dataset file says, and what follows from it for a day.

    Nothing in it changes after it was made.
    """

    def __init__(
        self,
        *,
        release: str,
        verified_through: dt.date | None,
        licence: str,
        organisation: Organisation,
        statuses: Iterable[Status],
        bases: Iterable[Basis],
        kinds: Iterable[Kind],
        states: Iterable[State],
        acts: Iterable[Act],
        spells: Iterable[Spell],
        disputes: Iterable[Dispute],
        remarks: Iterable[Remark],
        open_questions: Iterable[OpenQuestion],
        sources: Iterable[Source],
    ) -> None:
        self.release = release
        self.verified_through = verified_through
        self.licence = licence
        self.organisation = organisation
        self.statuses = MappingProxyType({status.status: status for status in statuses})
        self.bases = MappingProxyType({basis.basis: basis for basis in bases})
        self.kinds = MappingProxyType({kind.kind: kind for kind in kinds})
        self.states = MappingProxyType({state.code: state for state in states})
        self.acts = MappingProxyType({act.id: act for act in acts})
        self.disputes = MappingProxyType({dispute.id: dispute for dispute in disputes})
        self.remarks = tuple(remarks)
        self.open_questions = tuple(open_questions)
        self.sources = MappingProxyType({source.id: source for source in sources})
        as_told = {spell.id: spell for spell in spells}
        ruled = {code: _ruled(told) for code, told in _by_state(self.states, as_told).items()}
        changed = [found for found, _ in ruled.values() if _bounded(found)]
        counted = {spell.id: spell for found in changed for spell in found}
        self.spells = MappingProxyType(
            {id: counted.get(id, told) for id, told in as_told.items()} if counted else as_told
        )
        self._spells_of = {code: found for code, (found, _) in ruled.items()}
        doubts = {code: list(found) for code, (_, found) in ruled.items() if found}
        for dispute in self.disputes.values():
            if dispute.verdict == "rival" and dispute.first_day:
                doubt = Doubt(dispute.first_day, dispute.last_day, dispute.status, dispute)
                for code in self.states_of(dispute.about):
                    doubts.setdefault(code, []).append(doubt)
        self._doubts_of = {
            code: Overlaps((doubt.first_day, doubt.last_day, doubt) for doubt in found)
            for code, found in doubts.items()
        }
        remarks_of: dict[str, list[Remark]] = {}
        for remark in self.remarks:
            remarks_of.setdefault(remark.state, []).append(remark)
        self._remarks_of = {code: tuple(found) for code, found in remarks_of.items()}
        self._standings: dict[tuple[str, frozenset[str]], Standing] = {}

    @property
    def default_basis(self) -> Basis:
        """The basis of a question that names none."""
        return next(basis for basis in self.bases.values() if basis.default)

    def verified(self, days: Days) -> bool | None:
        """Whether the dataset was checked through the last of some days; None where it does not
        say.
        """
        return None if self.verified_through is None else days[1] <= self.verified_through

    @cached_property
    def first_day(self) -> dt.date:
        """The first day of the first spell: before it nobody had any status."""
        return min(spell.first_day for spell in self.spells.values())

    def states_of(self, about: str) -> tuple[str, ...]:
        """The codes of the states that a dispute or question about this id concerns."""
        if about in self.spells:
            return (self.spells[about].state,)
        if about in self.acts:
            return self.acts[about].states
        return (about,) if about in self.states else ()

    def effective_day(self, act: str) -> dt.date:
        """The day on which an act takes effect; it must be known to the day."""
        return self.acts[act].effective or dt.date.fromisoformat(self.acts[act].date)

    def spells_of(self, code: str) -> tuple[Spell, ...]:
        """A state's spells in order; none for a state that the dataset does not have."""
        return self._spells_of.get(code, ())

    def spell_on(self, code: str, day: dt.date) -> Spell | None:
        """The spell that a day lies in."""
        spells = self.spells_of(code)
        index = bisect_right(spells, day, key=first_day_of) - 1
        if index < 0:
            return None
        last_day = spells[index].last_day
        return spells[index] if last_day is None or day <= last_day else None

    def spells_during(self, code: str, days: Days) -> tuple[Spell, ...]:
        """A state's spells that have some of the days, in order."""
        spells = self.spells_of(code)
        begun = bisect_right(spells, days[1], key=first_day_of)
        over = bisect_left(spells, days[0], hi=begun, key=lambda s: s.last_day or dt.date.max)
        return spells[over:begun]

    def status_on(self, code: str, day: dt.date) -> str:
        """A state's legal position on a day; it does not depend on the basis."""
        spell = self.spell_on(code, day)
        if spell:
            return spell.status
        spells = self.spells_of(code)
        if not spells:
            return NEVER
        if day < spells[0].first_day:
            return NOT_YET
        return FORMER if day > spells[-1].first_day else OUTSIDE

    def began(self, spell: Spell) -> str:
        """The kind of the act that opened a spell; in a dataset without acts, whether it was the
        `next-status`, or the state `joined`.
        """
        if spell.opened_by:
            return self.acts[spell.opened_by].kind
        before = self.spell_on(spell.state, spell.first_day - DAY)
        return NEXT if before and before.ended == NEXT else JOINED

    def doubts_of(self, code: str) -> tuple[Doubt, ...]:
        """Every doubt about a state's status, on whatever days."""
        return tuple(doubt for _, doubt in self.doubts_on(code, (dt.date.min, dt.date.max)))

    def doubts_on(self, code: str, days: Days) -> list[tuple[Days, Doubt]]:
        """The doubts about a state's status on some of the days, and on which."""
        return self._doubts_of[code].on(days) if code in self._doubts_of else []

    def standing(self, code: str, counts: frozenset[str]) -> Standing:
        """A state where these statuses count; worked out once."""
        if (code, counts) not in self._standings:
            self._standings[code, counts] = stand(
                self.spells_of(code), self.doubts_of(code), counts
            )
        return self._standings[code, counts]

    def remarks_of(self, code: str) -> tuple[Remark, ...]:
        """Every remark about a state."""
        return self._remarks_of.get(code, ())

    def remarks_on(self, code: str, days: Days) -> list[Remark]:
        """The remarks about a state in force on at least one of the days."""
        return [
            remark
            for remark in self.remarks_of(code)
            if clip(remark.first_day, remark.last_day, days)
        ]


def _by_state(states: Mapping[str, State], spells: Mapping[str, Spell]) -> dict[str, list[Spell]]:
    """The spells of each state in order of their first days."""
    found: dict[str, list[Spell]] = {code: [] for code in states}
    for spell in spells.values():
        found[spell.state].append(spell)
    for of_state in found.values():
        of_state.sort(key=first_day_of)
    return found


def _ruled(spells: Sequence[Spell]) -> tuple[tuple[Spell, ...], tuple[Doubt, ...]]:
    """The spells of a state in order as they count, and the doubts that bounds leave, or that a
    status does which is not known.
    """
    if not _bounded(spells):
        return tuple(spells), _not_known(spells)
    from cstocli.core import order  # few datasets need it

    stretches = [(spell.may_begin, spell.may_end) for spell in spells]
    counted: list[Spell] = []
    doubts: list[Doubt] = []
    for one in order.ruled(stretches, [spell.ended == NEXT for spell in spells]):
        spell = spells[one.place]
        if spell.first_bound:
            bound = Bound(spell.first_bound.published, *one.may_begin)
            spell = spell._replace(first_day=one.first_day, first_bound=bound)
        if spell.last_bound:
            bound = Bound(spell.last_bound.published, *one.may_end)
            spell = spell._replace(last_day=one.last_day, last_bound=bound)
        counted.append(spell)
        if spell.status != NOT_KNOWN:
            doubts += [
                Doubt(first, last, None if other is None else spells[other].status, None)
                for first, last, other in one.open_days
            ]
    return tuple(counted), (*doubts, *_not_known(counted))


def _bounded(spells: Sequence[Spell]) -> bool:
    """Whether a bound of a spell is not known to the day."""
    return any(map(_first_bound, spells)) or any(map(_last_bound, spells))


def _not_known(spells: Iterable[Spell]) -> tuple[Doubt, ...]:
    """The doubts about the days of the spells whose status is not known."""
    return tuple(
        Doubt(spell.first_day, spell.last_day, NOT_KNOWN, None)
        for spell in spells
        if spell.status == NOT_KNOWN
    )
