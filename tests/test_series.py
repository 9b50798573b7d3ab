"""How many states were counted over time, and who came and went."""

from __future__ import annotations

import datetime as dt

import pytest
from facts import BASES, FIRST_SIX, IMPRECISE, JOINED, NINE, SIX
from hypothesis import given, settings
from hypothesis import strategies as st
from small import BEGIN, DAY, club, clubs, counted, days, rival

from cstocli import Dataset, Refused
from cstocli.questions.answer import Answer
from cstocli.questions.series import SeriesRow

bounded = settings(deadline=None, max_examples=50, derandomize=True)

CAME = {
    "joined": {"1992": FIRST_SIX, "1993": "AZE BLR GEO", "2006": "UZB"},
    "in-force": {"1994": NINE, "2006": "UZB"},
    "charter": {"2003": SIX, "2006": "UZB"},
}
WENT = {
    "joined": {"1999": "AZE GEO UZB", "2012": "UZB"},
    "in-force": {"1999": "AZE GEO UZB", "2012": "UZB"},
    "charter": {"2012": "UZB"},
}


def who(answer: Answer[SeriesRow], field: str) -> dict[str, str]:
    """The periods in which somebody joined or left, and who."""
    found = {row.period: " ".join(getattr(row, field)) for row in answer}
    return {period: states for period, states in found.items() if states}


def test_a_series_says_how_it_was_understood(csto: Dataset) -> None:
    answer = csto.series("month", during="1999-04")
    assert answer.title == f"States counted on the last day of each month\n{JOINED}"
    assert [str(row) for row in answer] == ["1999-04: 6, left: AZE GEO UZB"]
    assert [str(row) for row in csto.series(during="2006")] == ["2006: 7, joined: UZB"]
    first, last = days("1999-04-01/1999-04-30")
    assert answer.query == {
        "basis": "joined",
        "by": "month",
        "first_day": first,
        "last_day": last,
    }
    assert answer.columns == {
        "period": "Period",
        "members": "Counted",
        "joined": "Joined",
        "left": "Left",
    }


@pytest.mark.parametrize("basis", BASES)
def test_a_series_by_year_says_who_joined_and_left(csto: Dataset, basis: str) -> None:
    answer = csto.series(basis=basis)
    assert [row.period for row in answer] == [str(year) for year in range(1992, 2027)]
    assert (who(answer, "joined"), who(answer, "left")) == (CAME[basis], WENT[basis])


def test_a_series_by_month_says_in_which_month_somebody_joined_or_left(csto: Dataset) -> None:
    answer = csto.series("month")
    assert [row.period for row in answer][:9:4] == ["1992-05", "1992-09", "1993-01"]
    assert who(answer, "joined") == {
        "1992-05": FIRST_SIX,
        "1993-09": "AZE",
        "1993-12": "BLR GEO",
        "2006-06": "UZB",
    }
    assert who(answer, "left") == {"1999-04": "AZE GEO UZB", "2012-12": "UZB"}


@pytest.mark.parametrize(
    ("by", "first", "last", "periods"),
    [
        ("year", "1998", "2000", "1998 1999 2000"),
        ("year", "1998-12-31", "1999-01-01", "1998 1999"),
        ("year", "2006-07-01", "2006-07-02", "2006"),
        ("year", None, "1993", "1992 1993"),
        ("year", "2025", None, "2025 2026"),
        ("month", "1999-12", "2000-02-01", "1999-12 2000-01 2000-02"),
    ],
)
def test_a_series_has_the_periods_that_were_asked_for(
    csto: Dataset, by: str, first: str | None, last: str | None, periods: str
) -> None:
    assert " ".join(row.period for row in csto.series(by, during=(first, last))) == periods


@pytest.mark.parametrize(
    ("first", "last", "members", "joined", "left"),
    [
        ("2006-06-23", "2006-06-30", 7, "UZB", ""),
        ("2006-06-24", "2006-06-30", 7, "", ""),
        ("2006-06-01", "2006-06-22", 6, "", ""),
        ("2006-06-01", "2006-06-23", 7, "UZB", ""),
        # who left did so on the first day that is not counted
        ("1999-04-20", "1999-04-20", 9, "", ""),
        ("1999-04-21", "1999-04-21", 6, "", "AZE GEO UZB"),
    ],
)
def test_only_the_days_asked_about_are_looked_at(
    csto: Dataset, first: str, last: str, members: int, joined: str, left: str
) -> None:
    (row,) = csto.series(during=(first, last))
    assert (row.members, " ".join(row.joined), " ".join(row.left)) == (members, joined, left)


