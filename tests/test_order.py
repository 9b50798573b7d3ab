"""In which order imprecise spells follow each other, and which days they leave each other."""

from __future__ import annotations

import pytest
from small import club, day, days, spell, spells

from cstocli.core.order import Limits, clashes, in_order, limits, narrowed


@pytest.mark.parametrize(
    ("text", "begins", "must_begin", "may_end", "ends"),
    [
        ("2001-06-10/2001-08-01", "2001-06-10", "2001-06-10", "2001-08-01", "2001-08-01"),
        ("2001-06-10/", "2001-06-10", "2001-06-10", "9999-12-31", "9999-12-31"),
        ("2001-06/", "2001-06-01", "2001-06-30", "9999-12-31", "9999-12-31"),
        ("2001-06/2001-06-12", "2001-06-01", "2001-06-12", "2001-06-12", "2001-06-12"),
        ("2001-06-10/2001-06", "2001-06-10", "2001-06-10", "2001-06-10", "2001-06-30"),
        ("2001/2001-06", "2001-01-01", "2001-06-30", "2001-06-01", "2001-06-30"),
        ("2001-06/2001", "2001-06-01", "2001-06-30", "2001-06-01", "2001-12-31"),
        ("2001/2001", "2001-01-01", "2001-12-31", "2001-01-01", "2001-12-31"),
    ],
)
def test_the_limits_of_a_spell_are_how_early_and_late_it_can_begin_and_end(
    text: str, begins: str, must_begin: str, may_end: str, ends: str
) -> None:
    one = spell(f"member {text}")
    expected = [day(text).toordinal() for text in (begins, must_begin, may_end, ends)]
    assert list(limits(one.may_begin, one.may_end)) == expected


def test_spells_follow_each_other_by_their_latest_first_and_earliest_last_day() -> None:
    assert in_order([Limits(1, 9, 11, 30), Limits(1, 9, 10, 40)]) == [1, 0]
    assert in_order([Limits(1, 9, 10, 40), Limits(5, 8, 10, 40)]) == [1, 0]
    assert in_order([Limits(1, 9, 10, 40), Limits(2, 9, 10, 30)]) == [0, 1]
    three = [Limits(9, 9, 20, 20), Limits(3, 8, 8, 8), Limits(1, 1, 2, 2)]
    assert in_order(three) == [2, 1, 0]


@pytest.mark.parametrize(
    ("one", "two", "goes_on", "one_narrowed", "two_narrowed"),
    [
        # neither is in the way of the other
        ((1, 2, 5, 6), (8, 9, 12, 13), False, (1, 2, 5, 6), (8, 9, 12, 13)),
        # the earliest last day puts the other's first off, and the latest first day the last
        ((1, 2, 5, 9), (3, 8, 12, 13), False, (1, 2, 5, 7), (6, 8, 12, 13)),
        ((1, 2, 5, 9), (6, 8, 12, 13), False, (1, 2, 5, 7), (6, 8, 12, 13)),
        ((1, 2, 5, 7), (5, 8, 12, 13), False, (1, 2, 5, 7), (6, 8, 12, 13)),
        # within one month
        ((1, 30, 1, 30), (1, 30, 1, 30), False, (1, 29, 1, 29), (2, 30, 2, 30)),
        ((1, 30, 1, 30), (1, 30, 2, 30), False, (1, 29, 1, 29), (2, 30, 2, 30)),
        ((1, 28, 1, 30), (1, 30, 3, 30), False, (1, 28, 1, 29), (2, 30, 3, 30)),
        # where the other begins on the day after
        ((1, 2, 5, 9), (7, 8, 12, 13), True, (1, 2, 6, 7), (7, 8, 12, 13)),
        ((1, 2, 6, 9), (7, 8, 12, 13), True, (1, 2, 6, 7), (7, 8, 12, 13)),
        ((1, 2, 7, 9), (7, 11, 12, 13), True, (1, 2, 7, 9), (8, 10, 12, 13)),
        ((1, 2, 7, 9), (7, 9, 12, 13), True, (1, 2, 7, 8), (8, 9, 12, 13)),
        ((1, 2, 7, 9), (8, 12, 8, 13), True, (1, 2, 7, 9), (8, 10, 8, 13)),
        # and where it need not
        ((1, 2, 5, 9), (7, 11, 12, 13), False, (1, 2, 5, 9), (7, 11, 12, 13)),
    ],
)
def test_the_limits_of_two_spells_are_narrowed_by_each_other(
    one: tuple[int, int, int, int],
    two: tuple[int, int, int, int],
    goes_on: bool,
    one_narrowed: tuple[int, int, int, int],
    two_narrowed: tuple[int, int, int, int],
) -> None:
    found = narrowed([Limits(*one), Limits(*two)], [goes_on])
    assert found == [one_narrowed, two_narrowed]


