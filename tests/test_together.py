"""When several states were counted together, and who was missing in between."""

from __future__ import annotations

import datetime as dt
import json
import re
from itertools import combinations, groupby, permutations
from pathlib import Path
from typing import Any

import pytest
from facts import BASES, JOINED, NAMES, NINE
from hypothesis import given, settings
from hypothesis import strategies as st
from running import ask
from small import BEGIN, DAY, club, clubs, counted, day, lines, rival
from test_bounds import histories

from cstocli import Dataset, Refused, load
from cstocli.core.model import Spell

DATA = Path(__file__).parent.parent / "data" / "membership.json"
FIRST, LAST = day("1992-05-15"), day("2026-11-22")
"""The first day of the dataset, and the day that is today in these tests."""
DAYS = [FIRST + DAY * number for number in range((LAST - FIRST).days + 1)]

bounded = settings(deadline=None, max_examples=50, derandomize=True)


@pytest.mark.parametrize(
    ("states", "basis", "runs"),
    [
        (
            "armenia uzbekistan",
            "joined",
            ["1992-05-15 1999-04-20 2532", "2006-06-23 2012-12-18 2371"],
        ),
        ("kazakhstan russia", "charter", ["2003-09-18 None None"]),
        ("azerbaijan georgia uzbekistan", "joined", ["1993-12-09 1999-04-20 1959"]),
        (NINE, "joined", ["1993-12-31 1999-04-20 1937"]),
        ("armenia france", "joined", []),
        ("france germany", "joined", []),
    ],
)
def test_together_are_the_runs_of_days_on_which_all_were_counted(
    csto: Dataset, states: str, basis: str, runs: list[str]
) -> None:
    found = csto.together(*states.split(), basis=basis)
    assert [f"{row.first_day} {row.last_day} {row.days}" for row in found] == runs


def test_together_says_how_it_was_understood(csto: Dataset) -> None:
    answer = csto.together("armenia", "uzbekistan")
    assert answer.title == f"Armenia and Uzbekistan, counted together\n{JOINED}"
    assert [str(row) for row in answer] == [
        "from 1992-05-15 to 1999-04-20, 2532 days",
        "from 2006-06-23 to 2012-12-18, 2371 days, disputed",
    ]
    assert answer.query == {"states": ["ARM", "UZB"], "basis": "joined"}
    assert answer.columns == {"first_day": "First day", "last_day": "Last day", "days": "Days"}


@pytest.mark.parametrize("states", ["AZ ARM", "Azeri Հայաստան azerbaijan", "031 051"])
def test_together_does_not_depend_on_the_names_used(csto: Dataset, states: str) -> None:
    wanted = csto.together("armenia", "azerbaijan").rows
    assert csto.together(*states.split()).rows == wanted


def test_together_does_not_depend_on_the_order_in_which_states_are_named(tmp_path: Path) -> None:
    path = tmp_path / "lands.csv"
    path.write_text(
        "state,first_day,last_day\nAlfaland,2002,2005-12-31\nBetaland,2002-01-01,2005\n", "utf-8"
    )
    for states in (["alfaland", "betaland"], ["betaland", "alfaland"]):
        answer = load(path).together(*states)
        assert lines(answer) == ["2002 | 2005 | - | False | True"]
        assert [str(row) for row in answer] == ["from 2002 to 2005, not certain"]


@bounded
@given(st.lists(histories(), min_size=3, max_size=3))
def test_the_runs_of_imprecise_states_are_the_same_in_every_order(
    told: list[list[Spell]],
) -> None:
    codes = ["AAA", "BBB", "CCC"]
    each = zip(codes, told, strict=True)
    csto = club(*(one._replace(state=code) for code, of_state in each for one in of_state))
    found = [csto.together(*order).rows for order in permutations(codes)]
    assert found == found[:1] * 6


@pytest.mark.parametrize(
    ("told", "rows"),
    [
        # the less known of two that begin or end on one day, whatever narrows them
        ("member 2002-01/2005-12, BBB member 2002/2005", ["2002 | 2005 | - | False | True"]),
        (
            "observer 2001-01-01/2002-06-30, member 2002/2005-06-15, BBB member 2002-07/2005-06-15",
            ["2002 | 2005-06-15 | - | False | True"],
        ),
        # and the better known where no day is more open by the other
        (
            "observer 2001-01-01/2002-11-30, member 2002/, BBB member 2002-12/",
            ["2002-12 | - | - | False | True"],
        ),
        (
            "member 2002-06-30/, BBB member 2002-06/2005-02-01",
            ["2002-06-30 | 2005-02-01 | 948 | False | False"],
        ),
    ],
)
def test_a_run_of_several_begins_and_ends_as_well_known_as_all_of_them(
    told: str, rows: list[str]
) -> None:
    assert lines(club(told).together("AAA", "BBB")) == rows


def test_gaps_are_told_as_well_as_they_are_known() -> None:
    answer = club("member 2002/2005-12-31, BBB member 2003-05-01/2004").together("AAA", "BBB")
    assert [note for note in answer.notes if "without" in note] == [
        "From 2002 to 2003-04-30: without Bbb.",
        "From 2005-01-01 to 2005-12-31: without Bbb.",
        "Since 2006-01-01: without Aaa and Bbb.",
    ]


@pytest.mark.parametrize("states", ["armenia", "armenia AM", "france FRA"])
def test_together_needs_two_different_states(csto: Dataset, states: str) -> None:
    with pytest.raises(Refused, match=r"^name at least two different states$"):
        csto.together(*states.split())


