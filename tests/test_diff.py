"""What became of each state between two days."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest
from facts import BASES, FIRST_SIX, IMPRECISE, JOINED, NINE, SIX
from hypothesis import given, settings
from hypothesis import strategies as st
from running import ask
from small import club, day, lines

from cstocli import Dataset, Refused

THE_SIX = "Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia and Tajikistan"


@pytest.mark.parametrize(
    ("one", "two", "basis", "joined", "left", "status", "unchanged"),
    [
        ("2000-01-01", "2007-01-01", "joined", "UZB", "", SIX, ""),
        ("1999-04-20", "1999-04-21", "joined", "", "AZE GEO UZB", "", SIX),
        ("1992-05-14", "1992-05-15", "joined", FIRST_SIX, "", "", ""),
        ("1993-01-01", "1994-04-20", "joined", "AZE BLR GEO", "", FIRST_SIX, ""),
        ("1994-04-19", "1994-04-20", "in-force", NINE, "", "", ""),
        ("1994-04-19", "1994-04-20", "charter", "", "", NINE, ""),
        ("2012-12-18", "2012-12-19", "joined", "", "UZB", "", SIX),
        ("2007-01-01", "2007-01-01", "joined", "", "", "", f"{SIX} UZB"),
        ("2001-01-01", "2001-01-02", "charter", "", "", "", ""),
        ("1990-01-01", "1991-01-01", "joined", "", "", "", ""),
    ],
)
def test_diff_sorts_the_states_by_what_became_of_them(
    csto: Dataset,
    one: str,
    two: str,
    basis: str,
    joined: str,
    left: str,
    status: str,
    unchanged: str,
) -> None:
    rows = csto.diff(one, two, basis=basis, everyone=True).rows
    wanted = {"joined": joined, "left": left, "status": status, "unchanged": unchanged}
    for change, states in wanted.items():
        assert " ".join(row.state for row in rows if row.change == change) == states
    assert {row.change for row in rows} <= set(wanted)
    changed = tuple(row for row in rows if row.change != "unchanged")
    assert csto.diff(one, two, basis=basis).rows == changed


def test_diff_by_its_exit_status_says_whether_anything_changed() -> None:
    assert ask("diff", "2007-01-01", "2008-01-01", "--exit-status").status == 1
    assert ask("diff", "2007-01-01", "2008-01-01", "--exit-status", "--all").status == 0
    assert ask("diff", "2012-12-18", "2012-12-19", "--exit-status").status == 0


def test_diff_says_what_was_before_and_after_and_how_it_was_understood(csto: Dataset) -> None:
    answer = csto.diff("2000-01-01", "2006-07-01")
    assert answer.title == (f"From 2000-01-01 to 2006-07-01\n{JOINED}")
    assert lines(answer)[-2:] == [
        "TJK | Tajikistan | status | party | member | False | False",
        "UZB | Uzbekistan | joined | outside | member | True | False",
    ]
    assert [str(row) for row in answer][-2:] == [
        "Tajikistan: changed status (party to member)",
        "Uzbekistan: joined, disputed (outside to member)",
    ]
    assert answer.query == {
        "basis": "joined",
        "before": day("2000-01-01"),
        "after": day("2006-07-01"),
    }
    assert answer.columns == {
        "name": "State",
        "change": "Change",
        "before": "Before",
        "after": "After",
    }


def test_a_difference_is_marked_where_a_bound_leaves_one_of_its_days_open() -> None:
    answer = club("member 2001-06/, BBB member 2000-01-01/2001-06-15").diff(
        "2001-06-10", "2001-07-10", everyone=True
    )
    assert [str(row) for row in answer] == [
        "Aaa: unchanged, not certain (member)",
        "Bbb: left (member to former)",
    ]
    assert answer.notes[1:] == (
        "Aaa is not certain: its first day as member is known only as 2001-06.",
        IMPRECISE,
    )


DAYS = ["1994-04-19", "1994-04-20", "1999-04-20", "2000-01-01", "2006-07-01", "2006-08-16"]
DAYS += ["2007-01-01", "2008-03-28", "2012-06-28", "2026-02-26"]

ON_DISPUTED_DAYS = [
    ("Azerbaijan", ("1994-04-20", "1999-04-20")),
    ("Uzbekistan", ("2006-06-23", "2006-06-23")),
    ("Uzbekistan", ("2012-12-18", "2012-12-18")),
]
"""Who changed on days that are disputed under a basis; of both, whoever is told to have changed
between two days that by themselves do not show it."""


@pytest.mark.parametrize("basis", BASES)
def test_a_note_says_who_is_disputed_on_one_of_the_days_or_in_between_and_nobody_else(
    csto: Dataset, basis: str
) -> None:
    for one, two in combinations(DAYS, 2):
        answer = csto.diff(one, two, basis=basis, everyone=True)
        noted = {note.partition(" is disputed: ")[0] for note in answer.notes if "disputed" in note}
        disputed = {row.name for row in answer if row.disputed}
        crossed = {name for name, days in ON_DISPUTED_DAYS if one < days[0] and days[1] < two}
        assert disputed <= noted <= disputed | crossed, (one, two)


@pytest.mark.parametrize(
    ("one", "two", "basis", "clauses"),
    [
        (
            "2000-01-01",
            "2007-01-01",
            "joined",
            f"Uzbekistan joined; nobody left; {THE_SIX} changed from party to member",
        ),
        (
            "1999-04-20",
            "1999-04-21",
            "joined",
            "nobody joined; Azerbaijan, Georgia and Uzbekistan left; 6 unchanged",
        ),
        (
            "1999-04-20",
            "2013-01-01",
            "charter",
            f"{THE_SIX} joined; nobody left; Azerbaijan and Georgia changed from party to former; "
            "Uzbekistan changed from party to suspended",
        ),
    ],
)
def test_diff_closes_with_what_changed_in_one_sentence(
    csto: Dataset, one: str, two: str, basis: str, clauses: str
) -> None:
    sentence = f"Between {one} and {two} {clauses}."
    assert csto.diff(one, two, basis=basis).notes[0] == sentence
    table = ask("diff", one, two, "--basis", basis, variables={"COLUMNS": "500"}).out
    assert table.index(sentence) > table.rindex("───")


def test_what_happened_in_between_is_told_as_far_as_it_is_known() -> None:
    told = "member 2000/2001-06, member 2001-09/2002-03-05, BBB member 2001-07-01/"
    notes = club(told).diff("2001-06-01", "2002-04-01").notes
    assert notes[1:] == (
        "In between Aaa left (2001-06, not certain), joined (2001-09, not certain) and left "
        "(2002-03-05).",
        "Aaa is not certain: its last day as member is known only as 2001-06.",
        "Aaa is not certain: its first day as member is known only as 2001-09.",
        IMPRECISE,
    )
    assert len(club(told).diff("2001-09-30", "2002-04-01").notes) == 1


def test_a_return_that_may_have_been_at_once_is_told_as_not_certain() -> None:
    csto = club("member 2000-01-01/2006-04-01, member 2006/")
    answer = csto.diff("2005-01-01", "2007-01-01")
    assert answer.rows == ()
    assert answer.notes[:2] == (
        "Between 2005-01-01 and 2007-01-01 nobody joined; nobody left; 1 unchanged.",
        "In between Aaa left (2006-04-01, not certain) and joined (2006, not certain).",
    )


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        ("2001-01-01", "2001-08-01", "left (2001-06-01) and joined (2001-08-01)"),
        ("2001-06-01", "2001-09-01", "left (2001-06-01) and joined (2001-08-01)"),
        ("2001-06-02", "2001-09-02", "joined (2001-08-01) and left (2001-09-01)"),
        ("2000-12-31", "2001-06-02", "joined (2001-01-01) and left (2001-06-01)"),
        ("2001-01-01", "2001-06-02", None),
        ("2001-06-01", "2001-07-31", None),
    ],
)
def test_a_change_is_in_between_where_it_is_not_the_difference_itself(
    one: str, two: str, said: str | None
) -> None:
    notes = club("member 2001-01-01/2001-06-01, member 2001-08-01/2001-09-01").diff(one, two).notes
    assert notes[1:] == ((f"In between Aaa {said}.",) if said else ())


def test_the_instruments_that_both_days_depend_on_are_noted(csto: Dataset) -> None:
    notes = csto.diff("1993-01-01", "2003-01-01").notes
    assert [note.partition(": under ")[2] for note in notes[-2:]] == [
        "in-force nobody is counted on 1993-01-01.",
        "charter nobody is counted on 2003-01-01.",
    ]


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        ("2000", "2007-01-01", "2000-01-01 and the last day 2000-12-31"),
        ("2000-01-01", "2004-02", "2004-02-01 and the last day 2004-02-29"),
        (
            "2007-01-02",
            "2007-01-01",
            "2007-01-02 comes after 2007-01-01: type the earlier day first",
        ),
    ],
)
def test_diff_refuses_a_month_a_year_and_days_that_are_reversed(
    csto: Dataset, one: str, two: str, said: str
) -> None:
    with pytest.raises(Refused, match=f"{said}$"):
        csto.diff(one, two)


@pytest.mark.parametrize(
    ("args", "said"), [("2007-01-01", "DAY"), ("2000-01-01 2007-01-01 2008-01-01", "2008-01-01")]
)
def test_diff_needs_two_days(args: str, said: str) -> None:
    asked = ask("diff", *args.split())
    assert (asked.status, asked.out) == (2, "")
    assert said in asked.err.partition("Error: ")[2]


@settings(deadline=None, max_examples=50, derandomize=True)
@given(
    st.tuples(*[st.dates(dt.date(1992, 1, 1), dt.date(2026, 11, 22))] * 2).map(sorted),
    st.sampled_from(list(BASES)),
)
def test_who_joined_or_left_is_who_is_a_member_on_one_of_the_days_only(
    csto: Dataset, days: list[dt.date], basis: str
) -> None:
    before, after = ({row.state for row in csto.members(on, basis=basis)} for on in days)
    found = csto.diff(*days, basis=basis, everyone=True).rows
    assert {row.state for row in found if row.change == "joined"} == after - before
    assert {row.state for row in found if row.change == "left"} == before - after
    assert before | after <= {row.state for row in found}