def test_limits_are_narrowed_from_spell_to_spell_where_those_go_on_that_are_said_to() -> None:
    assert narrowed([], []) == []
    month = Limits(1, 30, 1, 30)
    narrow = [(1, 28, 1, 28), (2, 29, 2, 29), (3, 30, 3, 30)]
    assert narrowed([month] * 3, [False, False]) == narrow
    three = [Limits(1, 1, 5, 9), Limits(2, 20, 12, 25), Limits(13, 40, 50, 50)]
    first_goes_on = [(1, 1, 5, 9), (6, 10, 12, 25), (13, 40, 50, 50)]
    assert narrowed(three, [True, False]) == first_goes_on
    second_goes_on = [(1, 1, 5, 9), (6, 20, 12, 25), (13, 26, 50, 50)]
    assert narrowed(three, [False, True]) == second_goes_on


SHARES, EITHER_WAY = "shares days with", "may come before or after"


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ("2001-06-01/2001-06-02", []),
        ("2001-06-01/2001-06-10 2001-06-11/", []),
        ("2001-06-01/2001-06-10 2001-06-10/", [(1, 0, SHARES)]),
        ("2001/2001 2001/2001", [(1, 0, EITHER_WAY)]),
        ("2001/2001 2001/", []),
        ("2001/2001-06 2001-06-02/", []),
        ("2001/2001-06 2001-06-02/2001-07", []),
        ("2001/2001-06 2001-06-01/2001-07", [(1, 0, SHARES)]),
        ("2001-01-02/2001-01-04 2001-01/2001-01", [(1, 0, EITHER_WAY)]),
        ("2001-01-01/2001-01-04 2001-01/2001-01", []),
        ("2001-01-01/2001-01-04 2001-06/2001-06", []),
        ("2001-01/2001-01 2001-01-04/2001-01-30", [(1, 0, EITHER_WAY)]),
        ("2001-01/2001-01 2001-01-04/2001-01-31", []),
        ("2001-06/2001-06-01 2001-06/2001-06", []),
        ("2001-06-01/2001-06-30 2001-06/", [(1, 0, SHARES)]),
        ("2001-06-01/2001-06-29 2001-06/", []),
        ("2001-06-01/2001-06 2001-06-01/", [(1, 0, SHARES)]),
        ("2001-06/2001-06 2001-06-01/", [(1, 0, SHARES)]),
        ("2001-06/2001-06 2001-06-27/", []),
        ("2001-06/2001-06 2001-06-27/2001-10-05", []),
        ("2001/2001 2001-12-25/", []),
        ("2001-06/ 2001-07/", [(1, 0, SHARES)]),
        (
            "2001-06-01/2001-06-15 2001-06/2001-06 2001-06-16/",
            [(1, 0, SHARES), (2, 1, SHARES)],
        ),
        ("2001-06-01/2001-06-15 2001-06/2001-06 2001-06-17/", []),
        # a spell that has no room between two others, but before both or after both
        ("2001/2001 2001-03-01/2001-04-30 2001-05-01/2001-06-30", [(0, 1, EITHER_WAY)]),
        ("2001/2001 2001-01-01/2001-04-30 2001-05-01/2001-06-30", []),
        ("2001/2001 2001-03-01/2001-04-30 2001-05-01/2001-12-31", []),
        ("2001/2001-08 2001-03-01/2001-04-30 2001-05-01/2001-06-30", []),
        ("2001-01/2001 2001-03-01/2001-04-30 2001-05-01/2001-06-30", []),
        (
            "2001/2001 2001-03-01/2001-03-15 2001-03/2001-03 2001-04-01/2001-06-30",
            [(0, 1, EITHER_WAY), (0, 2, EITHER_WAY), (0, 3, EITHER_WAY)],
        ),
    ],
)
def test_spells_clash_that_cannot_follow_each_other(
    texts: str, found: list[tuple[int, int, str]]
) -> None:
    told = [spell(f"member {text}") for text in texts.split()]
    stretches = [(one.may_begin, one.may_end) for one in told]
    assert list(clashes(stretches)) == found
    if len(set(stretches)) == len(told):
        last = len(told) - 1
        turned = [(last - later, last - earlier, why) for later, earlier, why in found]
        assert list(clashes(stretches[::-1])) == turned


