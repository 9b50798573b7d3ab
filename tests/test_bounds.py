"""Bounds known only to the month or the year, held against every world that they leave possible.

A world gives each bound one of its days, so that the spells of a state keep their order, each
has a day at least, and no two share one. What is so in every world is certain, and nothing else
is. The worlds are walked from day to day, and never reckoned from the ends of stretches.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from itertools import permutations, product
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from small import DAY, club, days, rival, spell, spells

from cstocli import BrokenDataset, load
from cstocli.core.days import Days
from cstocli.core.finding import Finding, find
from cstocli.core.model import Spell

WINDOW = [dt.date(1999, 12, 30) + DAY * number for number in range(735)]
"""The years 2000 and 2001, and two days more on either side."""
WINTER = [day for day in WINDOW if dt.date(2000, 12, 1) <= day <= dt.date(2001, 3, 31)]
TEXTS = [str(day) for day in WINDOW]
FIRST_TURNS = dt.date(2000, 10, 20), dt.date(2001, 3, 10)
"""Between these days invented states have their first spell begin."""

tries = settings(deadline=None, max_examples=60, derandomize=True)


class Told(NamedTuple):
    """A spell as it is published; an empty `last_day` lasts."""

    status: str
    first_day: str
    last_day: str
    goes_on: bool

    @classmethod
    def of(cls, found: Iterable[Spell]) -> list[Told]:
        return [
            cls(s.status, str(s.first_known), str(s.last_known or ""), s.ended == "next-status")
            for s in found
        ]


def days_meant(text: str) -> list[dt.date]:
    """Every day of what is published as a day, a month or a year; the last of all if empty."""
    return [one for one in WINDOW if str(one).startswith(text)] if text else [dt.date.max]


# The worlds


def next_places(spells: Sequence[Told], place: int, number: int) -> list[int]:
    """Where a state can stand on the day after: 2n before its spell n, 2n + 1 in it."""
    today, tomorrow = TEXTS[number : number + 2]
    index, inside = divmod(place, 2)
    places = [place]
    if inside:
        if not today.startswith(spells[index].last_day or "never"):
            return places
        index += 1
        if index == len(spells) or not spells[index - 1].goes_on:
            places.append(place + 1)
    if index < len(spells) and tomorrow.startswith(spells[index].first_day):
        places.append(2 * index + 1)
    return places


def places_reached(spells: Sequence[Told]) -> list[set[int]]:
    """Where a state can stand on each day of the window, whatever may come of it later."""
    reached = [{0}]
    for number in range(len(WINDOW) - 1):
        steps = (next_places(spells, place, number) for place in reached[-1])
        reached.append(set().union(*steps))
    reached[-1] &= {2 * len(spells) if spells[-1].last_day else 2 * len(spells) - 1}
    return reached


def is_possible(spells: Sequence[Told]) -> bool:
    """Whether there is any world."""
    return bool(places_reached(spells)[-1])


def statuses_possible(spells: Sequence[Told]) -> list[set[str | None]]:
    """The statuses that each day of the window has in some world; none where there is no world."""
    reached = places_reached(spells)
    for number in reversed(range(len(WINDOW) - 1)):
        reached[number] = {
            place
            for place in reached[number]
            if reached[number + 1].intersection(next_places(spells, place, number))
        }
    return [
        {spells[place // 2].status if place % 2 else None for place in places} for places in reached
    ]


def verdict(statuses: Collection[str | None], counts: Collection[str]) -> str:
    """`yes` where every status is counted, `no` where none is."""
    counted = {status in counts for status in statuses}
    return "unknown" if len(counted) == 2 else "yes" if counted == {True} else "no"


def verdict_of_period(days: Collection[str]) -> str:
    if set(days) in ({"yes"}, {"no"}):
        return min(days)
    return "partly" if {"yes", "no"} <= set(days) else "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "member 2000-12-20/2001-02",
        "member 2001-02/2001-02",
        "member 2000-12-20/2001-02, observer 2001-02/2001-03-01",
        "observer 2000-12-20/2001-02 > member 2001-02/",
        "member 2001-02/2001-02-11, member 2001-02/2001-02-14",
        "member 2001-02-03/2001-02, observer 2001-02-05/2001-02-05, member 2001-02/2001-03-01",
    ],
)
def test_the_worlds_are_those_found_by_trying_every_day_of_every_bound(text: str) -> None:
    told = Told.of(spells(text))
    found: list[set[str | None]] = [set() for _ in WINTER]
    for ends in product(*(days_meant(bound) for one in told for bound in one[1:3])):
        firsts, lasts = ends[::2], ends[1::2]
        gaps = [(b - a).days for a, b in zip(lasts, firsts[1:], strict=False)]
        if any(a > b for a, b in zip(firsts, lasts, strict=True)):
            continue
        if any(gap < 1 or (gap > 1 and s.goes_on) for gap, s in zip(gaps, told, strict=False)):
            continue
        for one, statuses in zip(WINTER, found, strict=True):
            held = [s.status for s, a, b in zip(told, firsts, lasts, strict=True) if a <= one <= b]
            statuses.update(held or [None])
    wanted = dict(zip(WINDOW, statuses_possible(told), strict=True))
    assert found == [wanted[one] for one in WINTER]


# What is found


def found(told: str | list[Spell], asked: Days, basis: str = "whole") -> Finding:
    """What is found about the only state of a dataset."""
    records = club(*([told] if isinstance(told, str) else told), states=["AAA"]).records
    return find(records, records.states["AAA"], records.bases[basis], asked)


def days_in(stretches: Iterable[Days]) -> set[dt.date]:
    """The days of stretches, none of which shares one with another."""
    return {day for first, last in stretches for day in WINDOW if first <= day <= last}


@st.composite
def histories(draw: st.DrawFn) -> list[Spell]:
    """What may be published of one to three spells that were near each other."""
    first, last = FIRST_TURNS
    begun = first + DAY * draw(st.integers(0, (last - first).days))
    near = st.sampled_from([0, 0, 0, 1, 2, 9, 30, 45])
    blurred = st.sampled_from([10, 10, 7, 7, 4])
    told: list[Told] = []
    count = draw(st.integers(1, 3))
    for index in range(count):
        until = begun + DAY * draw(near)
        published = [str(begun)[: draw(blurred)], str(until)[: draw(blurred)]]
        if told and told[-1].last_day == published[0] and draw(st.booleans()):
            told[-1] = told[-1]._replace(goes_on=True)
            if len(published[0]) == 10:
                published[0] = str(begun + DAY)
                assume(until > begun)
                told[-1] = told[-1]._replace(last_day=str(begun))
        if index == count - 1 and draw(st.booleans()):
            published[1] = ""
        status = draw(st.sampled_from(["member", "member", "observer"]))
        told.append(Told(status, published[0], published[1], goes_on=False))
        begun = until + DAY + DAY * draw(near)
    assume(is_possible(told))
    ended = ["next-status" if one.goes_on else "left" for one in told]
    return [
        spell(f"{one.status} {one.first_day}/{one.last_day}", ended=how)
        for one, how in zip(told, ended, strict=True)
    ]


COUNTS = st.sampled_from(["whole", "whole", "wide"])
PERIODS = st.tuples(st.integers(0, 734), st.integers(0, 400)).map(
    lambda ends: WINDOW[ends[0] : ends[0] + ends[1] + 1]
)


def order_kept(told: list[Spell]) -> list[Told]:
    """The spells in the order in which the records have them, which must be a possible one."""
    order = Told.of(club(*told).records.spells_of("AAA"))
    assert is_possible(order)
    return order


@tries
@given(histories(), COUNTS)
def test_a_day_is_counted_or_not_where_it_is_so_in_every_world_and_else_unknown(
    told: list[Spell], basis: str
) -> None:
    records = club(*told).records
    state, counts = records.states["AAA"], records.bases[basis]
    for one, statuses in zip(WINDOW, statuses_possible(order_kept(told)), strict=True):
        answer = find(records, state, counts, (one, one)).answer
        assert answer == verdict(statuses, counts.counts), one


@tries
@given(histories(), COUNTS, PERIODS)
def test_a_period_is_judged_by_the_days_that_are_certain_and_tells_them_from_the_others(
    told: list[Spell], basis: str, among: list[dt.date]
) -> None:
    csto = club(*told, states=["AAA"])
    counts = csto.records.bases[basis].counts
    possible = dict(zip(WINDOW, statuses_possible(order_kept(told)), strict=True))
    wanted = {one: verdict(possible[one], counts) for one in among}
    certain = {one for one in among if wanted[one] == "yes"}
    open_days = {one for one in among if wanted[one] == "unknown"}
    asked = among[0], among[-1]
    one = found(told, asked, basis)
    assert one.answer == verdict_of_period(wanted.values())
    assert (days_in(one.certain), days_in(one.unsettled)) == (certain, open_days)
    assert not one.disputed
    (row,) = csto.check("AAA", asked, basis=basis)
    assert (row.answer, row.part) == (one.answer, one.part)
    assert (row.imprecise, row.part == "all") == (bool(open_days), certain == set(among))
    parts = [days(part) for part in (row.part or "").split() if part != "all"]
    assert days_in(parts) == (set() if row.part == "all" else certain)
    listed = csto.members(asked, basis=basis)
    assert bool(listed.rows) is bool(open_days or certain)
    assert all((member.part, member.imprecise) == (row.part, row.imprecise) for member in listed)


HAND_WRITTEN = [
    # A last day, a first day, and both
    ("member 2000-03-05/2001-06", "2001-05-31 yes 06-01 yes 06-02 unknown 06-30 unknown 07-01 no"),
    ("member 2001-06/", "2001-05-31 no 06-01 unknown 06-29 unknown 06-30 yes 07-01 yes"),
    ("member 2001/", "2000-12-31 no 2001-01-01 unknown 2001-12-30 unknown 2001-12-31 yes"),
    ("member 2000-03/2000", "2000-02-29 no 03-01 unknown 03-31 unknown 12-31 unknown"),
    ("member 2001/2001", "2000-12-31 no 2001-01-01 unknown 12-31 unknown 2002-01-01 no"),
    ("member 2000-02/", "2000-02-28 unknown 02-29 yes"),
    ("member 2001-02/", "2001-02-27 unknown 02-28 yes"),
    # A bound in the month of the other one
    ("member 2001-06-10/2001-06", "2001-06-09 no 06-10 yes 06-11 unknown 06-30 unknown"),
    ("member 2001-06/2001-06-10", "2001-06-01 unknown 06-09 unknown 06-10 yes 06-11 no"),
    ("member 2001-06/2001-06-01", "2001-05-31 no 06-01 yes 06-02 no"),
    # The next spell, of another status and of the same
    ("member 2000/2001-06, observer 2001-06/", "2001-06-01 yes 06-02 unknown 06-29 unknown"),
    ("member 2000/2001-06, observer 2001-06/", "2001-06-30 no 07-01 no"),
    ("observer 2000/2001-06, member 2001-06/", "2001-06-01 no 06-02 unknown 06-30 yes"),
    ("member 2000/2001-06, member 2001-06/", "2001-06-01 yes 06-02 unknown 06-29 unknown"),
    ("member 2000/2001-06 > member 2001-06/", "2001-06-01 yes 06-02 yes 06-29 yes 06-30 yes"),
    ("member 2000/2001-06 > observer 2001-06/", "2001-06-01 yes 06-02 unknown 06-30 no"),
    ("member 2000/2001, member 2001/", "2001-01-01 yes 01-02 unknown 12-30 unknown 12-31 yes"),
    ("observer 2000/2001-06, member 2001/", "2001-06-01 no 06-02 unknown 12-31 yes"),
    # A day that is known between two bounds that are not
    ("member 2001-06/2001-06, member 2001-06-27/", "2001-06-01 unknown 06-26 unknown 06-27 yes"),
    ("member 2001-06/2001-06, observer 2001-06-02/", "2001-05-31 no 06-01 yes 06-02 no"),
    ("member 2000-10-17/2000-11-26, member 2000-11/2000-11", "2000-11-02 yes 11-26 yes"),
    ("member 2000-10-17/2000-11-26, member 2000-11/2000-11", "2000-11-27 unknown 12-01 no"),
    ("observer 2000-10-17/2000-11-26, member 2000-11/2000-11", "2000-11-26 no 11-27 unknown"),
    ("observer 2000/2001-06-29, member 2001-06/2001-06", "2001-06-29 no 06-30 yes 07-01 no"),
    ("observer 2000/2000-11, member 2000-11-21/2000-12-21", "2000-11-20 no 11-21 yes 12-21 yes"),
    # Three in a row
    ("member 2001/2001, observer 2001/2001, member 2001/", "2001-12-30 unknown 12-31 yes"),
    ("observer 2001/2001, observer 2001/2001, member 2001/", "2001-01-02 no 01-03 unknown"),
    ("member 2000-10/2000, observer 2000-12-30/2000, member 2001/", "2000-12-29 unknown 12-30 no"),
    (
        "observer 2001-02-04/2001-02-09, member 2001-02/2001-02, observer 2001-02-11/",
        "2001-02-09 no 02-10 yes 02-11 no",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), HAND_WRITTEN)
def test_each_of_these_days_is_certain_or_open(text: str, wanted: str) -> None:
    words = wanted.split()
    year = ""
    for one, answer in zip(words[::2], words[1::2], strict=True):
        year = one[:5] if len(one) == 10 else year
        asked = days(one if len(one) == 10 else year + one)
        assert (one, found(text, asked).answer) == (one, answer)
        assert found(text, asked).imprecise is (answer == "unknown"), one


@pytest.mark.parametrize(
    ("text", "asked", "answer"),
    [
        ("member 2000/2001-06", "2001-01-01/2001-06-01", "yes"),
        ("member 2000/2001-06", "2001-01-01/2001-06-02", "unknown"),
        ("member 2000/2001-06", "2001-01-01/2001-06-30", "unknown"),
        ("member 2000/2001-06", "2001-01-01/2001-07-01", "partly"),
        ("member 2000/2001-06", "2001-06-02/2001-07-01", "unknown"),
        ("member 2000/2001-06", "2001-07-01/2001-12-31", "no"),
        ("member 2001-06/", "2001-05-01/2001-05-31", "no"),
        ("member 2001-06/", "2001-05-01/2001-06-29", "unknown"),
        ("member 2001-06/", "2001-05-31/2001-06-30", "partly"),
        ("member 2001-06/", "2001-06-30/2001-12-31", "yes"),
        ("member 2001/2001", "2000-01-01/2001-12-31", "unknown"),
        ("member 2001/2001", "2000-01-01/2000-12-31", "no"),
        ("member 2000/2001-06, member 2001-06/", "2001-01-01/2001-12-31", "unknown"),
        ("member 2000/2001-06 > member 2001-06/", "2001-01-01/2001-12-31", "yes"),
        ("member 2000/2001-06, observer 2001-06/", "2001-01-01/2001-12-31", "partly"),
    ],
)
def test_each_of_these_periods_is_judged_by_its_certain_days(
    text: str, asked: str, answer: str
) -> None:
    assert found(text, days(asked)).answer == answer


def test_a_rival_is_a_dispute_and_leaves_nothing_open_and_a_bound_the_other_way_round() -> None:
    told = "member 2000/2001-06"
    other = rival(told, "2001-01-10/2001-01-10")
    records = club(told, disputes=[other]).records

    def asked(text: str) -> Finding:
        return find(records, records.states["AAA"], records.bases["whole"], days(text))

    disputed, blurred = asked("2001-01-10"), asked("2001-06-10")
    assert (disputed.answer, disputed.disputed, disputed.unsettled) == ("yes", True, ())
    assert (blurred.answer, blurred.disputed) == ("unknown", False)
    assert blurred.unsettled == (days("2001-06-10"),)
    both = asked("2001-01-10/2001-06-10")
    assert [doubt.dispute for doubt in both.doubts] == [None, other]


def test_where_every_bound_is_known_nothing_is_open() -> None:
    one = found("member 2000-03-05/2001-06-30, observer 2001-07-01/", (WINDOW[0], WINDOW[-1]))
    assert (one.certain, one.unsettled) == ((days("2000-03-05/2001-06-30"),), ())


# Which tables can be true


@st.composite
def publications(draw: st.DrawFn) -> list[Told]:
    """One to three spells about one month, whether or not they can be true together."""
    known = [f"2001-06-{number:02}" for number in (1, 2, 15, 16, 17, 29, 30)]
    texts = st.sampled_from([*known, *["2001-06"] * 4, "2001-05", "2001-07", "2001"])
    told = []
    for _ in range(draw(st.integers(1, 3))):
        one = Told("member", draw(texts), draw(texts), goes_on=False)
        turned = one._replace(first_day=one.last_day, last_day=one.first_day)
        told.append(one if is_possible([one]) else turned)
    if draw(st.booleans()):
        told[-1] = told[-1]._replace(last_day="")
    return draw(st.permutations(told))


def is_accepted(path: Path, told: Iterable[Told]) -> bool:
    """Whether a table of these spells is loaded; all of them are then kept."""
    rows = [f"Narnia,{one.status},{one.first_day},{one.last_day}" for one in told]
    path.write_text("\n".join(["state,status,first_day,last_day", *rows]), encoding="utf-8")
    try:
        csto = load(path)
    except BrokenDataset:
        return False
    assert len(csto.records.spells) == len(csto.history()) == len(rows)
    return True


@settings(tries, max_examples=100)
@given(told=publications())
def test_a_table_is_accepted_where_it_can_be_true_in_one_order_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, told: list[Told]
) -> None:
    orders = sum(map(is_possible, permutations(told)))
    accepted = is_accepted(tmp_path_factory.getbasetemp() / "table.csv", told)
    assert accepted is (orders == 1)


def test_spells_of_which_the_same_month_is_published_are_all_kept(tmp_path: Path) -> None:
    told = Told.of(spells("member 2000/2001, observer 2001/2002, member 2002/"))
    assert is_accepted(tmp_path / "table.csv", told)


def test_of_two_spells_in_an_unknown_order_both_are_named(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rows = "Narnia,member,2001,2001\nNarnia,observer,2001,2001\n"
    path.write_text(f"state,status,first_day,last_day\n{rows}", encoding="utf-8")
    with pytest.raises(BrokenDataset, match="line 3: may come before or after line 2, of Narnia"):
        load(path)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_spells_are_read_in_the_only_order_in_which_they_can_follow(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    """A member from a day of 2007 to 12 March and again from the 13th: it observed before that."""
    rows = ["member,2007,2007-03-12", "observer,2007,2007", "member,2007-03-13,"]
    path = tmp_path / "table.csv"
    told = "".join(f"Narnia,{rows[place]}\n" for place in order)
    path.write_text(f"state,status,first_day,last_day\n{told}", encoding="utf-8")
    csto = load(path)
    assert [f"{row.status} {row.first_day} {row.last_day or ''}" for row in csto.history()] == [
        "observer 2007 2007",
        "member 2007 2007-03-12",
        "member 2007-03-13 ",
    ]
    answers = {
        "2006-12-31": "no",
        "2007-01-01": "no",
        "2007-01-02": "unknown",
        "2007-03-11": "unknown",
        "2007-03-12": "yes",
        "2007-03-13": "yes",
        "2008-01-01": "yes",
    }
    assert {on: csto.check("Narnia", on).rows[0].answer for on in answers} == answers
    (joined,) = csto.accessions()
    assert (str(joined.day), joined.imprecise, csto.withdrawals().rows) == ("2007", True, ())
    assert csto.accessions("2007-01-01").rows == csto.accessions("2007-03-13").rows == ()
    assert csto.accessions("2007-01-02").rows == csto.accessions("2007-03-12").rows == (joined,)