def test_together_needs_states() -> None:
    asked = ask("together")
    assert (asked.status, asked.out, "STATE" in asked.err) == (2, "", True)


def test_a_state_of_no_spell_is_missing_all_the_time(csto: Dataset) -> None:
    assert csto.together("armenia", "france").notes[0] == "Since 1992-05-15: without France."
    assert ask("together", "armenia", "france", "--exit-status").status == 1
    assert ask("together", "armenia", "russia", "--exit-status").status == 0


@pytest.mark.parametrize(
    ("states", "basis", "value", "who"),
    [
        ("armenia azerbaijan", "in-force", "never deposited", "Jamestown Foundation"),
        ("armenia uzbekistan", "joined", "2006-08-16", "Asia-Plus"),
        ("armenia uzbekistan", "joined", "2012-06-28", "Fox News (AP)"),
    ],
)
def test_a_disputed_end_of_a_run_has_a_note_that_names_the_rival_and_who_says_so(
    csto: Dataset, states: str, basis: str, value: str, who: str
) -> None:
    notes = csto.together(*states.split(), basis=basis).notes
    assert len([note for note in notes if value in note and who in note]) == 1


@pytest.mark.parametrize(
    ("stretch", "status", "disputed"),
    [
        ("2001-01-30/2001-01-30", "member", False),
        ("2001-01-31/2001-01-31", "member", True),
        ("2001-02-01/2001-02-01", None, True),
        ("2001-02-02/2001-03-30", None, False),
        ("2001-03-31/2001-03-31", None, True),
        ("2001-04-01/2001-04-01", "member", True),
        ("2001-04-02/2001-04-02", "member", False),
    ],
)
def test_a_run_is_disputed_where_a_day_beside_one_of_its_ends_is(
    stretch: str, status: str | None, disputed: bool
) -> None:
    told = "member 2001-02-01/2001-03-31, BBB member 2001-01-01/"
    (row,) = club(told, disputes=[rival("AAA", stretch, status)]).together("AAA", "BBB")
    assert row.disputed is disputed


# Day by day

Stretch = tuple[dt.date, dt.date, tuple[str, ...]]
"""A first and a last day, and who is missing on all of the days."""


@pytest.fixture(scope="module")
def by_day() -> dict[tuple[str, str], list[bool]]:
    """Whether a state is counted under a basis, day by day, read from the file itself."""
    held: dict[str, dict[dt.date, str]] = {code: {} for code in NAMES}
    for told in json.loads(DATA.read_text(encoding="utf-8"))["spells"]:
        one, last = day(told["first_day"]), day(told["last_day"] or str(LAST))
        while one <= last:
            held[told["state"]][one] = told["status"]
            one += DAY
    return {
        (code, basis): [held[code].get(one) in BASES[basis] for one in DAYS]
        for code in NAMES
        for basis in BASES
    }


def stretches_by_day(counted: dict[str, list[bool]]) -> list[Stretch]:
    """The days cut wherever somebody comes to be missing, or is so no longer."""
    each_day = zip(DAYS, zip(*counted.values(), strict=True), strict=True)
    found: list[Stretch] = []
    for present, group in groupby(each_day, lambda one: one[1]):
        days = [one for one, _ in group]
        missing = tuple(name for name, yes in zip(counted, present, strict=True) if not yes)
        found.append((days[0], days[-1], missing))
    return found


def said_stretches(answer: Any) -> list[Stretch]:
    """The rows and the notes about gaps, in the order of their days."""
    said: list[Stretch] = [(row.first_day, row.last_day or LAST, ()) for row in answer]
    for note in answer.notes:
        when, without, who = note.partition("without")
        if without:
            first, *last = map(day, re.findall(r"\d{4}-\d\d-\d\d", when))
            end = last[0] if last else first if when.startswith("On ") else LAST
            said.append((first, end, tuple(name for name in NAMES.values() if name in who)))
    return sorted(said)


@pytest.mark.parametrize(
    ("basis", "several"),
    [
        *((basis, list(combinations(NAMES, 2))) for basis in BASES),
        ("joined", list(combinations(["ARM", "AZE", "BLR", "GEO", "UZB"], 3))),
    ],
    ids=[*BASES, "three"],
)
def test_runs_and_gaps_cover_every_day_once_and_gaps_name_exactly_who_is_missing(
    csto: Dataset,
    by_day: dict[tuple[str, str], list[bool]],
    basis: str,
    several: list[tuple[str, ...]],
) -> None:
    for states in several:
        wanted = stretches_by_day({NAMES[code]: by_day[code, basis] for code in states})
        assert said_stretches(csto.together(*states, basis=basis)) == wanted, states


WINDOW = [BEGIN + DAY * number for number in range(500)]


@bounded
@given(clubs(WINDOW, gap=60, length=90), st.sampled_from(["wide", "narrow"]))
def test_together_agrees_with_counting_day_by_day(csto: Dataset, basis: str) -> None:
    found = csto.together("AAA", "BBB" if "BBB" in csto.records.states else "FRA", basis=basis)
    assert all(isinstance(day, dt.date | None) for row in found for day in row[:2])
    runs: list[Any] = list(found)
    days = [on for row in runs for on in WINDOW if row.first_day <= on <= (row.last_day or on)]
    assert days == [on for on in WINDOW if {"AAA", "BBB"} <= counted(csto, basis, on)]


def test_a_run_that_is_known_to_end_today_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSTO_TODAY", "2001-01-10")
    csto = club("member 2001-01-01/2001-01-10, BBB member 2001-01-01/2001-01-10")
    (row,) = csto.together("AAA", "BBB")
    assert (row.last_day, row.days) == (day("2001-01-10"), 10)
