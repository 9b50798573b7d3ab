"""From the memberships that rows tell of to spells: those that certainly touch are joined."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from cstocli.core.days import DAY, Days, Known, without
from cstocli.core.model import NOT_KNOWN
from cstocli.core.order import clashes
from cstocli.errors import Problem
from cstocli.reading.shapes.said import Memberships, Said


class Spell(NamedTuple):
    """A line of a table of spells."""

    organisation: str
    state: str
    status: str
    first_day: Known
    last_day: Known | None
    """None while it lasts."""
    remark: str | None
    verified_through: dt.date | None


def spells(memberships: Memberships) -> list[Spell]:
    """The spells of a file, by organisation, state and day.

    Raises BrokenDataset where memberships of a state cannot follow each other.
    """
    found = []
    for organisation, by_state in memberships.said.items():
        verified = memberships.verified.get(organisation, memberships.wanted.covers_to)
        earliest = _earliest(by_state.values())
        if earliest is None:
            memberships.tell("Left out, as no day of them is known, organisations", organisation)
        for state, said in sorted(by_state.items()):
            memberships.problems += _clashes(state, _known(said))
            found += [
                Spell(organisation, state, one.status, first, one.last_day, one.remark or None,
                      verified)
                for one in _in_order(said, earliest)
                if (first := one.first_day)
            ]  # fmt: skip
    memberships.refuse_problems()
    return found


def _earliest(said: Iterable[Sequence[Said]]) -> dt.date | None:
    """The first day that is known of any."""
    days = (one.may_begin[0] for of_state in said for one in of_state if one.first_day)
    return min(days, default=None)


def _in_order(said: Sequence[Said], earliest: dt.date | None) -> list[Said]:
    """The spells of a state, and what is not known beside them, by their days."""
    found = _known(said)
    taken = [(one.may_begin[0], one.may_end[1]) for one in found]
    left_open = filter(None, (_open(one, earliest) for one in said))
    for first, last in without(left_open, taken):
        lasts = last == dt.date.max
        found.append(Said("", NOT_KNOWN, first, None if lasts else last, lasts))
    return sorted(found, key=attrgetter("may_begin", "may_end"))


def _known(said: Iterable[Said]) -> list[Said]:
    """What is certain of memberships, those of one status that certainly touch joined.

    Of one whose last day is not known no more is certain than its first day, and the reverse.
    """
    certain = [
        one if one.last_day or one.lasts else one._replace(last_day=one.first_day)
        for one in said
        if one.first_day
    ]
    certain += [
        one._replace(first_day=one.last_day) for one in said if one.last_day and not one.first_day
    ]
    certain.sort(key=attrgetter("status", "may_begin", "may_end"))
    return [one for _, same in groupby(certain, attrgetter("status")) for one in _joined(same)]


def _joined(said: Iterable[Said]) -> Iterator[Said]:
    """Memberships of one status, in order, those that certainly touch as one."""
    before: Said | None = None
    for one in said:
        if before and _touch(before, one):
            before = _together(before, one)
            continue
        if before:
            yield before
        before = one
    if before:
        yield before


def _touch(before: Said, one: Said) -> bool:
    """Whether one certainly begins before another has ended, or on the day after; or is told
    twice.
    """
    ends = before.may_end[0]
    same = (before.first_day, before.last_day) == (one.first_day, one.last_day)
    return same or ends == dt.date.max or one.may_begin[1] <= ends + DAY


def _together(before: Said, one: Said) -> Said:
    """Two memberships as one that ends when the later of them does."""
    later = max(before, one, key=lambda said: (said.may_end[1], -said.may_end[0].toordinal()))
    remarks = dict.fromkeys(filter(None, (before.remark, one.remark)))
    return before._replace(last_day=later.last_day, lasts=later.lasts, remark="; ".join(remarks))


def _open(one: Said, earliest: dt.date | None) -> Days | None:
    """The days on which a membership may have been of which an end is not known."""
    if one.first_day:
        begun = one.may_begin[0], dt.date.max
        return begun if one.last_day is None and not one.lasts else None
    ends = one.may_end[1]
    return (earliest, ends) if earliest and earliest <= ends else None


def _clashes(state: str, said: Sequence[Said]) -> Iterator[Problem]:
    """The memberships of a state that cannot follow another."""
    stretches = [(one.may_begin, one.may_end) for one in said]
    for later, earlier, why in clashes(stretches):
        yield Problem(said[later].place, f"{why} {said[earlier].place}, of {state}")
