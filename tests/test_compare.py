"""diff, together and series: by hand from the evidence, and by counting day by day."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest
from facts import BASES, NAMES
from hypothesis import given, settings
from hypothesis import strategies as st
from running import ask

from cstocli import compare, queries
from cstocli.answers import Answer
from cstocli.dates import When
from cstocli.model import Basis, Organisation, Records, Refused, Spell, State

DATA = Path(__file__).parent.parent / "data" / "membership.json"
DAY = dt.timedelta(1)
SIX = "ARM BLR KAZ KGZ RUS TJK"
FIRST_SIX = "ARM KAZ KGZ RUS TJK UZB"
NINE = "ARM AZE BLR GEO KAZ KGZ RUS TJK UZB"
FIRST, LAST = dt.date(1992, 5, 15), dt.date(2026, 11, 22)
"""The first day of the dataset, and the day that is today in these tests."""
DAYS = [FIRST + DAY * number for number in range((LAST - FIRST).days + 1)]
TODAY = When.day(LAST)

bounded = settings(deadline=None, max_examples=50, derandomize=True)


def answer(*args: str) -> dict[str, Any]:
    asked = ask(*args, "--format", "json")
    assert asked.status == 0, asked.err
    document: dict[str, Any] = json.loads(asked.out)
    return document


def rows(*args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer(*args)["rows"]
    return found


def notes(*args: str) -> list[str]:
    found: list[str] = answer(*args)["notes"]
    return found


def codes(rows: list[dict[str, Any]], change: str) -> str:
    return " ".join(row["state"] for row in rows if row["change"] == change)


# diff


@pytest.mark.parametrize(
    ("one", "two", "basis", "joined", "left", "status", "unchanged"),
    [
        ("2000-01-01", "2007-01-01", "joined", "UZB", "", SIX, ""),
        ("1999-04-20", "1999-04-21", "joined", "", "AZE GEO UZB", "", SIX),
        ("1992-05-14", "1992-05-15", "joined", FIRST_SIX, "", "", ""),
        ("1993-01-01", "1994-04-20", "joined", "AZE BLR GEO", "", FIRST_SIX, ""),
        ("1994-04-19", "1994-04-20", "joined", "", "", NINE, ""),
        ("1994-04-19", "1994-04-20", "in-force", NINE, "", "", ""),
        ("1994-04-19", "1994-04-20", "charter", "", "", NINE, ""),
        ("2003-09-17", "2003-09-18", "joined", "", "", SIX, ""),
        ("2003-09-17", "2003-09-18", "charter", SIX, "", "", ""),
        ("2006-06-22", "2006-06-23", "joined", "UZB", "", "", SIX),
        ("2012-12-18", "2012-12-19", "joined", "", "UZB", "", SIX),
        ("1999-04-20", "2013-01-01", "joined", "", "AZE GEO UZB", SIX, ""),
        ("2007-01-01", "2007-01-01", "joined", "", "", "", f"{SIX} UZB"),
        ("2001-01-01", "2001-01-02", "charter", "", "", "", ""),
        ("2013-01-01", "2014-01-01", "joined", "", "", "", SIX),
        ("1990-01-01", "1991-01-01", "joined", "", "", "", ""),
    ],
)
def test_diff_sorts_the_states_by_what_became_of_them(
    one: str, two: str, basis: str, joined: str, left: str, status: str, unchanged: str
) -> None:
    found = rows("diff", one, two, "--basis", basis)
    assert codes(found, "joined") == joined
    assert codes(found, "left") == left
    assert codes(found, "status") == status
    assert codes(found, "unchanged") == unchanged
    assert len(found) == len(" ".join([joined, left, status, unchanged]).split())


@pytest.mark.parametrize(
    ("one", "two", "state", "before", "after"),
    [
        ("2000-01-01", "2007-01-01", "UZB", "outside", "member"),
        ("2000-01-01", "2007-01-01", "ARM", "party", "member"),
        ("1999-04-20", "1999-04-21", "UZB", "party", "outside"),
        ("1999-04-20", "1999-04-21", "GEO", "party", "former"),
        ("1999-04-20", "1999-04-21", "RUS", "party", "party"),
        ("1992-05-14", "1992-05-15", "KAZ", "not-yet", "signatory"),
        ("2012-12-18", "2012-12-19", "UZB", "member", "suspended"),
        ("1992-05-14", "2026-11-22", "AZE", "not-yet", "former"),
    ],
)
def test_diff_gives_the_status_on_both_days(
    one: str, two: str, state: str, before: str, after: str
) -> None:
    (row,) = [row for row in rows("diff", one, two) if row["state"] == state]
    assert (row["name"], row["before"], row["after"]) == (NAMES[state], before, after)


@pytest.mark.parametrize(
    ("one", "two", "basis", "disputed"),
    [
        ("2006-06-22", "2006-07-01", "joined", "UZB"),
        ("2006-07-01", "2007-01-01", "joined", "UZB"),
        ("2006-06-22", "2006-08-16", "joined", ""),
        ("2012-06-27", "2012-06-28", "joined", "UZB"),
        ("2012-12-18", "2012-12-19", "joined", "UZB"),
        ("2012-06-27", "2012-12-19", "joined", ""),
        ("2007-01-01", "2008-03-28", "joined", ""),
        ("2007-01-01", "2008-03-28", "in-force", "UZB"),
        ("2000-01-01", "2007-01-01", "charter", "UZB"),
        ("2000-01-01", "2008-03-28", "charter", ""),
        ("1994-04-19", "1994-04-20", "in-force", "AZE"),
        ("1999-04-20", "1999-04-21", "in-force", "AZE"),
        ("1999-04-20", "1999-04-21", "joined", ""),
        ("2000-01-01", "2007-01-01", "joined", ""),
    ],
)
def test_diff_is_disputed_where_one_of_its_days_is(
    one: str, two: str, basis: str, disputed: str
) -> None:
    asked = answer("diff", one, two, "--basis", basis)
    assert " ".join(row["state"] for row in asked["rows"] if row["disputed"]) == disputed
    told = " ".join(asked["notes"])
    for state in NAMES:
        assert (f"{NAMES[state]} is disputed" in told) is (state in disputed.split())


@pytest.mark.parametrize(
    ("args", "first_day", "last_day"),
    [
        ("2000 2007-01-01", "2000-01-01", "2000-12-31"),
        ("2000-01-01 2004-02", "2004-02-01", "2004-02-29"),
        ("2000-01-01 2007", "2007-01-01", "2007-12-31"),
        ("2000-11 2007", "2000-11-01", "2000-11-30"),
    ],
)
def test_diff_refuses_a_month_and_a_year_and_names_their_first_and_last_day(
    args: str, first_day: str, last_day: str
) -> None:
    asked = ask("diff", *args.split())
    assert (asked.status, asked.out) == (2, "")
    assert re.search(rf"{first_day}\b.*\b{last_day}\b", asked.err)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ("2007-01-01 2000-01-01", "2007-01-01"),
        ("2007-01-02 2007-01-01", "2007-01-01"),
        ("2007-01-01", "DAY"),
        ("2007-01-01 2026-11-23", "2026-11-22"),
        ("2007-01-01 01/02/2008", "2008-02-01"),
        ("2000-01-01 2007-01-01 2008-01-01", "2008-01-01"),
    ],
)
def test_diff_refuses_days_that_are_reversed_missing_or_still_to_come(args: str, said: str) -> None:
    asked = ask("diff", *args.split())
    assert (asked.status, asked.out) == (2, "")
    assert said in asked.err.partition("Error: ")[2]


THE_SIX = "Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia and Tajikistan"


@pytest.mark.parametrize(
    ("args", "parts"),
    [
        (
            "2000-01-01 2007-01-01",
            ["Uzbekistan joined", "nobody left", f"{THE_SIX} changed from party to member"],
        ),
        (
            "1999-04-20 1999-04-21",
            ["nobody joined", "Azerbaijan, Georgia and Uzbekistan left", "6 unchanged"],
        ),
        (
            "1999-04-20 2013-01-01 --basis charter",
            [
                f"{THE_SIX} joined",
                "nobody left",
                "Azerbaijan and Georgia changed from party to former",
                "Uzbekistan changed from party to suspended",
            ],
        ),
    ],
)
def test_diff_closes_with_what_changed_in_one_sentence(args: str, parts: list[str]) -> None:
    (sentence,) = [note for note in notes("diff", *args.split()) if note.startswith("Between ")]
    one, two = args.split()[:2]
    assert sentence.startswith(f"Between {one} and {two} ")
    clauses = sentence.removeprefix(f"Between {one} and {two} ").removesuffix(".").split("; ")
    assert clauses == parts
    table = ask("diff", *args.split(), variables={"COLUMNS": "500"}).out
    assert table.index(sentence) > table.rindex("───")


@bounded
@given(
    st.tuples(*[st.dates(dt.date(1992, 1, 1), LAST)] * 2).map(sorted),
    st.sampled_from(list(BASES)),
)
def test_who_joined_or_left_is_who_is_a_member_on_one_of_the_days_only(
    records: Records, days: list[dt.date], basis: str
) -> None:
    one, two = map(When.day, days)
    before, after = (
        {row.state for row in queries.members(records, when, records.bases[basis], TODAY)}
        for when in (one, two)
    )
    found = compare.diff(records, one, two, records.bases[basis], TODAY).rows
    assert {row.state for row in found if row.change == "joined"} == after - before
    assert {row.state for row in found if row.change == "left"} == before - after
    assert before | after <= {row.state for row in found}


# together


@pytest.mark.parametrize(
    ("states", "basis", "runs"),
    [
        ("armenia azerbaijan", "joined", [("1993-09-24", "1999-04-20", 2035, False)]),
        ("armenia azerbaijan", "in-force", [("1994-04-20", "1999-04-20", 1827, True)]),
        ("armenia azerbaijan", "charter", []),
        (
            "armenia uzbekistan",
            "joined",
            [("1992-05-15", "1999-04-20", 2532, False), ("2006-06-23", "2012-12-18", 2371, True)],
        ),
        ("armenia uzbekistan", "charter", [("2006-06-23", "2012-12-18", 2371, True)]),
        ("kazakhstan russia", "joined", [("1992-05-15", None, None, False)]),
        ("kazakhstan russia", "charter", [("2003-09-18", None, None, False)]),
        ("belarus russia", "joined", [("1993-12-31", None, None, False)]),
        ("azerbaijan georgia uzbekistan", "joined", [("1993-12-09", "1999-04-20", 1959, False)]),
        (NINE, "joined", [("1993-12-31", "1999-04-20", 1937, False)]),
        ("armenia france", "joined", []),
        ("france germany", "joined", []),
    ],
)
def test_together_are_the_runs_of_days_on_which_all_were_counted(
    states: str, basis: str, runs: list[tuple[str, str | None, int | None, bool]]
) -> None:
    found = rows("together", *states.split(), "--basis", basis)
    fields = ("first_day", "last_day", "days", "disputed")
    assert [tuple(row[field] for field in fields) for row in found] == runs


@pytest.mark.parametrize("states", ["AZ ARM", "Azeri Հայաստան azerbaijan", "031 051"])
def test_together_does_not_depend_on_the_order_nor_on_the_names_used(states: str) -> None:
    assert rows("together", *states.split()) == rows("together", "armenia", "azerbaijan")


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ("armenia", "two different states"),
        ("armenia AM", "two different states"),
        ("france FRA", "two different states"),
        ("", "STATE"),
        ("armenia narnia", "narnia"),
    ],
)
def test_together_needs_two_different_states(states: str, said: str) -> None:
    asked = ask("together", *states.split())
    assert (asked.status, asked.out) == (2, "")
    assert said in asked.err


def test_a_state_of_no_spell_is_missing_all_the_time() -> None:
    (gap,) = [note for note in notes("together", "armenia", "france") if "without" in note]
    assert re.search("1992-05-15.*without France", gap)
    assert ask("together", "armenia", "france", "--exit-status").status == 1
    assert ask("together", "armenia", "russia", "--exit-status").status == 0


@pytest.mark.parametrize(
    ("args", "value", "who"),
    [
        ("armenia azerbaijan --basis in-force", "never deposited", "Jamestown Foundation"),
        ("armenia uzbekistan", "2006-08-16", "Asia-Plus"),
        ("armenia uzbekistan", "2012-06-28", "RBC"),
    ],
)
def test_a_disputed_end_of_a_run_has_a_note_that_names_the_rival_and_who_says_so(
    args: str, value: str, who: str
) -> None:
    found = [note for note in notes("together", *args.split()) if value in note and who in note]
    assert len(found) == 1


Stretch = tuple[dt.date, dt.date, tuple[str, ...]]
"""A first and a last day, and who is missing on all of the days."""


@pytest.fixture(scope="module")
def spells() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))["spells"]
    return found


def counted_days(spells: list[dict[str, Any]], code: str, basis: str) -> list[bool]:
    """Whether a state is counted, day by day."""
    held: dict[dt.date, str] = {}
    for spell in spells:
        if spell["state"] == code:
            day = dt.date.fromisoformat(spell["first_day"])
            last = dt.date.fromisoformat(spell["last_day"] or str(LAST))
            while day <= last:
                held[day] = spell["status"]
                day += DAY
    return [held.get(day) in BASES[basis] for day in DAYS]


def stretches_by_day(counted: dict[str, list[bool]]) -> list[Stretch]:
    """The days cut wherever somebody comes to be missing, or is so no longer."""
    each_day = zip(DAYS, zip(*counted.values(), strict=True), strict=True)
    found: list[Stretch] = []
    for present, group in itertools.groupby(each_day, lambda day: day[1]):
        days = [day for day, _ in group]
        missing = tuple(name for name, yes in zip(counted, present, strict=True) if not yes)
        found.append((days[0], days[-1], missing))
    return found


def said_stretches(answer: Answer[compare.TogetherRow]) -> list[Stretch]:
    """The rows and the notes about gaps, in the order of their days."""
    said: list[Stretch] = [(row.first_day, row.last_day or LAST, ()) for row in answer]
    for note in answer.notes:
        when, without, who = note.partition("without")
        if without:
            first, *last = map(dt.date.fromisoformat, re.findall(r"\d{4}-\d\d-\d\d", when))
            end = last[0] if last else first if when.startswith("On ") else LAST
            missing = tuple(name for name in NAMES.values() if name in who)
            said.append((first, end, missing))
    return sorted(said)


@pytest.mark.parametrize("basis", BASES)
def test_runs_and_gaps_cover_every_day_once_and_gaps_name_exactly_who_is_missing(
    records: Records, spells: list[dict[str, Any]], basis: str
) -> None:
    counted = {code: counted_days(spells, code, basis) for code in NAMES}
    for pair in itertools.combinations(NAMES, 2):
        states = [records.states[code] for code in pair]
        asked = compare.together(records, states, records.bases[basis], TODAY)
        wanted = stretches_by_day({NAMES[code]: counted[code] for code in pair})
        assert said_stretches(asked) == wanted, pair


def test_runs_and_gaps_of_three_states_cover_every_day_once(
    records: Records, spells: list[dict[str, Any]]
) -> None:
    counted = {code: counted_days(spells, code, "joined") for code in NAMES}
    for three in itertools.combinations(["ARM", "AZE", "BLR", "GEO", "UZB"], 3):
        states = [records.states[code] for code in three]
        asked = compare.together(records, states, records.bases["joined"], TODAY)
        wanted = stretches_by_day({NAMES[code]: counted[code] for code in three})
        assert said_stretches(asked) == wanted, three


# series

YEARS = {
    "joined": {1992: 6, 1993: 9, 1999: 6, 2006: 7, 2012: 6},
    "in-force": {1992: 0, 1994: 9, 1999: 6, 2006: 7, 2012: 6},
    "charter": {1992: 0, 2003: 6, 2006: 7, 2012: 6},
}
"""How many are counted at the end of these years and of those that follow."""
JOINED = {
    "joined": {"1992": FIRST_SIX, "1993": "AZE BLR GEO", "2006": "UZB"},
    "in-force": {"1994": NINE, "2006": "UZB"},
    "charter": {"2003": SIX, "2006": "UZB"},
}
LEFT = {
    "joined": {"1999": "AZE GEO UZB", "2012": "UZB"},
    "in-force": {"1999": "AZE GEO UZB", "2012": "UZB"},
    "charter": {"2012": "UZB"},
}


def said(rows: list[dict[str, Any]], field: str) -> dict[str, str]:
    """The periods in which somebody joined or left, and who."""
    return {row["period"]: " ".join(row[field]) for row in rows if row[field]}


@pytest.mark.parametrize("basis", BASES)
def test_a_series_by_year_counts_what_the_evidence_says(basis: str) -> None:
    found = rows("series", "--basis", basis)
    count = 0
    wanted = {str(y): (count := YEARS[basis].get(y, count)) for y in range(1992, 2027)}
    assert {row["period"]: row["members"] for row in found} == wanted
    assert said(found, "joined") == JOINED[basis]
    assert said(found, "left") == LEFT[basis]


def test_a_series_by_month_says_in_which_month_somebody_joined_or_left() -> None:
    found = rows("series", "--by", "month")
    assert [row["period"] for row in found][:9:4] == ["1992-05", "1992-09", "1993-01"]
    assert said(found, "joined") == {
        "1992-05": FIRST_SIX,
        "1993-09": "AZE",
        "1993-12": "BLR GEO",
        "2006-06": "UZB",
    }
    assert said(found, "left") == {"1999-04": "AZE GEO UZB", "2012-12": "UZB"}


@pytest.mark.parametrize("by", ["year", "month"])
@pytest.mark.parametrize("basis", BASES)
def test_a_period_has_the_number_counted_on_its_last_day(
    spells: list[dict[str, Any]], basis: str, by: str
) -> None:
    counted = zip(*(counted_days(spells, code, basis) for code in NAMES), strict=True)
    width = 4 if by == "year" else 7
    wanted = {str(day)[:width]: sum(yes) for day, yes in zip(DAYS, counted, strict=True)}
    found = rows("series", "--by", by, "--basis", basis)
    assert {row["period"]: row["members"] for row in found} == wanted


@pytest.mark.parametrize(
    ("args", "periods"),
    [
        ("--from 1998 --to 2000", "1998 1999 2000"),
        ("--from 1998-12-31 --to 1999-01-01", "1998 1999"),
        ("--from 2006-07-01 --to 2006-07-02", "2006"),
        ("--to 1993", "1992 1993"),
        ("--from 2025", "2025 2026"),
        ("--by month --from 1999-12 --to 2000-02-01", "1999-12 2000-01 2000-02"),
    ],
)
def test_a_series_has_the_periods_that_were_asked_for(args: str, periods: str) -> None:
    assert " ".join(row["period"] for row in rows("series", *args.split())) == periods


@pytest.mark.parametrize(
    ("args", "members", "joined"),
    [
        ("--from 2006-06-23 --to 2006-06-30", 7, ["UZB"]),
        ("--from 2006-06-24 --to 2006-06-30", 7, []),
        ("--from 2006-06-01 --to 2006-06-22", 6, []),
        ("--from 2006-06-01 --to 2006-06-23", 7, ["UZB"]),
    ],
)
def test_only_the_days_asked_about_are_looked_at(args: str, members: int, joined: str) -> None:
    (row,) = rows("series", *args.split())
    assert (row["members"], row["joined"], row["left"]) == (members, joined, [])


@pytest.mark.parametrize(("day", "left"), [("1999-04-20", ""), ("1999-04-21", "AZE GEO UZB")])
def test_who_left_did_so_on_the_first_day_that_is_not_counted(day: str, left: str) -> None:
    (row,) = rows("series", "--from", day, "--to", day)
    assert " ".join(row["left"]) == left


@pytest.mark.parametrize(
    ("args", "cut"),
    [
        ("--from 2025 --to 2030", "2026 2026-11-22"),
        ("--from 2025", "2026 2026-11-22"),
        ("--by month", "2026-11 2026-11-22"),
        ("--from 2006-01-01 --to 2006-06-30", "2006 2006-06-30"),
        ("--from 2006-01-01 --to 2006-06-30 --by month", None),
        ("--from 2006 --to 2007", None),
    ],
)
def test_a_last_period_that_is_not_whole_says_up_to_when_it_is_counted(
    args: str, cut: str | None
) -> None:
    found = [note for note in notes("series", *args.split()) if "counted up to" in note]
    assert [re.findall(r"\d{4}[-\d]*", note) for note in found] == ([cut.split()] if cut else [])


def test_a_series_that_reaches_past_today_is_cut_there_with_a_note() -> None:
    asked = answer("series", "--from", "2025", "--to", "2030")
    assert asked["query"]["last_day"] == "2026-11-22"
    assert any("cut at 2026-11-22" in note for note in asked["notes"])


@pytest.mark.parametrize("args", ["--from 2008 --to 2007", "--from 2027", "--by week"])
def test_a_series_that_cannot_be_counted_is_refused(args: str) -> None:
    asked = ask("series", *args.split())
    assert (asked.status, asked.out) == (2, "")
    assert "Error: " in asked.err


# Invented datasets

START = dt.date(2000, 11, 20)
WINDOW = [START + DAY * number for number in range(500)]
COUNTED = frozenset({"guest", "fellow"})


def basis(name: str) -> Basis:
    return Basis(name, True, COUNTED, name, None, None, None)


def club(spells: list[Spell]) -> Records:
    """A dataset of four states with these spells."""
    return Records(
        release="2000a",
        verified_through=None,
        licence="CC0-1.0",
        organisation=Organisation("CLUB", "Club", None, None, None, ()),
        statuses=[],
        bases=[basis("all")],
        kinds=[],
        states=[
            State(code, None, None, None, None, code, code, code, code, (), ())
            for code in ("AAA", "BBB", "CCC", "DDD")
        ],
        acts=[],
        spells=spells,
        disputes=[],
        remarks=[],
        open_questions=[],
        sources=[],
    )


@st.composite
def memberships(draw: st.DrawFn) -> Records:
    """Three states that come and go, at times from one day to the next."""
    found = []
    for code in ("AAA", "BBB", "CCC"):
        day = START
        for gap, length in draw(
            st.lists(st.tuples(st.integers(0, 60), st.integers(1, 90)), max_size=6)
        ):
            first = day + DAY * gap
            day = first + DAY * length
            status = draw(st.sampled_from(["guest", "fellow", "sleeper"]))
            found.append(
                Spell(f"{code}-{first}", code, status, first, day - DAY, "a", "b", "c", "high")
            )
    first = START + DAY * draw(st.integers(0, 300))
    found.append(Spell("DDD", "DDD", "guest", first, None, "a", None, None, "high"))
    return club(found)


def counted_on(records: Records, day: dt.date) -> set[str]:
    return {
        spell.state
        for spell in records.spells.values()
        if spell.status in COUNTED and spell.first_day <= day <= (spell.last_day or day)
    }


PERIODS = st.tuples(st.sampled_from(WINDOW), st.sampled_from(WINDOW)).map(
    lambda days: When(min(days), max(days), "period")
)


@bounded
@given(memberships(), PERIODS, st.sampled_from(["year", "month"]))
def test_each_period_follows_from_the_one_before_by_who_joined_and_left(
    records: Records, when: When, by: str
) -> None:
    found = compare.series(records, when, by, records.bases["all"], When.day(WINDOW[-1]))
    members = len(counted_on(records, when.first_day - DAY))
    for row in found:
        members += len(row.joined) - len(row.left)
        assert row.members == members


@bounded
@given(memberships(), PERIODS, st.sampled_from(["year", "month"]))
def test_a_series_agrees_with_counting_day_by_day(records: Records, when: When, by: str) -> None:
    width = 4 if by == "year" else 7
    wanted: dict[str, tuple[int, list[str], list[str]]] = {}
    day = when.first_day
    while day <= when.last_day:
        before, now = counted_on(records, day - DAY), counted_on(records, day)
        _, joined, left = wanted.get(str(day)[:width], (0, [], []))
        wanted[str(day)[:width]] = (len(now), [*joined, *now - before], [*left, *before - now])
        day += DAY
    found = compare.series(records, when, by, records.bases["all"], When.day(WINDOW[-1]))
    assert {row.period: (row.members, sorted(row.joined), sorted(row.left)) for row in found} == {
        period: (members, sorted(joined), sorted(left))
        for period, (members, joined, left) in wanted.items()
    }


@bounded
@given(memberships())
def test_together_agrees_with_counting_day_by_day(records: Records) -> None:
    states = [records.states[code] for code in ("AAA", "DDD")]
    found = compare.together(records, states, records.bases["all"], When.day(WINDOW[-1]))
    days = [
        day
        for row in found
        for day in WINDOW
        if row.first_day <= day <= (row.last_day or WINDOW[-1])
    ]
    assert days == [day for day in WINDOW if {"AAA", "DDD"} <= counted_on(records, day)]
    assert all(
        row.days == (row.last_day - row.first_day).days + 1 if row.last_day else row.days is None
        for row in found
    )


def test_a_run_that_is_known_to_end_today_has_ended() -> None:
    spells = [
        Spell(code, code, "guest", START, WINDOW[9], "a", "b", "withdrawn", "high")
        for code in ("AAA", "BBB")
    ]
    records = club(spells)
    states = list(records.states.values())[:2]
    found = compare.together(records, states, records.bases["all"], When.day(WINDOW[9]))
    assert [(row.last_day, row.days) for row in found] == [(WINDOW[9], 10)]


def test_the_library_refuses_what_the_command_refuses(records: Records) -> None:
    one, two = When.day(dt.date(2007, 1, 1)), When.day(dt.date(2000, 1, 1))
    with pytest.raises(Refused, match="earlier day first"):
        compare.diff(records, one, two, records.bases["joined"], TODAY)
    with pytest.raises(Refused, match="two different states"):
        compare.together(records, [records.states["ARM"]] * 2, records.bases["joined"], TODAY)