@pytest.mark.parametrize(
    ("by", "first", "last", "note"),
    [
        ("year", "2025", "2030", "2026 is counted up to 2026-11-22."),
        ("year", "2025", None, "2026 is counted up to 2026-11-22."),
        ("month", None, None, "2026-11 is counted up to 2026-11-22."),
        ("year", "2006-01-01", "2006-06-30", "2006 is counted up to 2006-06-30."),
        ("month", "2006-01-01", "2006-06-30", None),
        ("year", "2006", "2007", None),
    ],
)
def test_a_last_period_that_is_not_whole_says_up_to_when_it_is_counted(
    csto: Dataset, by: str, first: str | None, last: str | None, note: str | None
) -> None:
    notes = csto.series(by, during=(first, last)).notes
    assert [one for one in notes if "counted up to" in one] == ([note] if note else [])
    assert any("is cut at 2026-11-22" in one for one in notes) is (last == "2030")


def test_a_series_has_no_weeks(csto: Dataset) -> None:
    with pytest.raises(Refused, match=r"^there is no series by 'week'; there are year, month$"):
        csto.series("week")


def test_who_is_not_certain_at_the_end_of_a_period_is_noted_once() -> None:
    answer = club("member 2000-01-01/2002-06-15, member 2002/").series("month", during="2002")
    assert [note for note in answer.notes if "Aaa" in note] == [
        "Aaa is not certain: its first day as member is known only as 2002."
    ]


def test_a_return_that_may_have_been_at_once_is_not_certain_in_its_year() -> None:
    answer = club("member 2000-01-01/2006-04-01, member 2006/").series(during="2006")
    assert [str(row) for row in answer] == ["2006: 1, joined: AAA, left: AAA"]
    assert answer.notes == (
        "Aaa is not certain: its first day as member is known only as 2006.",
        IMPRECISE,
    )


@pytest.mark.parametrize(
    ("stretch", "status", "since", "noted"),
    [
        ("2001-02-03/2001-02-03", "member", "2001-01-01", False),
        ("2001-02-04/2001-02-04", "member", "2001-01-01", True),
        ("2001-02-05/2001-02-05", None, "2001-01-01", True),
        ("2001-02-05/2001-02-05", None, "2001-02-05", True),
        ("2001-02-05/2001-02-05", None, "2001-02-06", False),
        ("2001-02-06/2001-03-19", None, "2001-01-01", False),
        ("2001-03-20/2001-03-20", None, "2001-01-01", True),
        ("2001-03-21/2001-03-21", "member", "2001-01-01", True),
        ("2001-03-22/2001-12-30", "member", "2001-01-01", False),
        ("2001-12-31/2001-12-31", "member", "2001-01-01", True),
    ],
)
def test_a_rival_is_noted_about_a_day_beside_a_change_or_at_the_end_of_a_period(
    stretch: str, status: str | None, since: str, noted: bool
) -> None:
    csto = club("member 2001-02-05/2001-03-20", disputes=[rival("AAA", stretch, status)])
    notes = csto.series(during=(since, "2001-12-31")).notes
    assert [note.startswith("Aaa is disputed: ") for note in notes] == [True] * noted


def test_the_notes_are_in_the_order_of_their_days() -> None:
    early, late = (
        rival(code, f"{on}/{on}") for code, on in (("BBB", "2001-02-05"), ("AAA", "2001-03-05"))
    )
    csto = club("member 2001-03-05/, BBB member 2001-02-05/", disputes=[late, early])
    notes = csto.series(during="2001").notes
    assert [note[:15] for note in notes] == ["Bbb is disputed", "Aaa is disputed"]


# Day by day

WINDOW = [BEGIN + DAY * number for number in range(500)]
PERIODS = st.tuples(st.sampled_from(WINDOW), st.sampled_from(WINDOW)).map(sorted).map(tuple)


@bounded
@given(clubs(WINDOW, gap=60, length=90), PERIODS, st.sampled_from(["year", "month"]))
def test_a_series_agrees_with_counting_day_by_day(
    csto: Dataset, during: tuple[dt.date, dt.date], by: str
) -> None:
    width = 4 if by == "year" else 7
    wanted: dict[str, tuple[int, list[str], list[str]]] = {}
    on = during[0]
    before = counted(csto, "wide", on - DAY)
    at_first = len(before)
    while on <= during[1]:
        now = counted(csto, "wide", on)
        _, joined, left = wanted.get(str(on)[:width], (0, [], []))
        wanted[str(on)[:width]] = (len(now), [*joined, *now - before], [*left, *before - now])
        on, before = on + DAY, now
    found = csto.series(by, during=during).rows
    assert {row.period: (row.members, sorted(row.joined), sorted(row.left)) for row in found} == {
        period: (members, sorted(joined), sorted(left))
        for period, (members, joined, left) in wanted.items()
    }
    for row in found:
        at_first += len(row.joined) - len(row.left)
        assert row.members == at_first