def test_no_spell_clashes_with_none() -> None:
    assert list(clashes([])) == []


# As they count


@pytest.mark.parametrize(
    ("text", "counted", "doubts"),
    [
        ("member 2001-02-05/2001-02-07", "2001-02-05/2001-02-07", ""),
        (
            "member 2001-02/2001-07",
            "2001-02-01/2001-07-31",
            "2001-02-01/2001-02-27 2001-07-02/2001-07-31",
        ),
        ("member 0001/0005-01-01", "0001-01-01/0005-01-01", "0001-01-01/0001-12-30"),
        ("member 2001-02/2001-02-05", "2001-02-01/2001-02-05", "2001-02-01/2001-02-04"),
        ("member 2001-02/2001-02-01", "2001-02-01/2001-02-01", ""),
        (
            "member 2000/2001-06, observer 2001-06/2003-01-01",
            "2000-01-01/2001-06-29 2001-06-30/2003-01-01",
            "2000-01-01/2000-12-30 2001-06-02/2001-06-29 observer:2001-06-02/2001-06-29",
        ),
        (
            "member 2000/2001-06 > observer 2001-06/2003-01-01",
            "2000-01-01/2001-06-29 2001-06-30/2003-01-01",
            "2000-01-01/2000-12-30 observer:2001-06-02/2001-06-29",
        ),
        (
            "member 2001-03-01/2001, observer 2001-06/2003-01-01",
            "2001-03-01/2001-06-29 2001-06-30/2003-01-01",
            "2001-03-02/2001-06-29 observer:2001-06-01/2001-06-29",
        ),
        (
            "member 2001-05-01/2001-06, observer 2001-06/2001-06-03",
            "2001-05-01/2001-06-02 2001-06-03/2001-06-03",
            "2001-06-02/2001-06-02 observer:2001-06-02/2001-06-02",
        ),
        (
            "observer 2001-06-03/2003-01-01, member 2001-06/2001-06-02",
            "2001-06-01/2001-06-02 2001-06-03/2003-01-01",
            "2001-06-01/2001-06-01",
        ),
        (
            "member 2001/2001, observer 2001/2001, member 2001/2003-01-01",
            "2001-01-01/2001-12-29 2001-12-30/2001-12-30 2001-12-31/2003-01-01",
            "2001-01-01/2001-12-28 2001-01-02/2001-12-29 observer:2001-01-02/2001-12-29 "
            "member:2001-01-03/2001-12-29 2001-12-30/2001-12-30 member:2001-12-30/2001-12-30",
        ),
        (
            "member 2000-01-01/2001-06-10 > observer 2001-06/2003-01-01",
            "2000-01-01/2001-06-10 2001-06-11/2003-01-01",
            "",
        ),
        (
            "observer 2000-01-01/2001-02, member 2001/2001-10-31 > observer 2001-11-01/2003-01-01",
            "2000-01-01/2001-02-28 2001-03-01/2001-10-31 2001-11-01/2003-01-01",
            "2001-02-02/2001-02-28 member:2001-02-02/2001-02-28 2001-03-01/2001-10-30",
        ),
    ],
)
def test_a_spell_counts_on_every_day_it_may_have_and_the_others_are_doubts(
    text: str, counted: str, doubts: str
) -> None:
    records = club(text).records
    found = records.spells_of("AAA")
    assert [(one.first_day, one.last_day) for one in found] == list(map(days, counted.split()))
    assert {(one.id, one.first_known, one.last_known) for one in found} == {
        (one.id, one.first_known, one.last_known) for one in spells(text)
    }
    assert [
        f"{one.status or ''}:{one.first_day}/{one.last_day}".lstrip(":")
        for one in records.doubts_of("AAA")
    ] == doubts.split()
    assert {one.dispute for one in records.doubts_of("AAA")} <= {None}


def test_a_state_whose_days_are_known_keeps_its_spells_and_has_no_doubt() -> None:
    told = "observer 2000-11-01/2000-12-31, member 2001-02/, BBB member 2001-01-01/"
    records = club(told).records
    first, second = records.spells_of("AAA")
    assert (first.first_day, first.last_day) == days("2000-11-01/2000-12-31")
    assert (second.first_day, second.last_day) == (day("2001-02-01"), None)
    assert records.spells == {one.id: one for one in (first, second, *records.spells_of("BBB"))}
    assert records.doubts_of("BBB") == ()
