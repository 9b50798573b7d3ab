"""What imprecise bounds leave possible: in which order spells follow each other, the days that
each must have, and the days that are open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise, permutations
from typing import NamedTuple

from cstocli.core.days import Days

Stretch = tuple[Days, Days]
"""A spell by the days on which it may begin, first and last, and those on which it may end."""


_FEW = 6
"""Of how many spells every order is tried."""


class Limits(NamedTuple):
    """Between which days a spell begins, and between which it ends, as ordinals.

    A spell that lasts ends on the last day of all.
    """

    begins: int
    must_begin: int
    may_end: int
    ends: int


def limits(first: Days, last: Days) -> Limits:
    """The limits of a spell by itself."""
    begins, must_begin = first[0], min(first[1], last[1])
    may_end, ends = max(first[0], last[0]), last[1]
    return Limits(*(day.toordinal() for day in (begins, must_begin, may_end, ends)))


def in_order(spells: Sequence[Limits]) -> list[int]:
    """The places of a state's spells in the order in which they follow each other.

    Of two spells of which only one order is possible, the first has the lesser sum of its
    latest first day and its earliest last day. Of more, it may be that only another order
    leaves each of them a day.
    """
    order = sorted(range(len(spells)), key=lambda i: spells[i].must_begin + spells[i].may_end)
    if _fits([spells[place] for place in order]):
        return order
    return [place for group in _groups(spells) for place in _only_order(spells, group) or group]


def _fits(spells: Sequence[Limits]) -> bool:
    """Whether spells can follow each other in this order, each with a day at least."""
    taken = 0
    for spell in spells:
        ends = _next(spell, taken)
        if ends is None:
            return False
        taken = ends
    return True


def _next(spell: Limits, taken: int) -> int | None:
    """The first day by which a spell can be over, if others have the days up to one; else none."""
    begins = max(spell.begins, taken + 1)
    ends = max(spell.may_end, begins)
    return ends if begins <= spell.must_begin and ends <= spell.ends else None


def _groups(spells: Sequence[Limits]) -> Iterator[list[int]]:
    """The places of spells in groups that cannot touch each other, in order."""
    order = sorted(range(len(spells)), key=lambda i: spells[i].must_begin + spells[i].may_end)
    group: list[int] = []
    end = 0
    for place in sorted(order, key=lambda i: spells[i].begins):
        if group and spells[place].begins > end:
            yield sorted(group, key=order.index)
            group = []
        group.append(place)
        end = max(end, spells[place].ends)
    if group:
        yield sorted(group, key=order.index)


def _only_order(spells: Sequence[Limits], group: Sequence[int]) -> list[int] | None:
    """The only order in which a few spells can follow each other; none if there is not one."""
    if len(group) > _FEW:
        return None
    found = [o for o in permutations(group) if _fits([spells[place] for place in o])]
    return list(found[0]) if len(found) == 1 else None


def narrowed(spells: Sequence[Limits], goes_on: Sequence[bool]) -> list[Limits]:
    """The limits of spells in order, each narrowed by the spells around it.

    `goes_on` says of which the next one begins on the day after. Where spells cannot follow
    each other, one of them must begin before it can.
    """
    found = [list(spell) for spell in spells]
    for (one, two), joined in zip(pairwise(found), goes_on, strict=False):
        two[0] = max(two[0], one[2] + 1)
        two[2] = max(two[2], two[0])
        if joined:
            one[2] = max(one[2], two[0] - 1)
    for (one, two), joined in [*zip(pairwise(found), goes_on, strict=False)][::-1]:
        one[3] = min(one[3], two[1] - 1)
        one[1] = min(one[1], one[3])
        if joined:
            two[1] = min(two[1], one[3] + 1)
    return [Limits(*spell) for spell in found]


def clashes(stretches: Sequence[Stretch]) -> Iterator[tuple[int, int, str]]:
    """The stretches of a state that cannot follow another, by both places, and why."""
    found = [limits(*stretch) for stretch in stretches]
    order = in_order(found)
    chain = narrowed([found[place] for place in order], [False] * len(order))
    possible = True
    for index, (one, other) in enumerate(pairwise(order), 1):
        before, after = found[one], found[other]
        tight = chain[index]
        if before.may_end >= after.must_begin or tight.begins > tight.must_begin:
            possible = False
            yield other, one, "shares days with"
    if not possible:
        return
    for one, other in _movable([found[place] for place in order]):
        yield order[other], order[one], "may come before or after"


def _movable(spells: Sequence[Limits]) -> Iterator[tuple[int, int]]:
    """Of spells that can follow each other in this order, those that may also stand elsewhere:
    the places of one, and of a later one that may come before it.
    """
    taken, room = _taken(spells), _room(spells)
    earliest = [*accumulate((spell.begins for spell in reversed(spells)), min)][::-1]
    for place, spell in enumerate(spells[:-1]):
        later = place + 1
        while later < len(spells) and earliest[later] < spell.must_begin:
            ends = _next(spells[later], taken[place])
            if ends and _other_order(spells, [*range(place, later)], later + 1, ends, room):
                yield place, later
                break
            later += 1


def _taken(spells: Sequence[Limits]) -> list[int]:
    """The day up to which those before each spell have the days, at least."""
    taken = [0]
    for spell in spells:
        taken.append(_next(spell, taken[-1]) or taken[-1])
    return taken


def _room(spells: Sequence[Limits]) -> list[int]:
    """The day up to which those before each spell may have the days, so that it and all that
    follow still can have theirs; of the end, the last of all.
    """
    room = [dt.date.max.toordinal()]
    for spell in reversed(spells):
        ends = min(spell.ends, room[-1])
        room.append(min(spell.must_begin, ends) - 1 if spell.may_end <= ends else -1)
    return room[::-1]


def _other_order(
    spells: Sequence[Limits], waiting: Sequence[int], later: int, taken: int, room: Sequence[int]
) -> bool:
    """Whether those that wait can still have days, before or among those from `later` on, where
    the days up to one are taken.
    """
    if not waiting:
        return taken <= room[later]
    if any(spells[place].must_begin <= taken for place in waiting):
        return False
    some = [*waiting, *range(later, min(later + 1, len(spells)))]
    for place in some:
        ends = _next(spells[place], taken)
        if ends is None:
            continue
        left = [one for one in waiting if one != place]
        if _other_order(spells, left, later + (place == later), ends, room):
            return True
    return False


class Ruled(NamedTuple):
    """A spell as it counts."""

    place: int
    """Its place among the spells that were given."""
    may_begin: Days
    """The days on one of which it begins, narrowed by the spells around it."""
    may_end: Days
    first_day: dt.date
    """The earliest that is possible, once the spells before it have their days."""
    last_day: dt.date
    """The latest that is possible; the last of all while it lasts."""
    open_days: list[tuple[dt.date, dt.date, int | None]]
    """First and last days on which something else can be true: another spell, or none."""


def ruled(stretches: Sequence[Stretch], goes_on: Sequence[bool]) -> Iterator[Ruled]:
    """The spells of a state, some with imprecise bounds, in order as they count.

    The ruling gives a spell every day that it may have and that none before it has. On all days
    but those that a spell must have, something else can be true: there was no spell, or it was
    a later one's turn.
    """
    alone = [limits(*stretch) for stretch in stretches]
    order = in_order(alone)
    found = narrowed([alone[place] for place in order], [goes_on[place] for place in order])
    taken = 0
    for index, (place, limit) in enumerate(zip(order, found, strict=True)):
        begins = max(limit.begins, taken + 1)
        ended = max(limit.may_end + 1, begins)
        others: list[tuple[int, int, int | None]] = [(begins, limit.must_begin - 1, None)]
        if not goes_on[place]:
            others.append((ended, limit.ends, None))
        later = index + 1
        while later < len(found) and found[later].begins <= limit.ends:
            others.append((max(found[later].begins, ended), limit.ends, order[later]))
            later += 1
        day = dt.date.fromordinal
        yield Ruled(
            place,
            (day(limit.begins), day(limit.must_begin)),
            (day(limit.may_end), day(limit.ends)),
            day(begins),
            day(limit.ends),
            [(day(first), day(last), other) for first, last, other in others if first <= last],
        )
        taken = limit.ends
