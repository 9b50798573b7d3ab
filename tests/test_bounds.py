"""Bounds known only to the month or the year, held against every world that they leave possible.

A world gives each bound one of its days, so that the spells of a state keep their order, each
has a day at least, and no two share one. What is so in every world is certain, and nothing else
is. The worlds are walked from day to day, and never reckoned from the ends of stretches.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import permutations, product
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cstocli import BrokenDataset, bounds, load, queries, ruling
from cstocli.dates import When
from cstocli.model import Basis, Dispute, Organisation, Records, Source, Spell, State, Status

ONE_DAY = dt.timedelta(1)
WINDOW = [dt.date(1999, 12, 30) + dt.timedelta(number) for number in range(735)]
"""The years 2000 and 2001, and two days more on either side."""
WINTER = [day for day in WINDOW if dt.date(2000, 12, 1) <= day <= dt.date(2001, 3, 31)]
TEXTS = [str(day) for day in WINDOW]
FIRST_TURNS = dt.date(2000, 10, 20), dt.date(2001, 3, 10)
"""Between these days invented states have their first spell begin."""
MEMBER = frozenset({"member"})
EITHER = frozenset({"member", "observer"})

tries = settings(deadline=None, max_examples=60, derandomize=True)
Days = tuple[dt.date, dt.date]


class Told(NamedTuple):
    """A spell as it is published; an empty `last_day` lasts."""

    status: str
    first_day: str
    last_day: str
    ended: str = "left"


def told(text: str) -> list[Told]:
    """Spells written as `member 2001/2001-06, observer 2001-06/`; a `>` leaves no gap."""
    parts = re.split("(, | > )", text)
    spells = []
    for part, link in zip(parts[::2], [*parts[1::2], ""], strict=True):
        status, first_day, last_day = re.split("[ /]", part)
        spells.append(Told(status, first_day, last_day, "next-status" if ">" in link else "left"))
    return spells


def days_meant(text: str) -> list[dt.date]:
    """Every day of what is published as a day, a month or a year; none of what is empty."""
    if not text:
        return []
    day = dt.date.fromisoformat(f"{text}-01-01"[:10])
    days = []
    while str(day).startswith(text):
        days.append(day)
        day += ONE_DAY
    return days


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
        if index == len(spells) or spells[index - 1].ended != "next-status":
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


def verdicts(spells: Sequence[Told], counts: Collection[str]) -> list[str]:
    return [verdict(statuses, counts) for statuses in statuses_possible(spells)]


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
    spells = told(text)
    found: list[set[str | None]] = [set() for _ in WINTER]
    for ends in product(*(days_meant(bound) or [dt.date.max] for s in spells for bound in s[1:3])):
        firsts, lasts = ends[::2], ends[1::2]
        gaps = [(b - a).days for a, b in zip(lasts, firsts[1:], strict=False)]
        linked = [spell.ended == "next-status" for spell in spells]
        if any(a > b for a, b in zip(firsts, lasts, strict=True)):
            continue
        if any(gap < 1 or (gap > 1 and link) for gap, link in zip(gaps, linked, strict=False)):
            continue
        for day, statuses in zip(WINTER, found, strict=True):
            held = [
                s.status for s, a, b in zip(spells, firsts, lasts, strict=True) if a <= day <= b
            ]
            statuses.update(held or [None])
    wanted = dict(zip(WINDOW, statuses_possible(spells), strict=True))
    assert found == [wanted[day] for day in WINTER]


# What the records say


def records(spells: Iterable[Told], *disputes: Dispute) -> Records:
    """The records of one state, `AAA`, with these spells, numbered in their order."""
    return Records(
        release="2000a",
        verified_through=None,
        licence="",
        organisation=Organisation("CLUB", "Club", None, None, None, ()),
        statuses=[Status(status, status, f"was {status}", f"is {status}") for status in EITHER],
        bases=[
            Basis("narrow", True, MEMBER, "narrow", None, None, None),
            Basis("wide", False, EITHER, "wide", None, None, None),
        ],
        kinds=[],
        states=[State("AAA", None, None, None, None, "Aaa", "Aaa", "Aaa", "Aaa", (), ())],
        acts=[],
        spells=[
            Spell(
                str(number),
                "AAA",
                spell.status,
                bounds.first_bound(spell.first_day),
                bounds.last_bound(spell.last_day) if spell.last_day else None,
                None,
                None,
                spell.ended if spell.last_day else None,
                None,
            )
            for number, spell in enumerate(spells)
        ],
        disputes=disputes,
        remarks=[],
        open_questions=[],
        sources=[Source("book", "A Press", "A Book", None, None, None, "primary")],
    )


def order_kept(asked: Records, spells: Sequence[Told]) -> list[Told]:
    """The spells in the order in which the records have them."""
    return [spells[int(spell.id)] for spell in asked.spells_of("AAA")]


def days_in(stretches: Iterable[Days]) -> set[dt.date]:
    """The days of stretches, none of which shares one with another."""
    days = [day for first, last in stretches for day in WINDOW if first <= day <= last]
    return set(days)


@st.composite
def histories(draw: st.DrawFn) -> list[Told]:
    """What may be published of one to three spells that were near each other."""
    first, last = FIRST_TURNS
    day = first + dt.timedelta(draw(st.integers(0, (last - first).days)))
    near = st.sampled_from([0, 0, 0, 1, 2, 9, 30, 45])
    blurred = st.sampled_from([10, 10, 7, 7, 4])
    spells: list[Told] = []
    count = draw(st.integers(1, 3))
    for index in range(count):
        until = day + dt.timedelta(draw(near))
        published = [str(day)[: draw(blurred)], str(until)[: draw(blurred)]]
        if spells and spells[-1].last_day == published[0] and draw(st.booleans()):
            spells[-1] = spells[-1]._replace(ended="next-status")
            if len(published[0]) == 10:
                published[0] = str(day + ONE_DAY)
                assume(until > day)
                spells[-1] = spells[-1]._replace(last_day=str(day))
        if index == count - 1 and draw(st.booleans()):
            published[1] = ""
        status = draw(st.sampled_from(["member", "member", "observer"]))
        spells.append(Told(status, *published))
        day = until + ONE_DAY + dt.timedelta(draw(near))
    assume(is_possible(spells))
    return spells


COUNTS = st.sampled_from([MEMBER, MEMBER, EITHER])


@tries
@given(histories())
def test_the_spells_of_a_state_are_kept_in_an_order_that_is_possible(spells: list[Told]) -> None:
    assert is_possible(order_kept(records(spells), spells))


@tries
@given(histories(), COUNTS)
def test_a_day_is_counted_or_not_where_it_is_so_in_every_world_and_else_unknown(
    spells: list[Told], counts: frozenset[str]
) -> None:
    asked = records(spells)
    order = order_kept(asked, spells)
    assume(is_possible(order))
    wanted = dict(zip(WINDOW, verdicts(order, counts), strict=True))
    assert {day: asked.answer("AAA", counts, (day, day)) for day in WINDOW} == wanted


@tries
@given(histories(), COUNTS, st.tuples(st.integers(0, 734), st.integers(0, 400)))
def test_the_certain_and_the_unsettled_days_of_a_period_are_those_of_the_worlds(
    spells: list[Told], counts: frozenset[str], period: tuple[int, int]
) -> None:
    asked = records(spells)
    order = order_kept(asked, spells)
    assume(is_possible(order))
    among = WINDOW[period[0] : period[0] + period[1] + 1]
    wanted = dict(zip(WINDOW, verdicts(order, counts), strict=True))
    counted, uncounted = asked.certain("AAA", counts, (among[0], among[-1]))
    unsettled = asked.unsettled("AAA", counts, (among[0], among[-1]))
    assert {
        "yes": days_in(counted),
        "no": days_in(uncounted),
        "unknown": days_in(unsettled),
    } == {word: {day for day in among if wanted[day] == word} for word in ("yes", "no", "unknown")}


@tries
@given(histories(), COUNTS, st.tuples(st.integers(0, 734), st.integers(0, 400)))
def test_a_period_is_judged_by_the_days_that_are_certain(
    spells: list[Told], counts: frozenset[str], period: tuple[int, int]
) -> None:
    asked = records(spells)
    order = order_kept(asked, spells)
    assume(is_possible(order))
    among = slice(period[0], period[0] + period[1] + 1)
    wanted = verdict_of_period(verdicts(order, counts)[among])
    days = WINDOW[among]
    assert asked.answer("AAA", counts, (days[0], days[-1])) == wanted
    assert not asked.is_disputed("AAA", counts, (days[0], days[-1]))


@tries
@given(histories(), st.integers(0, 734), st.integers(0, 400))
def test_check_and_members_say_what_is_certain_and_mark_what_is_not(
    spells: list[Told], start: int, length: int
) -> None:
    asked = records(spells)
    order = order_kept(asked, spells)
    assume(is_possible(order))
    days = WINDOW[start : start + length + 1]
    wanted = dict(zip(WINDOW, verdicts(order, MEMBER), strict=True))
    when, today = When(days[0], days[-1], "period"), When.day(WINDOW[-1])
    (row,) = queries.check(asked, asked.states["AAA"], when, asked.default_basis, today)
    assert row.answer == verdict_of_period([wanted[day] for day in days])
    assert row.imprecise is ("unknown" in {wanted[day] for day in days})
    certain = [day for day in days if wanted[day] == "yes"]
    if row.part == "all":
        assert certain == days
    else:
        ends = [map(dt.date.fromisoformat, part.split("/")) for part in (row.part or "").split()]
        assert days_in((first, last) for first, last in ends) == set(certain)
        assert certain != days
    listed = queries.members(asked, when, asked.default_basis, today).rows
    assert bool(listed) is (row.imprecise or bool(certain))
    assert all((one.part, one.imprecise) == (row.part, row.imprecise) for one in listed)


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
    asked = records(told(text))
    words = wanted.split()
    year = ""
    for day, answer in zip(words[::2], words[1::2], strict=True):
        year = day[:5] if len(day) == 10 else year
        date = dt.date.fromisoformat(day if len(day) == 10 else year + day)
        assert (day, asked.answer("AAA", MEMBER, (date, date))) == (day, answer)
        assert bool(asked.unsettled("AAA", MEMBER, (date, date))) is (answer == "unknown"), day


@pytest.mark.parametrize(
    ("text", "first_day", "last_day", "answer"),
    [
        ("member 2000/2001-06", "2001-01-01", "2001-06-01", "yes"),
        ("member 2000/2001-06", "2001-01-01", "2001-06-02", "unknown"),
        ("member 2000/2001-06", "2001-01-01", "2001-06-30", "unknown"),
        ("member 2000/2001-06", "2001-01-01", "2001-07-01", "partly"),
        ("member 2000/2001-06", "2001-06-02", "2001-07-01", "unknown"),
        ("member 2000/2001-06", "2001-07-01", "2001-12-31", "no"),
        ("member 2001-06/", "2001-05-01", "2001-05-31", "no"),
        ("member 2001-06/", "2001-05-01", "2001-06-29", "unknown"),
        ("member 2001-06/", "2001-05-31", "2001-06-30", "partly"),
        ("member 2001-06/", "2001-06-30", "2001-12-31", "yes"),
        ("member 2001/2001", "2000-01-01", "2001-12-31", "unknown"),
        ("member 2001/2001", "2000-01-01", "2000-12-31", "no"),
        ("member 2000/2001-06, member 2001-06/", "2001-01-01", "2001-12-31", "unknown"),
        ("member 2000/2001-06 > member 2001-06/", "2001-01-01", "2001-12-31", "yes"),
        ("member 2000/2001-06, observer 2001-06/", "2001-01-01", "2001-12-31", "partly"),
    ],
)
def test_each_of_these_periods_is_judged_by_its_certain_days(
    text: str, first_day: str, last_day: str, answer: str
) -> None:
    days = dt.date.fromisoformat(first_day), dt.date.fromisoformat(last_day)
    assert records(told(text)).answer("AAA", MEMBER, days) == answer


def test_a_rival_is_a_dispute_and_leaves_nothing_open_and_a_bound_the_other_way_round() -> None:
    day = dt.date(2001, 1, 10)
    rival = Dispute("rival", "0", "2001", day, day, None, "rival", "so they say", ("book",))
    asked = records(told("member 2000/2001-06"), rival)
    inside = dt.date(2001, 6, 10)
    assert asked.is_disputed("AAA", MEMBER, (day, day))
    assert asked.unsettled("AAA", MEMBER, (day, day)) == []
    assert asked.answer("AAA", MEMBER, (day, day)) == "yes"
    assert not asked.is_disputed("AAA", MEMBER, (inside, inside))
    assert asked.unsettled("AAA", MEMBER, (inside, inside)) == [(inside, inside)]
    assert [d.dispute for d in asked.doubts("AAA", MEMBER, (day, inside))].count(rival) == 1


def test_where_every_bound_is_known_nothing_is_open() -> None:
    asked = records(told("member 2000-03-05/2001-06-30, observer 2001-07-01/"))
    assert asked.unsettled("AAA", MEMBER, (WINDOW[0], WINDOW[-1])) == []
    assert asked.certain("AAA", MEMBER, (WINDOW[0], WINDOW[-1])) == (
        [(dt.date(2000, 3, 5), dt.date(2001, 6, 30))],
        [(WINDOW[0], dt.date(2000, 3, 4)), (dt.date(2001, 7, 1), WINDOW[-1])],
    )


# Which tables can be true


def table(folder: Path, spells: Iterable[Told]) -> str:
    path = folder / "table.csv"
    rows = [f"Narnia,{s.status},{s.first_day},{s.last_day}" for s in spells]
    path.write_text("\n".join(["state,status,first_day,last_day", *rows]), encoding="utf-8")
    return str(path)


@st.composite
def publications(draw: st.DrawFn) -> list[Told]:
    """One to three spells about one month, whether or not they can be true together."""
    days = [f"2001-06-{number:02}" for number in (1, 2, 15, 16, 17, 29, 30)]
    texts = st.sampled_from([*days, *["2001-06"] * 4, "2001-05", "2001-07", "2001"])
    spells = []
    for _ in range(draw(st.integers(1, 3))):
        one = Told("member", draw(texts), draw(texts))
        other = Told("member", one.last_day, one.first_day)
        spells.append(one if is_possible([one]) else other)
    if draw(st.booleans()):
        spells[-1] = spells[-1]._replace(last_day="")
    return draw(st.permutations(spells))


def is_accepted(path: str) -> bool:
    try:
        load(path)
    except BrokenDataset:
        return False
    return True


@settings(tries, max_examples=100)
@given(spells=publications())
def test_a_table_is_accepted_where_it_can_be_true_in_one_order_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, spells: list[Told]
) -> None:
    path = table(tmp_path_factory.getbasetemp(), spells)
    orders = sum(map(is_possible, permutations(spells)))
    if len(spells) < 3 or orders != 1:
        assert is_accepted(path) is (orders == 1)


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("member 2001-06-01/2001-06-10, member 2001-06-11/", True),
        ("member 2001-06-01/2001-06-10, member 2001-06-10/", False),
        ("member 2001/2001-06, member 2001-06-02/", True),
        ("member 2001-06-01/2001-06, member 2001-06-01/", False),
        ("member 2001-06-01/2001-06-29, member 2001-06/", True),
        ("member 2001-06-01/2001-06-30, member 2001-06/", False),
        ("member 2001-06/2001-06, member 2001-06-27/", True),
        ("member 2001-06/2001-06, member 2001-06-01/", False),
        ("member 2001-06/2001-06, member 2001-06-27/2001-10-05", True),
        ("member 2001/2001, member 2001/", True),
        ("member 2001/2001, observer 2001/2001", False),
        ("member 2001-01-02/2001-01-04, observer 2001-01/2001-01", False),
        ("member 2001-01-01/2001-01-04, observer 2001-01/2001-01", True),
        ("member 2001/2001, member 2001-12-25/", True),
        ("member 2001/2001-06, member 2001-06-02/2001-07", True),
        ("member 2001/2001-06, member 2001-06-01/2001-07", False),
        ("member 2001-06-01/2001-06, member 2001-06-01/2001-07", False),
        ("member 2001-06-01/2001-06-15, member 2001-06/2001-06, member 2001-06-17/", True),
        ("member 2001-06-01/2001-06-15, member 2001-06/2001-06, member 2001-06-16/", False),
        ("member 2001-06/, member 2001-07/", False),
    ],
)
def test_spells_may_follow_each_other_as_closely_as_their_bounds_allow(
    tmp_path: Path, text: str, accepted: bool
) -> None:
    assert is_accepted(table(tmp_path, told(text))) is accepted
    assert is_accepted(table(tmp_path, told(text)[::-1])) is accepted


def test_spells_of_which_the_same_month_is_published_are_all_kept(tmp_path: Path) -> None:
    csto = load(table(tmp_path, told("member 2000/2001, observer 2001/2002, member 2002/")))
    assert len(csto.records.spells) == len(csto.history()) == 3


def test_of_two_spells_in_an_unknown_order_both_are_named(tmp_path: Path) -> None:
    path = table(tmp_path, told("member 2001/2001, observer 2001/2001"))
    with pytest.raises(BrokenDataset, match="line 3: may come before or after line 2, of Narnia"):
        load(path)


# Bounds by themselves


def day(text: str) -> dt.date:
    """The day that a text such as `2001-06-23` means."""
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2001-06-23", "2001-06-23", "2001-06-23"),
        ("2000-02-29", "2000-02-29", "2000-02-29"),
        ("2001-06", "2001-06-01", "2001-06-30"),
        ("2001-12", "2001-12-01", "2001-12-31"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2001-02", "2001-02-01", "2001-02-28"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2001", "2001-01-01", "2001-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_text_means_the_days_of_its_day_month_or_year(text: str, first: str, last: str) -> None:
    assert bounds.days_of(text) == (day(first), day(last))
    for read, end in ((bounds.first_bound, first), (bounds.last_bound, last)):
        bound = read(text)
        assert (bound, str(bound)) == (day(end), text)
        assert bounds.may_be(bound) == (day(first), day(last))


@pytest.mark.parametrize(
    "text",
    [
        "", "2001-13", "2001-00", "2001-02-29", "1900-02-29", "2001-04-31", "2001-06-00",
        "2001-06-32", "0000", "0000-01", "2001-6", "2001-6-01", "20010623", "200106", "2001-W01",
        "2001-W01-1", "2001-174", "01", "02001", "-2001", " 2001", "2001 ", "2001-", "2001-06-",
        "2001-06-23T00:00", "2001/06/23", "23/06/2001", "June", "２００１", "２００１-06", "null",
    ],
)  # fmt: skip
@pytest.mark.parametrize("read", [bounds.days_of, bounds.first_bound, bounds.last_bound])
def test_what_is_no_day_month_or_year_is_refused(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # its words are those of the calendar
        read(text)


def test_a_bound_is_written_as_it_was_published_wherever_it_is_written() -> None:
    bound = bounds.first_bound("2001-06")
    assert {str(bound), bound.isoformat(), f"{bound}", "{}".format(bound)} == {"2001-06"}  # noqa: UP032
    assert str(bounds.last_bound("2001")) == "2001"


def test_a_bound_counts_as_a_day_and_a_day_reckoned_from_it_is_an_ordinary_one() -> None:
    first, last = bounds.first_bound("2001-06"), bounds.last_bound("2001-06")
    assert (first, last) == (day("2001-06-01"), day("2001-06-30"))
    assert hash(first) == hash(day("2001-06-01"))
    assert first < day("2001-06-02") <= last
    assert (last - first).days == 29
    for reckoned in (last + ONE_DAY, first + 30 * ONE_DAY):
        assert str(reckoned) == "2001-07-01"
        assert bounds.may_be(reckoned) == (day("2001-07-01"),) * 2
    assert str(first - ONE_DAY) == "2001-05-31"
    assert str(first.replace(day=7)) == "2001-06-07"


def test_a_known_day_may_be_no_other() -> None:
    assert bounds.may_be(day("2001-06-23")) == (day("2001-06-23"),) * 2


FIRST, LAST = bounds.first_bound, bounds.last_bound


@pytest.mark.parametrize(
    ("first_day", "last_day", "begins", "must_begin", "may_end", "ends"),
    [
        ("2001-06-10", "2001-08-01", "2001-06-10", "2001-06-10", "2001-08-01", "2001-08-01"),
        ("2001-06-10", None, "2001-06-10", "2001-06-10", "9999-12-31", "9999-12-31"),
        ("2001-06", None, "2001-06-01", "2001-06-30", "9999-12-31", "9999-12-31"),
        ("2001-06", "2001-06-12", "2001-06-01", "2001-06-12", "2001-06-12", "2001-06-12"),
        ("2001", "2001-06", "2001-01-01", "2001-06-30", "2001-06-01", "2001-06-30"),
        ("2001-06-10", "2001-06", "2001-06-10", "2001-06-10", "2001-06-10", "2001-06-30"),
        ("2001-06", "2001", "2001-06-01", "2001-06-30", "2001-06-01", "2001-12-31"),
        ("2001", "2001", "2001-01-01", "2001-12-31", "2001-01-01", "2001-12-31"),
    ],
)
def test_the_limits_of_a_spell_are_how_early_and_late_it_can_begin_and_end(
    first_day: str, last_day: str | None, begins: str, must_begin: str, may_end: str, ends: str
) -> None:
    found = ruling.limits(FIRST(first_day), LAST(last_day) if last_day else None)
    expected = [day(text).toordinal() for text in (begins, must_begin, may_end, ends)]
    assert list(found) == expected


@pytest.mark.parametrize(
    ("first_day", "last_day", "length"),
    [
        ("2001-06-10", "2001-06-10", 1),
        ("2000-02-28", "2000-03-01", 3),
        ("2001-02-28", "2001-03-01", 2),
        ("2001-06-10", None, None),
        ("2001-06", "2001-07-01", None),
        ("2001-06-10", "2001-07", None),
        ("2001", "2001", None),
    ],
)
def test_a_stretch_has_a_length_where_both_its_ends_are_known(
    first_day: str, last_day: str | None, length: int | None
) -> None:
    last = LAST(last_day) if last_day else None
    assert bounds.length(FIRST(first_day), last) == length


STRETCHES = st.tuples(st.integers(0, 30), st.integers(0, 10)).map(
    lambda ends: (WINDOW[ends[0]], WINDOW[ends[0] + ends[1]])
)


@tries
@given(STRETCHES, st.booleans(), STRETCHES)
def test_clipping_leaves_the_days_that_both_have(one: Days, lasts: bool, asked: Days) -> None:
    part = bounds.clip(one[0], None if lasts else one[1], asked)
    until = WINDOW[-1] if lasts else one[1]
    wanted = {day for day in days_in([asked]) if one[0] <= day <= until}
    assert (days_in([part]) if part else set()) == wanted
    assert (part is None) is (not wanted)


@tries
@given(st.lists(STRETCHES, max_size=4), st.lists(STRETCHES, max_size=4))
def test_taking_days_away_leaves_the_others(stretches: list[Days], others: list[Days]) -> None:
    left = bounds.without(stretches, others)
    assert days_in(left) == days_in(stretches) - days_in(others)
    assert all(first <= last for first, last in left)


def test_taking_the_middle_away_leaves_both_sides() -> None:
    june = day("2001-06-01"), day("2001-06-30")
    middle = day("2001-06-10"), day("2001-06-20")
    assert bounds.without([june], [middle]) == [
        (day("2001-06-01"), day("2001-06-09")),
        (day("2001-06-21"), day("2001-06-30")),
    ]
    assert bounds.without([june], [june]) == []
    assert bounds.without([june], []) == [june]
