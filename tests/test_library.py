"""The same questions from Python."""

from __future__ import annotations

import datetime as dt

import pytest

from cstocli import Dataset, Refused, load


@pytest.fixture(scope="module")
def csto() -> Dataset:
    return load()


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (dt.date(1999, 4, 20), 9),
        ("1999-04-21", 6),
        (1993, 9),
        (("1999-04-21", "1999-12-31"), 6),
        ((1992, dt.date(1992, 5, 14)), 0),
        ((1992, 1993), 9),
        (None, 6),
    ],
)
def test_a_day_is_a_date_or_text_or_a_year_and_a_period_a_pair_of_them(
    csto: Dataset, asked: dt.date, count: int
) -> None:
    assert len(csto.members(on=asked)) == count


def test_a_period_that_ends_before_it_begins_is_refused(csto: Dataset) -> None:
    with pytest.raises(Refused, match=r"2007.*before.*2008"):
        csto.members(on=("2008-01-01", "2007-01-01"))


def test_a_basis_that_there_is_not_is_refused_with_those_that_there_are(csto: Dataset) -> None:
    with pytest.raises(Refused, match=r"'treaty'.*joined, in-force, charter"):
        csto.check("georgia", basis="treaty")


def test_a_basis_that_is_named_is_the_one_asked(csto: Dataset) -> None:
    assert len(csto.members(on="1993-12-31", basis="in-force")) == 0


def test_an_answer_says_what_it_is(csto: Dataset) -> None:
    assert repr(csto.series(during=1999)) == "<Answer to 'series': 1 rows, 0 notes>"
    assert [row.status for row in csto.history("uzbekistan", "france")][-1] == "suspended"
